from decimal import Decimal

import pytest

from scenarios.errors import ScenarioError
from scenarios.io.amounts import read_amounts


def read(tmp_path, text, words=("line",)):
    """The table of a file with this text."""
    file = tmp_path / "amounts.csv"
    file.write_text(text, encoding="utf-8")
    return read_amounts(file, words=words)


def test_numbers_are_exact_and_words_stay(tmp_path):
    """No float is in between, thousands may be grouped, and 007 is a name where it is a word."""
    table = read(tmp_path, 'line,amount\n007,"1,234.10"\nNA,0.1\n x ,-1_000\n')
    assert table["line"].tolist() == ["007", "NA", "x"]
    assert table["amount"].tolist() == [Decimal("1234.10"), Decimal("0.1"), Decimal(-1000)]


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path):
    """As spreadsheets of many countries write them."""
    assert read(tmp_path, "\ufeffline;amount\na;2\n")["amount"].tolist() == [Decimal(2)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("line,amount\na,1\nb\n", "amounts.csv:3: wrong number of fields"),
        ("line,amount\na,1,5\n", "wrong number of fields"),
        ("line;amount\na;1,5\n", "could be a decimal comma or thousands"),
        ('line,amount\na,"9,000"\n', "could be a decimal comma or thousands"),
        ("line,amount\na,\n", "a number is missing"),
        ("line,amount\na,1e5\n", "must be a plain number"),
        ("line,amount\na,nan\n", "must be a plain number"),
        ("line,amount,amount\na,1,1\n", "column is named twice"),
        ("line,amount\n", "has a header and no rows"),
        ("", "is empty"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path, text, words):
    """Nothing is guessed: each fault names the file, the line and the text."""
    with pytest.raises(ScenarioError) as error:
        read(tmp_path, text)
    assert words in str(error.value)


def test_all_faults_are_told_at_once(tmp_path):
    """Two bad numbers, two problems."""
    with pytest.raises(ScenarioError) as error:
        read(tmp_path, "line,amount\na,x\nb,y\n")
    assert len(error.value.problems) == 2


def test_a_file_that_is_not_there_is_told(tmp_path):
    """In words, with its name."""
    with pytest.raises(ScenarioError, match=r"none\.csv cannot be read"):
        read_amounts(tmp_path / "none.csv", words=())
