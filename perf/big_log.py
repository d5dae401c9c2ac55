"""Reading a ticket export of three million rows: time, and peak memory of the process."""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

PEAK = 500
"""Target of peak memory [MB]."""


def write_export(path: Path, rows: int, seed: int = 7) -> None:
    """A ticket export with day-first dates, a due date, reopenings and a free text; 3 % repeats."""
    rng = np.random.default_rng(seed)
    start = np.datetime64("2022-01-01T00:00", "m")
    opened = np.sort(start + rng.integers(0, 3 * 365 * 1440, rows))
    took = rng.lognormal(5.5, 1.6, rows).astype(int)
    texts = [f"text {n}, with a comma and some words about what is wrong" for n in range(997)]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("Ticket ID;Subject;Created at;Resolved at;Due by;Reopens;Made SLA;Group\r\n")
        for first in range(0, rows, 100_000):
            part = slice(first, first + 100_000)
            begun, done = opened[part], opened[part] + took[part]
            columns = zip(
                _printed(begun),
                _printed(done),
                _printed(begun + 1440),
                (rng.random(len(begun)) < 0.04).astype(int).tolist(),
                (took[part] < 1440).tolist(),
                strict=True,
            )
            file.writelines(
                f"INC{first + n - (n % 33 == 32):08d};{texts[n % 997]};{a};{b};{c};{again};{kept};"
                f"desk {n % 9}\r\n"
                for n, (a, b, c, again, kept) in enumerate(columns)
            )


def _printed(moments: np.ndarray) -> list[str]:
    """Minutes as 31/12/2024 23:59."""
    texts = np.datetime_as_string(moments).tolist()
    return [f"{t[8:10]}/{t[5:7]}/{t[:4]} {t[11:]}" for t in texts]


def _report(path: Path, rows: int) -> None:
    """Read in this process, so that its peak is the reader's."""
    from scenarios.calibrate.reading import read_log  # noqa: PLC0415  counted as part of the reading

    before = time.perf_counter()
    log = read_log(path, today=np.datetime64("2025-06-30").item())
    seconds = time.perf_counter() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"rows read                {log.rows:,}")
    print(f"complete months          {len(log.periods)}")
    print(f"time                     {seconds:.0f} s")
    print(f"thousand rows a second   {rows / seconds / 1e3:.0f}")
    print(f"peak memory              {peak:.0f} MB (target: under {PEAK})")
    for warning in log.warnings:
        print(f"warning                  {warning}")


def main() -> None:
    """Write the export in a child process, read it in this one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        write_export(path, rows)
        print(f"size                     {path.stat().st_size / 2**20:.0f} MB")
        _report(path, rows)


if __name__ == "__main__":
    main()
