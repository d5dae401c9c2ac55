import json
import os
import subprocess
import sys

import pytest

import scenarios as sc
from scenarios.resources import resource

HEAVY = {"pandas", "scipy", "numba", "matplotlib", "papermill", "nbconvert", "ipywidgets"}
DESK = str(resource("scenarios", "support-desk.yaml"))

PROBE = """
import json, sys
sys.argv = ["scenarios", *json.loads(sys.argv[1])]
from scenarios.cli.main import main
try:
    main()
except SystemExit as end:
    code = end.code
print(json.dumps([code, sorted(sys.modules)]))
"""


def loaded(*words):
    """The exit code of a command and the modules that it left behind in a new interpreter."""
    done = subprocess.run(  # noqa: S603  our own interpreter and our own words
        [sys.executable, "-c", PROBE, json.dumps(words)],
        capture_output=True,
        text=True,
        check=True,
    )
    code, modules = json.loads(done.stdout.splitlines()[-1])
    return code, set(modules)


@pytest.mark.parametrize("words", [("check", DESK), ("check", "--help"), ("--help",), ("schema",)])
def test_a_light_command_loads_nothing_heavy(words):
    """Checking a file and asking for help import no tables, pictures, compilers or notebooks."""
    code, modules = loaded(*words)
    assert code == 0
    assert modules.isdisjoint(HEAVY)


def test_help_does_not_even_load_numbers():
    """The first page a person sees needs neither numpy nor pydantic."""
    assert loaded("--help")[1].isdisjoint({"numpy", "pydantic", "yaml"})


def test_every_public_name_is_there():
    """Each name of __all__ resolves, is seen by dir(), and is imported where type checkers look."""
    assert set(sc.__all__) <= set(dir(sc))
    assert [name for name in sc.__all__ if getattr(sc, name, None) is None] == []


def test_every_term_is_public():
    """A file in clauses or pricing also has its name in scenarios/__init__.py."""
    terms = [term.__name__ for term in [*sc.CLAUSES.values(), *sc.PRICING.values()]]
    assert [name for name in terms if name not in sc.__all__] == []


def test_a_name_that_is_not_public_is_an_attribute_error():
    """Both hasattr and getattr with a default behave as for any module."""
    assert not hasattr(sc, "similate")
    with pytest.raises(AttributeError, match="has no attribute 'similate'"):
        sc.similate  # noqa: B018  asking is the test


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise on Windows")
@pytest.mark.parametrize("command", ["schema", "benchmarks"])
def test_a_reader_that_leaves_early_is_no_error(command):
    """A pipe that is closed before all is printed leaves nothing on stderr."""
    program = "import sys; from scenarios.cli.main import main; main()"
    writer = subprocess.Popen(  # noqa: S603  our own interpreter and our own words
        [sys.executable, "-c", program, command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    writer.stdout.close()
    with writer.stderr as stderr:
        assert stderr.read() == b""
    assert writer.wait() == 1
