"""The manifest: what was computed from what, and the hashes of what was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from scenarios.reports.job import Job
from scenarios.reports.versions import versions

MANIFEST = "manifest.json"


def manifest(job: Job, file: str, outputs: Mapping[str, bytes]) -> bytes:
    """The manifest of a report, as JSON.

    It is written last: a report is whole exactly when its manifest is there and every hash in it
    fits. ``file`` is the scenario file's name without its folder. The only time of a report
    stands here, so that pages stay the same from run to run.
    """
    told = {
        "scenario": {"name": job.scenario.name, "file": file, "digest": job.digest},
        "private": True,  # it shows an estimate of the provider's margin
        "paths": job.paths,
        "seed": job.seed,
        "sampling": job.sampling,
        "versions": versions(),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "outputs": {name: hashlib.sha256(content).hexdigest() for name, content in outputs.items()},
    }
    return (json.dumps(told, indent=2) + "\n").encode()
