"""Files that are either the old one or the new one, whole: never half written."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` in a file that a reader, a crash or a full disk never finds half written.

    A file that is already there is replaced as a whole, or stays as it was. Its folder must exist.

    Raises OSError where the folder cannot be written to; nothing is then left behind.
    """
    beside = path.with_name(f".{path.name[:64]}.{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
