from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from scenarios.errors import Problem, ScenarioError
from scenarios.io.document import read_document
from scenarios.io.problems import explain


class Strict(BaseModel):
    """What every section of the made-up scenario below shares."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


class Price(Strict):
    """Numbers with bounds, and a word of a list."""

    price: float = Field(ge=0, lt=100)
    minimum: int = 0
    unit: Literal["ticket", "call"] = "ticket"


class Range(Strict):
    """The second branch of a union."""

    low: float
    high: float


class Tiered(Strict):
    """A kind that its own key names."""

    kind: Literal["tiered"]
    steps: list[float] = Field(min_length=2)


class Flat(Strict):
    """The other kind."""

    kind: Literal["flat"]


class Desk(Strict):
    """A small scenario with one field for each kind of rule."""

    price: Price | None = None
    demand: float | Range = 0.0
    tariff: Annotated[Tiered | Flat, Field(discriminator="kind")] = Flat(kind="flat")
    weights: dict[Annotated[str, Field(max_length=3)], float] = {}
    prices: list[Price] = []
    open: bool = True
    client: str = ""
    kpi: str = ""

    @field_validator("kpi")
    @classmethod
    def known(cls, kpi):
        """Fail in each of the ways in which a validator may."""
        if kpi == "several":
            raise ScenarioError(Problem("is odd", ("a",), given="5"), Problem("is even", ("b",)))
        if kpi == "kind":
            message = "there is no KPI named {name}"
            raise PydanticCustomError(
                "unknown_kind", message, {"name": "crast", "allowed": ["CSAT"]}
            )
        if kpi == "borrowed":
            raise PydanticCustomError("greater_than", "is not more", {})
        if kpi:
            raise ValueError("must be spelled out")
        return kpi


def explained(text, model=Desk):
    """Return the lines that say what is wrong with a text."""
    document = read_document(text, name="desk.yaml")
    with pytest.raises(ValidationError) as caught:
        model.model_validate(document.data)
    return [str(problem) for problem in explain(caught.value, document).problems]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("price: {}", "desk.yaml:1:1 price > price: is missing"),
        ("price: {price: -1}", "1:16 price > price: must be at least 0.0 (given: -1)"),
        ("price: {price: 100}", "1:16 price > price: must be less than 100.0 (given: 100)"),
        ("price: {price: six}", "1:16 price > price: must be a number (given: 'six')"),
        ("price: {price: 6, minimum: 1e3}", "minimum: must be a whole number (given: 1000.0)"),
        ("price: [1, 2]", "1:8 price: must be keys with values (given: a list of 2)"),
        ("open: NO", "desk.yaml:1:7 open: must be true or false (given: 'NO')"),
        ("client: 007", None),
        ("client: 7", "desk.yaml:1:9 client: must be text (given: 7)"),
        ("client: ~", "desk.yaml:1:9 client: must be text (given: nothing)"),
        ("client: true", "desk.yaml:1:9 client: must be text (given: true)"),
        ("client: {a: 1, b: 2}", "client: must be text (given: keys a, b)"),
        ("prices: 5", "desk.yaml:1:9 prices: must be a list (given: 5)"),
        ("prices: [{price: 1}, {}]", "desk.yaml:1:22 prices > 1 > price: is missing"),
        (
            "price: {price: 6, unit: tiket}",
            "values (given: 'tiket'; allowed: ticket, call; did you mean 'ticket'?)",
        ),
        ("tariff: {kind: fat}", "unknown kind (given: keys kind; allowed: tiered, flat)"),
        (
            "tariff: {kind: tiered, steps: [1]}",
            "steps: must have at least 2 entries (given: a list",
        ),
        ("tariff: {}", "tariff: does not say its kind: add 'kind' (given: no keys)"),
        ("weights:\n  much: 1", "desk.yaml:2:3 weights > much: must have at most 3 characters"),
        ("kpi: other", "desk.yaml:1:6 kpi: must be spelled out (given: 'other')"),
        ("kpi: borrowed", "desk.yaml:1:6 kpi: is not more (given: 'borrowed')"),
        (
            "kpi: kind",
            "kpi: there is no KPI named crast (given: crast; allowed: CSAT; did you mean 'CSAT'?)",
        ),
        ("demand: {low: 1}", "desk.yaml:1:1 demand > high: is missing"),
        (f"client: [{'a' * 80}]", "client: must be text (given: a list of 1)"),
        (f"open: {'a' * 80}", f"open: must be true or false (given: '{'a' * 56}...)"),
    ],
)
def test_an_error_is_said_in_plain_words_at_its_place(text, line):
    """Each kind of error names place, key path, rule, what was given and what is allowed."""
    if line is None:
        assert Desk.model_validate(read_document(text).data).client == "007"
        return
    (told,) = explained(text)
    assert line in told


def test_all_errors_are_told_in_the_order_of_the_file():
    """The reader walks down the file once, whatever the order of the declaration."""
    assert explained("client: 5\nopen: 7\nprice: {price: -1}\nnew: 2") == [
        "desk.yaml:1:9 client: must be text (given: 5)",
        "desk.yaml:2:7 open: must be true or false (given: 7)",
        "desk.yaml:3:16 price > price: must be at least 0.0 (given: -1)",
        "desk.yaml:4:1 new: unknown key (given: new)",
    ]


def test_the_branches_of_a_union_are_one_problem():
    """A value that fits no branch has one problem, without the names of the branches."""
    assert explained("demand: [1]") == [
        "desk.yaml:1:9 demand: must be a number, or must be keys with values (given: a list of 1)"
    ]


def test_an_unknown_key_names_the_known_ones():
    """Where the error brings the allowed names, they and the nearest are told."""
    document = read_document("price:\n  pirce: 6", name="desk.yaml")
    details = {
        "type": PydanticCustomError("extra_forbidden", "-", {"allowed": ["price", "minimum"]}),
        "loc": ("price", "function-before[x]", "Price", "pirce"),
        "input": 6,
    }
    error = ValidationError.from_exception_data("Desk", [details])
    assert str(explain(error, document)) == (
        "desk.yaml:2:3 price > pirce: unknown key "
        "(given: pirce; allowed: price, minimum; did you mean 'price'?)"
    )


def test_problems_of_a_validator_keep_their_words_and_gain_a_place():
    """A ScenarioError raised while validating is told as it stands, under its key."""
    assert explained("client: x\nkpi: several") == [
        "desk.yaml:2:6 kpi > a: is odd (given: 5)",
        "desk.yaml:2:6 kpi > b: is even",
    ]


def test_a_message_with_an_or_in_it_is_said_once():
    """Words that join two messages may stand in one message, too."""

    class Choice(BaseModel):
        a: int

        @field_validator("a")
        @classmethod
        def _never(cls, _: int) -> int:
            raise ValueError("say this, or that, or nothing")

    document = read_document("a: 1\n")
    with pytest.raises(ValidationError) as error:
        Choice.model_validate(document.data)
    assert str(explain(error.value, document)).count("say this, or that") == 1
