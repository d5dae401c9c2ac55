import hashlib
import json

import pytest

import scenarios as sc
from scenarios.reports.batch import report
from scenarios.reports.job import Job, read_job
from scenarios.reports.manifest import manifest
from scenarios.resources import resource

DESK = resource("scenarios", "support-desk.yaml")


def test_a_job_and_its_manifest_carry_the_sampling(tmp_path, monkeypatch):
    """What a notebook reads is what was asked for, and the manifest names it."""
    scenario = sc.load(DESK)
    job = Job(scenario, 100, 1, scenario.digest(), "sobol")
    (tmp_path / "job.json").write_bytes(job.written())
    monkeypatch.chdir(tmp_path)
    assert read_job("job.json", hashlib.sha256(job.written()).hexdigest()).sampling == "sobol"
    assert json.loads(manifest(job, "desk.yaml", {}))["sampling"] == "sobol"
    plain = Job(scenario, 100, 1, scenario.digest())
    assert json.loads(manifest(plain, "desk.yaml", {}))["sampling"] == "random"


@pytest.mark.slow
def test_a_report_takes_sobol_points_and_says_so(tmp_path, look):
    """Its P50 are those of a run with Sobol points; the page and the manifest name them."""
    (made,) = report([DESK], paths=64, sampling="sobol", output=tmp_path)
    assert made.problem is None
    page = look(made.page.read_text("utf-8"))
    assert "64 simulated futures from seed 1, scrambled Sobol points; every deal" in page.text
    assert json.loads((made.folder / "manifest.json").read_text("utf-8"))["sampling"] == "sobol"
    (table,) = (one for one in page.tables if one[0][-1] == "chance of going over budget")
    runs = {
        how: sc.simulate(sc.load(DESK), paths=64, sampling=how).summary()
        for how in ("sobol", "random")
    }
    column = ("buyer's all-in cost", "P50")
    shown = {row[0]: float(row[1].split()[0].replace(",", "")) for row in table[1:]}
    assert shown == pytest.approx(dict(runs["sobol"][column]), rel=5.1e-3)
    assert shown != pytest.approx(dict(runs["random"][column]), rel=5.1e-3)
