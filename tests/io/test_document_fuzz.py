import string
from contextlib import suppress

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scenarios.errors import ScenarioError
from scenarios.io.document import read_document
from scenarios.io.scalars import plain

PIECES = st.sampled_from(
    [
        *"-?:,[]{}#&*!|>'\"%@`~ \n\t\rab10_.\\",
        "\n  ",
        "\n- ",
        ": ",
        " #",
        "<<",
        "e9",
        "\\u",
        "\\x",
        "---\n",
        "...",
        "%YAML ",
        "%TAG ",
        "!!",
        "&a ",
        "*a",
        "? ",
        "|\n",
        "\ufeff",
        "\u2028",
    ]
)
FILE = "a: 10_000  # note\nb:\n  - c: 'd'\n    e: {f: 1, g: [2, \"h\"]}\n  - |\n    text\nk: ~\n"


def _reads_as_text(text):
    with suppress(ValueError):
        return plain(text) == text
    return False


# Characters that the reader takes as they are; what looks like a number to it but not to PyYAML's
# writer (1e6) would come back as one.
LETTERS = string.ascii_letters + string.digits + " .,:;-_#'\"[]{}&*!|>%@?\n\\éß€"
TEXTS = st.text(LETTERS, max_size=12).filter(_reads_as_text)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
)
DATA = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def _read(text):
    with suppress(ScenarioError):
        document = read_document(text, name="fuzz.yaml")
        for path in document.notes:
            assert document.position(path)


@given(st.text(st.characters(), max_size=60) | st.lists(PIECES, max_size=30).map("".join))
@example('"\\U00110000"')
@example("%YAML 1." + "9" * 5000)
@example("!<%ff> a")
@settings(deadline=None)
def test_any_text_is_read_or_refused(text):
    """Whatever the text, nothing but a ScenarioError comes out."""
    _read(text)


@given(st.binary(max_size=60))
@settings(max_examples=50, deadline=None)
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    """Whatever a file holds, nothing but a ScenarioError comes out."""
    path = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    path.write_bytes(content)
    _read(path)


@given(st.integers(0, len(FILE)), st.integers(0, 6), st.lists(PIECES, max_size=4).map("".join))
@settings(deadline=None)
def test_a_damaged_file_is_read_or_refused(start, length, piece):
    """Cut or overwrite any place of a good file: it is read or refused, no other exception."""
    _read(FILE[:start] + piece + FILE[start + length :])


@given(DATA, st.booleans())
@settings(deadline=None)
def test_plain_data_comes_back_equal(data, flow):
    """What a YAML writer writes, in blocks or brackets, reads back as the same data."""
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow)
    assert read_document(text).data == data
