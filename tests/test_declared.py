from typing import Annotated

import pytest
from pydantic import ValidationError

from scenarios.declared import Declared, OneOf
from scenarios.quantities import Money, Share


class FlatFee(Declared):
    """The buyer pays {amount}
    a month.

    Not part of the sentence.
    """

    amount: Money
    """Money a month."""


class Rebate(Declared):
    """The buyer gets back {share}."""

    share: Share = 0
    """Share of the fee."""


FAMILY = {"flat_fee": FlatFee, "rebate": Rebate}
Term = Annotated[Declared, OneOf(lambda: FAMILY, Declared, "kind of term")]


class Paper(Declared):
    """A paper of terms."""

    terms: tuple[Term, ...]


def read(*terms):
    """The terms of a paper as they were read."""
    return Paper(terms=terms).terms


def problem(*terms):
    """The first error of a paper that cannot be read."""
    with pytest.raises(ValidationError) as error:
        read(*terms)
    return error.value.errors()[0]


def test_a_class_names_its_own_keyword_and_sentence():
    """The file's keyword is the class's name in lower case; the sentence is the first paragraph."""
    assert FlatFee.keyword() == "flat_fee"
    assert FlatFee.sentence() == "The buyer pays {amount} a month."


def test_a_declaration_never_changes_in_place():
    """A field cannot be set, and a copy that would skip validation is refused by name."""
    fee = FlatFee(amount=1)
    with pytest.raises(ValidationError, match="frozen"):
        fee.amount = 2
    with pytest.raises(TypeError, match=r"FlatFee.model_copy skips validation: use .replace"):
        fee.model_copy(update={"amount": -1})


def test_replace_validates_again():
    """The changed declaration is a new one and holds to the same bounds."""
    fee = FlatFee(amount=1)
    assert (fee.replace(amount=2).amount, fee.amount) == (2, 1)
    with pytest.raises(ValidationError):
        fee.replace(amount=-1)
    with pytest.raises(ValidationError):
        fee.replace(amuont=2)


@pytest.mark.parametrize("given", ["1", True, None, float("nan"), float("inf")])
def test_numbers_are_taken_strictly(given):
    """No text, truth value, NaN or infinity becomes a number."""
    with pytest.raises(ValidationError):
        FlatFee(amount=given)


def test_one_key_names_the_kind():
    """A one-key mapping, an instance and a bare keyword are all read."""
    given = read({"flat_fee": {"amount": 5}}, FlatFee(amount=5), "rebate")
    assert given == (FlatFee(amount=5), FlatFee(amount=5), Rebate())


def test_what_is_read_is_written_the_same():
    """Writing gives the one-key mapping again."""
    paper = Paper(terms=({"flat_fee": {"amount": 5}},))
    assert paper.model_dump(mode="json") == {"terms": [{"flat_fee": {"amount": 5}}]}


def test_an_unknown_kind_says_which_there_are():
    """The error carries the name given and the kinds allowed."""
    error = problem({"flat_feee": {"amount": 5}})
    assert error["msg"] == "there is no kind of term named flat_feee"
    assert error["ctx"]["allowed"] == ["flat_fee", "rebate"]


@pytest.mark.parametrize("given", [{}, {"flat_fee": {}, "rebate": {}}, 5, ["flat_fee"]])
def test_more_or_less_than_one_key_is_refused(given):
    """The error says that one key must name the kind."""
    assert problem(given)["msg"].startswith("must be one key that names the kind of term")


def test_an_error_inside_carries_the_kind_in_its_path():
    """The path leads through the kind to the field."""
    assert problem({"flat_fee": {"amount": -5}})["loc"] == ("terms", 0, "flat_fee", "amount")


def test_an_unknown_field_says_which_there_are():
    """The error's context lists the fields of the kind that was meant."""
    error = problem({"rebate": {"shrae": 0.5}})
    assert error["loc"] == ("terms", 0, "rebate", "shrae")
    assert error["ctx"]["allowed"] == ["share"]


def test_the_schema_has_one_alternative_a_kind():
    """An editor completes each kind, with its sentence; a kind without needs goes by its name."""
    item = Paper.model_json_schema()["properties"]["terms"]["items"]
    *kinds, bare = item["oneOf"]
    described = {next(iter(kind["properties"])): kind["description"] for kind in kinds}
    assert bare == {"enum": ["rebate"]}
    assert described == {
        "flat_fee": "The buyer pays {amount} a month.",
        "rebate": "The buyer gets back {share}.",
    }
