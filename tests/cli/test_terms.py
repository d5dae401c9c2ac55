import io

import docx
import pytest

import scenarios as sc


def test_every_deal_is_printed(scenarios, desk):
    """Without options all sheets of the file are printed as Markdown, and nothing is written."""
    before = sorted(desk.parent.iterdir())
    result = scenarios("terms", desk)
    assert result.exit_code == 0
    titles = [line for line in result.stdout.splitlines() if line.startswith("# ")]
    assert titles == ["# Per agent", "# Hourly", "# Hybrid", "# Outcome"]
    assert sorted(desk.parent.iterdir()) == before


def test_one_deal_is_what_python_prints(scenarios, desk):
    """--deal prints that deal alone, as sc.term_sheet does."""
    result = scenarios("terms", desk, "--deal", "Outcome")
    assert result.stdout == sc.term_sheet("Outcome", sc.load(desk)).markdown()


@pytest.mark.parametrize("form", ["html", "docx"])
def test_a_page_or_document_gets_a_name_of_its_own(scenarios, desk, tmp_path, form):
    """Each deal gets a file named after the scenario file and the deal, and its path is printed."""
    result = scenarios("terms", desk, "--format", form)
    names = [f"desk-{deal}.{form}" for deal in ("per-agent", "hourly", "hybrid", "outcome")]
    assert result.stdout.splitlines() == names
    assert all((tmp_path / name).stat().st_size > 1000 for name in names)


def test_the_name_of_the_output_says_its_format(scenarios, desk, tmp_path):
    """--output terms.docx needs no --format."""
    result = scenarios("terms", desk, "--deal", "Hybrid", "--output", "terms.docx")
    assert result.exit_code == 0
    made = docx.Document(io.BytesIO((tmp_path / "terms.docx").read_bytes()))
    assert made.paragraphs[0].text == "Hybrid"


def test_one_markdown_file_takes_all_deals(scenarios, desk, tmp_path):
    """--output terms.md is what would be printed."""
    scenarios("terms", desk, "--output", "terms.md")
    assert (tmp_path / "terms.md").read_text("utf-8") == scenarios("terms", desk).stdout


def test_a_folder_takes_a_file_a_deal(scenarios, desk, tmp_path):
    """--output may be a folder that is there."""
    (tmp_path / "out").mkdir()
    scenarios("terms", desk, "--format", "md", "--output", "out")
    assert len(list((tmp_path / "out").glob("desk-*.md"))) == 4


def test_a_folder_that_is_not_there_is_made(scenarios, desk, tmp_path):
    """A name without an ending is a folder, which then takes a file a deal."""
    result = scenarios("terms", desk, "--output", "sheets/new")
    assert result.exit_code == 0
    assert len(list((tmp_path / "sheets" / "new").glob("desk-*.md"))) == 4


def test_a_file_is_no_folder(scenarios, desk, tmp_path):
    """A file that is there and has no ending is told of, and stays."""
    (tmp_path / "sheets").write_text("notes", encoding="utf-8")
    result = scenarios("terms", desk, "--output", "sheets")
    assert result.exit_code == 2
    assert "must end as its format" in result.stderr
    assert (tmp_path / "sheets").read_text("utf-8") == "notes"


def test_nothing_is_overwritten(scenarios, desk, tmp_path):
    """Where one of the files is there, none is written: a sheet may carry somebody's notes."""
    kept = tmp_path / "desk-hybrid.docx"
    kept.write_text("notes", encoding="utf-8")
    result = scenarios("terms", desk, "--format", "docx")
    assert result.exit_code == 2
    assert "desk-hybrid.docx: is already there" in result.stderr
    assert kept.read_text(encoding="utf-8") == "notes"
    assert list(tmp_path.glob("*.docx")) == [kept]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--deal", "Hybrids"), "did you mean 'Hybrid'?"),
        (("--output", "terms.pdf"), "allowed: .md, .html, .docx"),
        (("--output", "terms.htm"), "did you mean '.html'?"),
        (("--output", "terms.md", "--format", "html"), "allowed: .html"),
        (("--output", "terms.html"), "one html file takes one deal: add --deal NAME"),
        (("--output", "nowhere/terms.md"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said(scenarios, desk, words, told):
    """The message names what was given and what is allowed, and the exit code is 2."""
    result = scenarios("terms", desk, *words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_two_deals_never_share_a_file(scenarios, desk):
    """Names that make one file name are told, and nothing is written."""
    text = desk.read_text("utf-8").replace("\n  Outcome:\n", "\n  Per-Agent:\n")
    desk.write_text(text.replace("deals.Outcome.", "deals.Per-Agent."), encoding="utf-8")
    result = scenarios("terms", desk, "--format", "html")
    assert result.exit_code == 2
    assert "would take two deals" in result.stderr
    assert list(desk.parent.glob("*.html")) == []
