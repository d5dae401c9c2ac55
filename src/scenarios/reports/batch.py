"""Reports for one scenario file or many, without a screen and without a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from scenarios.errors import ScenarioError
from scenarios.io.atomic import write_atomically
from scenarios.io.document import read_document
from scenarios.io.load import loads
from scenarios.io.text import fetch
from scenarios.reports.folders import deliver, folders, run_folder
from scenarios.reports.index import index_page
from scenarios.reports.job import Job
from scenarios.reports.manifest import manifest
from scenarios.reports.page import answer_of, make_page
from scenarios.reports.result import Result
from scenarios.reports.run import SECONDS, run_notebook, without_places
from scenarios.resources import resource
from scenarios.results.run import Sampling
from scenarios.scenario import Scenario

PAGE, COPY = "index.html", "scenario.yaml"
Progress = Callable[[Path, int, int], None]
"""Called with the file, cells done and cells in all."""


def report(
    files: Iterable[str | Path],
    *,
    paths: int = 10_000,
    seed: int = 1,
    sampling: Sampling = "random",
    output: str | Path = Path("reports"),
    progress: Progress | None = None,
    seconds: float = SECONDS,
    template: Path | None = None,
) -> list[Result]:
    """Write a report for each scenario file into a folder of its own below ``output``.

    A file that fails does not stop the others: its Result says why, and an earlier report of it is
    left as it was. For several files, ``output/index.html`` lists them. ``seconds`` is the most
    that one report may take; ``template`` the notebook, ``comparison.ipynb`` unless given.
    """
    top = Path(output)
    notebook = resource("notebooks", "comparison.ipynb") if template is None else template
    given = list(dict.fromkeys(Path(file) for file in files))
    if not given:
        raise ScenarioError("there is no scenario file to report on: give at least one")
    results = []
    for file, folder in zip(given, folders(given, top), strict=True):
        one = _Report(file, folder, notebook, paths, seed, sampling, seconds, progress)
        results.append(one.result())
    if len(results) > 1:
        top.mkdir(parents=True, exist_ok=True)
        write_atomically(top / PAGE, index_page(results))
    return results


@dataclass(frozen=True)
class _Report:
    """The making of one report."""

    file: Path
    folder: Path
    notebook: Path
    paths: int
    seed: int
    sampling: Sampling
    seconds: float
    progress: Progress | None

    def result(self) -> Result:
        """Make it; whatever goes wrong is told, not raised."""
        scenario = bad = None
        try:
            # Read once: what is kept beside the page is what it was computed from.
            text = fetch(self.file, str(self.file))
            scenario = loads(read_document(text, name=str(self.file)))
            return self._made(scenario, text)
        except Exception as error:  # noqa: BLE001  one bad file must not take the others with it
            told = f"{type(error).__name__}: {error}"
            if isinstance(error, ScenarioError):
                told = str(error).replace(str(self.file), self.file.name)
                bad = error if scenario is None else None
            name = self.file.stem if scenario is None else scenario.name
            return Result(name, self.folder, None, without_places(told), "", scenario, bad)

    def _made(self, scenario: Scenario, text: str) -> Result:
        job = Job(scenario, self.paths, self.seed, scenario.digest(), self.sampling)
        with run_folder(self.folder.parent) as folder:
            executed = run_notebook(
                self.notebook, job, folder, seconds=self.seconds, progress=self._told
            )
        page = make_page(executed, scenario.name)
        outputs = {PAGE: page, COPY: text.encode()}
        deliver(self.folder, outputs, manifest(job, self.file.name, outputs))
        answer = answer_of(executed)
        return Result(scenario.name, self.folder, self.folder / PAGE, None, answer, scenario)

    def _told(self, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(self.file, done, total)
