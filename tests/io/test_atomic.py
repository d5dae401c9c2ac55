import os
from pathlib import Path

import pytest

from scenarios.io.atomic import write_atomically


def names(folder):
    """What stands in a folder."""
    return [path.name for path in folder.iterdir()]


def test_a_file_holds_exactly_what_was_written(tmp_path):
    """New or replaced, the file has the new content and nothing stands beside it."""
    path = tmp_path / "a.bin"
    for content in (b"first", b"", b"\x00\r\n" * 1000):
        write_atomically(path, content)
        assert path.read_bytes() == content
    assert names(tmp_path) == ["a.bin"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_on_the_way_leaves_the_old_file(tmp_path, monkeypatch, step):
    """A full disk or a crash before the last step leaves the old file, and no part of the new."""
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.bin"]


def test_an_interrupt_leaves_nothing_behind(tmp_path, monkeypatch):
    """Who stops a program by hand finds no half file either."""

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.bin", b"new")
    assert names(tmp_path) == []


def test_the_content_is_on_the_disk_before_the_name_is(tmp_path, monkeypatch):
    """The new content is synced before the old file is given up."""
    steps = []
    sync, put = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda file: (steps.append("sync"), sync(file)))
    monkeypatch.setattr(Path, "replace", lambda one, two: (steps.append("put"), put(one, two)))
    write_atomically(tmp_path / "a.bin", b"new")
    assert steps == ["sync", "put"]


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    """A misspelt folder is an error, not a new folder."""
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "no" / "a.bin", b"new")
