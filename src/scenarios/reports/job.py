"""A job: what a report notebook computes. It travels as a file with a hash, never as code."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scenarios.errors import ScenarioError
from scenarios.results.run import Sampling
from scenarios.scenario import Scenario


@dataclass(frozen=True)
class Job:
    """A validated scenario, and on which futures it is simulated."""

    scenario: Scenario
    paths: int
    seed: int
    digest: str
    """The scenario's digest as it was loaded."""
    sampling: Sampling = "random"

    def written(self) -> bytes:
        """The job as canonical JSON."""
        data = asdict(self) | {"scenario": json.loads(self.scenario.canonical())}
        return json.dumps(data).encode()


def read_job(path: str, sha256: str) -> Job:
    """The job in a file of the run folder.

    A template is handed nothing but this plain name and the file's hash: parameters of a notebook
    become code, and what a scenario says must not. Raises ScenarioError for a path that leads
    elsewhere and for a file that is not the one that was written.
    """
    if Path(path).name != path:
        raise ScenarioError(f"a job is a plain file name in the run folder: given {path!r}")
    content = Path(path).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ScenarioError(f"{path} is not the file that was validated: run the report again")
    data: dict[str, Any] = json.loads(content)
    return Job(**data | {"scenario": Scenario.model_validate(data["scenario"])})
