import pytest
from typer.testing import CliRunner

from scenarios.cli.main import app
from scenarios.resources import resource


@pytest.fixture
def scenarios(tmp_path, monkeypatch):
    """The command line in an empty folder of its own: call it with the words after `scenarios`."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def desk(tmp_path):
    """The support desk example as a file of one's own."""
    path = tmp_path / "desk.yaml"
    path.write_bytes(resource("scenarios", "support-desk.yaml").read_bytes())
    return path
