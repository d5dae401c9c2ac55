"""pyproject.toml says what is needed; environment.yml and constraints.txt must say the same."""

import tomllib
from itertools import chain
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CONDA_NAMES = {
    "jupyter-server": "jupyter_server",
    "matplotlib": "matplotlib-base",  # without the Qt windows nobody opens
    "nbconvert": "nbconvert-core",  # without pandoc
    "playwright": "playwright-python",
}


@pytest.fixture(scope="module")
def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def requirements(project: dict) -> list[Requirement]:
    """Every third-party requirement, of the package and of all its extras."""
    lines = chain(project["dependencies"], *project["optional-dependencies"].values())
    parsed = map(Requirement, lines)
    return [requirement for requirement in parsed if requirement.name != project["name"]]


def test_conda_takes_the_same_packages_and_versions(root, project, requirements):
    """environment.yml lists every requirement, under its conda name, with the same versions."""
    environment = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    *conda, last = environment["dependencies"]
    expected = {f"python {Requirement('python' + project['requires-python']).specifier}", "pip"}
    for requirement in requirements:
        name = canonicalize_name(requirement.name)
        expected.add(f"{CONDA_NAMES.get(name, name)} {requirement.specifier}")
    assert {normal(line) for line in conda} == {normal(line) for line in expected}
    assert len(conda) == len(expected)
    assert environment["name"] == project["name"]
    assert environment["channels"] == ["conda-forge"]
    assert last == {"pip": ["-e ."]}


def normal(line: str) -> tuple[str, frozenset[str]]:
    """A conda line as its name and its set of bounds."""
    name, _, bounds = line.partition(" ")
    return name, frozenset(bounds.split(","))


def test_constraints_hold_pins_and_nothing_else(root):
    """Each line of constraints.txt is `name==version`, marked or not: no address, no hash."""
    for line in (root / "constraints.txt").read_text(encoding="utf-8").splitlines():
        pin = Requirement(line)
        assert pin.url is None, line
        assert [bound.operator for bound in pin.specifier] == ["=="], line


def test_constraints_pin_every_requirement(root, requirements):
    """Each requirement is pinned in constraints.txt, to versions that it allows."""
    pins: dict[str, list[str]] = {}
    for line in (root / "constraints.txt").read_text(encoding="utf-8").splitlines():
        pin = Requirement(line)
        pins.setdefault(canonicalize_name(pin.name), []).append(next(iter(pin.specifier)).version)
    for requirement in requirements:
        versions = pins.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not pinned: run make lock"
        refused = [v for v in versions if not requirement.specifier.contains(v)]
        assert refused == [], f"{requirement} does not allow them: run make lock"
