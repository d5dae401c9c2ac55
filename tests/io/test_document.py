from pathlib import Path

import pytest

from scenarios.errors import ScenarioError
from scenarios.io.document import read_document

NOTED = """\
# not a note: it stands beside no value
demand: 10_000  # assumption: 12 min handling
                # a contact
                  #   (deeper still)
  # to the left: another matter
price: "a # b"
flow: {a: 1, b: [2, '#']}  # the whole
lines: {
  a: 1,   # the first
  b: 2    ## the second
}         # both
block:    # on its key
  share: 0.5
  text: |  # before the text
           # content
  none:  # still unknown
list:
- 5  # an item
- a: 7  # within an item
"""


def refused(text, name="desk.yaml"):
    """Return the problems for which a text is refused."""
    with pytest.raises(ScenarioError) as caught:
        read_document(text, name=name)
    return caught.value.problems


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("10_000", 10_000),
        ("10_000.5", 10_000.5),
        ("12_50_000", 1_250_000),
        ("-7", -7),
        ("+0", 0),
        ("1e6", 1e6),
        ("1.5E-3", 0.0015),
        (".5", 0.5),
        ("5.", 5.0),
        ("0.0e-999", 0.0),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("NO", "NO"),
        ("on", "on"),
        ("1:30", "1:30"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("10_00", "10_00"),
        ("1,000", "1,000"),
        ("2026-01", "2026-01"),
        ("nan", "nan"),
        ("'10'", "10"),
        ('"true"', "true"),
    ],
)
def test_a_word_means_what_it_says(word, meaning):
    """Numbers, true, false and null are read; all else is text, as is whatever is quoted."""
    read = read_document(f"a: {word}").data["a"]
    assert read == meaning
    assert type(read) is type(meaning)


@pytest.mark.parametrize("word", [".inf", "-.Inf", ".nan", "1e400", "1e-400", "9" * 65])
def test_a_number_that_no_number_can_hold_is_refused(word):
    """Infinity, not-a-number, overflow and underflow are problems at the value."""
    (problem,) = refused(f"ok: 1\na: {word}")
    assert (problem.key, problem.line, problem.column) == (("a",), 2, 4)
    assert problem.given == word[:60]
    assert "number" in problem.message


def test_the_comment_beside_a_value_is_its_note():
    """Notes are read beside scalars, after closing brackets, on key lines, and continued below."""
    assert read_document(NOTED).notes == {
        ("demand",): "assumption: 12 min handling a contact (deeper still)",
        ("flow",): "the whole",
        ("lines", "a"): "the first",
        ("lines", "b"): "the second",
        ("lines",): "both",
        ("block",): "on its key",
        ("block", "text"): "before the text",
        ("block", "none"): "still unknown",
        ("list", 0): "an item",
        ("list", 1, "a"): "within an item",
    }
    assert read_document(NOTED).data["block"]["text"] == "# content\n"


def test_a_position_is_that_of_the_key_the_value_or_the_nearest_ancestor():
    """Lines and columns count from 1; what is not in the file is placed where it would stand."""
    document = read_document("a:\n  b: 5\n  c: [1, 2]\n")
    assert document.position(("a", "b")) == (2, 6)
    assert document.position(("a", "b"), of="key") == (2, 3)
    assert document.position(("a", "c", 1)) == (3, 10)
    assert document.position(("a", "c", 1), of="key") == (3, 10)
    assert document.position(("a", "d", "e"), of="key") == (1, 1)
    assert document.position(("a", "d", "e")) == (2, 3)
    assert document.position(("z",)) == (1, 1)


def test_a_problem_of_a_document_is_placed():
    """Later checks place their problems by key path alone."""
    problem = read_document("a:\n  b: 5\n", name="x.yaml").problem("is odd", ("a", "b"), given="5")
    assert str(problem) == "x.yaml:2:6 a > b: is odd (given: 5)"


def test_problems_are_collected():
    """Two duplicate keys, an alias and a tag are one error with every place."""
    problems = refused("a: 1\na: 2\nb: &x 3\nb: *x\nc: !!set {}\n")
    assert [(problem.line, problem.column) for problem in problems] == [
        (2, 1),
        (3, 4),
        (4, 1),
        (4, 4),
        (5, 4),
    ]
    assert problems[0].message == "this key stands twice: first on line 1"
    assert problems[0].file == "desk.yaml"


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: &x 1", 1, 4, "anchor"),
        ("&x a: 1", 1, 1, "anchor"),
        ("a: *x", 1, 4, "alias"),
        ("*x : 1", 1, 1, "alias"),
        ("a: !!binary aGk=", 1, 4, "tag"),
        ("a: !python/object/apply:os.system [ls]", 1, 4, "tag"),
        ("a: !tip 5", 1, 4, "tag"),
        ("a: 1\n<<: {b: 2}", 2, 1, "merge key"),
        ("1: x", 1, 1, "key must be text"),
        ("true: x", 1, 1, "key must be text"),
        ("? \n: x", 1, 2, "key must be text"),
        (".nan: x", 1, 1, "finite"),
        ("? [a, b]\n: x", 1, 3, "single word"),
        ("a: 1\n--- \nb: 2", 2, 1, "second document"),
        ("%YAML 1.1\n---\na: 1", 1, 1, "directive"),
        ("", 1, 1, "no content"),
        ("# only a comment", 1, 17, "no content"),
        ("a: 1\n\tb: 2", 2, 1, "tab"),
        ("\ufeffa: 1", 1, 1, "byte order mark"),
        ("a: 1\rb: 2", 1, 5, "carriage return"),
        ("a: x\x00", 1, 5, "U+0000"),
        ("a: x\u2028y", 1, 5, "U+2028"),
        ("a: \u202excel", 1, 4, "U+202E"),
        ("a: \ud800", 1, 4, "U+D800"),
        ('a: "\\0"', 1, 4, "U+0000"),
        ('a: "\\ud800"', 1, 4, "U+D800"),
        ('a: "\\U00110000"', 1, 2, "not valid YAML"),
        ("a: 'open\nb: 2", 2, 5, "from line 1"),
        ("a: b: c", 1, 5, "not valid YAML"),
        ("a: 5% # x\nb: %5", 2, 4, "not valid YAML"),
        ("[" * 600, 1, 34, "nested too deep"),
        ("{a: " * 600, 1, 133, "nested too deep"),
        ("- " * 600, 1, 67, "nested too deep"),
        ("a: [" + "1," * 100_000 + "]", 1, 200_001, "too many values"),
    ],
)
def test_what_is_not_plain_is_refused_at_its_place(text, line, column, words):
    """References, tags, odd keys, hidden characters, bad YAML and bombs are placed."""
    problem = refused(text)[-1]
    assert (problem.file, problem.line, problem.column) == ("desk.yaml", line, column)
    assert words in problem.message


def test_nested_keys_cannot_exhaust_the_stack():
    """Keys that are themselves mappings count towards the depth."""
    assert "nested too deep" in refused("? " * 600)[-1].message


def test_an_alias_bomb_stays_small():
    """Billion laughs: aliases are named as problems and never expanded."""
    levels = [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 10)]
    problems = refused("l0: &l0 lol\n" + "\n".join(levels))
    assert len(problems) == 50
    assert {problem.message.split(" is")[0] for problem in problems} == {"an alias", "an anchor"}


def test_a_text_larger_than_one_mebibyte_is_refused():
    """The size is capped before anything is read into it."""
    assert refused("#" * (2**20 + 1))[0].allowed == "at most 1 MiB"


def test_windows_line_ends_and_document_marks_are_read():
    """A file saved on Windows, or framed by '---' and '...', reads the same."""
    assert read_document("---\r\na: 1  # one\r\nb: 2\r\n...\r\n").data == {"a": 1, "b": 2}
    assert read_document("a: 1  # one\r\n").notes == {("a",): "one"}


def test_a_file_is_read_and_named(tmp_path: Path):
    """A path is read as UTF-8 and names itself in errors, unless given another name."""
    path = tmp_path / "desk.yaml"
    path.write_bytes("client: Zoë".encode())
    assert read_document(path).data == {"client": "Zoë"}
    assert read_document(path).file == str(path)
    assert read_document(path, name="desk").file == "desk"


def test_a_file_that_is_not_utf_8_says_where(tmp_path: Path):
    """Latin-1 is refused at the line and column of its first byte that is not UTF-8."""
    path = tmp_path / "desk.yaml"
    path.write_bytes(b"a: \xc3\xa9\nb: \xc3\xa9 \xe9")
    (problem,) = refused(path)
    assert (problem.line, problem.column, problem.given) == (2, 6, "byte 0xE9")


def test_a_missing_file_or_a_folder_says_what_to_do(tmp_path: Path):
    """A slip in a file name finds the neighbour; a folder asks for a file."""
    (tmp_path / "support-desk.yaml").write_text("a: 1")
    (missing,) = refused(tmp_path / "suport-desk.yaml")
    assert "no such file" in missing.message
    assert missing.nearest == "support-desk.yaml"
    assert "give a file inside" in refused(tmp_path)[0].message
    assert "no such file" in refused(Path("a\0b"))[0].message
    assert refused(Path("x" * 5000))[0].message


def test_a_document_cannot_be_changed_by_its_notes():
    """Notes and places are read-only views."""
    document = read_document("a: 1  # one")
    with pytest.raises(TypeError):
        document.notes["a",] = "two"
