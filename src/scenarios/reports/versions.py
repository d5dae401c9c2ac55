"""Which versions a result was computed with."""

from __future__ import annotations

import platform
from importlib.metadata import version

PACKAGES = ("scenarios", "numpy", "scipy", "pandas", "matplotlib", "pydantic")
"""Those whose version can move a number or a picture."""


def versions() -> dict[str, str]:
    """Python and the packages that matter to a result, by name."""
    return {"python": platform.python_version()} | {name: version(name) for name in PACKAGES}
