"""Large exports are streamed: memory stays far below the size of what is read."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = next(p for p in Path(__file__).resolve().parents if (p / "pyproject.toml").is_file())
SCRIPT = """
import resource, runpy, sys
from datetime import date
from pathlib import Path
made = runpy.run_path({perf!r})
path = Path({folder!r}) / "export.csv"
if sys.argv[1] == "write":
    made["write_export"](path, 300_000)
else:
    from scenarios.calibrate.reading import read_log
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = []
    log = read_log(path, today=date(2025, 6, 30), progress=lambda a, b: told.append((a, b)))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(log.rows, len(log.periods), log.periods["units"].sum() + sum(log.left_out.values()))
    print((after - before) // 1024, path.stat().st_size // 2**20, len(told), *set(told[-1]))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes on Linux alone")
def test_a_large_export_is_streamed(tmp_path):
    """300,000 rows of 39 MB need less than 130 MB more than Python with pandas does."""
    script = SCRIPT.format(perf=str(ROOT / "perf" / "big_log.py"), folder=str(tmp_path))
    run = [sys.executable, "-c", script]
    subprocess.run([*run, "write"], check=True)  # noqa: S603  our own script
    found = subprocess.run([*run, "read"], check=True, capture_output=True, text=True)  # noqa: S603
    first, second = found.stdout.splitlines()
    assert first.split() == ["300000", "36", "300000"]
    more, size, told, ended = second.split()  # one end: what is read is all
    assert int(size) > 30
    assert int(more) < 130, f"{more} MB"
    assert int(told) > 20
    assert int(ended) > 0
