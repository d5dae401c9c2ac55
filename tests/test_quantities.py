import math

import pytest
from pydantic import TypeAdapter, ValidationError

from scenarios import quantities as q


@pytest.mark.parametrize(
    ("quantity", "lowest", "highest"),
    [
        (q.Share, 0, 1),
        (q.Correlation, -1, 1),
        (q.Growth, -0.99, 3),
        (q.Change, -0.99, 10),
        (q.LogSpread, 0, 3),
        (q.Months, 0, 600),
    ],
)
def test_bounds_are_inclusive(quantity, lowest, highest):
    """The bounds themselves are allowed, and what lies just beyond is not."""
    adapter = TypeAdapter(quantity)
    assert adapter.validate_python(lowest) == lowest
    assert adapter.validate_python(highest) == highest
    for beyond in (lowest - 1, highest + 1):
        with pytest.raises(ValidationError):
            adapter.validate_python(beyond)


@pytest.mark.parametrize(
    "quantity", [q.Money, q.Rate, q.Price, q.Units, q.Hours, q.People, q.Factor, q.Spread]
)
@pytest.mark.parametrize("given", [-0.01, math.inf, math.nan, "1", True, None])
def test_what_is_no_amount_is_refused(quantity, given):
    """Amounts are numbers from 0, finite, and never text or truth values."""
    with pytest.raises(ValidationError):
        TypeAdapter(quantity).validate_python(given)


def test_whole_months_only():
    """A number of months has no fraction."""
    with pytest.raises(ValidationError):
        TypeAdapter(q.Months).validate_python(1.5)


@pytest.mark.parametrize("given", [22.0, {"lead": 45.0, "engineer": 34.0}])
def test_a_rate_card_is_one_rate_or_one_a_role(given):
    """Both ways to write a rate card are read."""
    assert TypeAdapter(q.RateCard).validate_python(given) == given


def test_an_error_in_a_rate_card_names_the_role():
    """The path of the error leads to the role whose rate is wrong."""
    with pytest.raises(ValidationError) as error:
        TypeAdapter(q.RateCard).validate_python({"lead": 45, "engineer": -1})
    assert error.value.errors()[0]["loc"][-1] == "engineer"


@pytest.mark.parametrize("by_year", [q.PriceByYear, q.MoneyByYear, q.LevelByYear])
def test_a_number_by_contract_year_is_one_number_or_a_list(by_year):
    """A list becomes one number a year; an empty list is refused."""
    adapter = TypeAdapter(by_year)
    assert adapter.validate_python(3.5) == 3.5
    assert adapter.validate_python([6, 5.25]) == (6, 5.25)
    with pytest.raises(ValidationError):
        adapter.validate_python([])


@pytest.mark.parametrize("given", ["2026-1", "2026-13", "26-01", "2026-01-01", "2026-00"])
def test_a_calendar_month_is_year_and_month(given):
    """Anything but YYYY-MM is refused with an example."""
    with pytest.raises(ValidationError, match="YYYY-MM, such as 2026-01"):
        TypeAdapter(q.CalendarMonth).validate_python(given)


@pytest.mark.parametrize("given", ["usd", "US", "USDX", "$"])
def test_a_currency_is_a_code_of_three_letters(given):
    """Anything but an ISO code's form is refused with an example."""
    with pytest.raises(ValidationError, match="such as USD or EUR"):
        TypeAdapter(q.Currency).validate_python(given)


def test_the_schema_says_the_unit():
    """An editor shows unit and bounds of a number."""
    schema = TypeAdapter(q.Share).json_schema()
    assert schema == {"type": "number", "minimum": 0, "maximum": 1, "unit": "share"}
