import copy
import json

import pytest

from scenarios.errors import (
    MissingExtraError,
    Problem,
    ScenarioError,
    SettlementError,
    nearest,
    require,
)

PIRCE = Problem(
    "unknown key",
    ("deals", "Outcome", "per_outcome", "pirce"),
    "support-desk.yaml",
    14,
    9,
    given="pirce",
    allowed="price, minimum",
    nearest="price",
)


def test_a_problem_says_where_what_was_given_and_what_is_allowed():
    """A problem is one line: place, key path, words, given, allowed, nearest name."""
    assert str(PIRCE) == (
        "support-desk.yaml:14:9 deals > Outcome > per_outcome > pirce: unknown key "
        "(given: pirce; allowed: price, minimum; did you mean 'price'?)"
    )


def test_a_problem_of_a_text_without_a_name_still_says_its_line():
    """What is not known is left out, not shown as None."""
    assert str(Problem("is missing", line=3, column=1)) == "line 3:1: is missing"
    assert str(Problem("is missing")) == "is missing"


def test_several_problems_are_counted_and_listed():
    """An error with several problems shows their number, then one a line."""
    assert str(ScenarioError("one")) == "one"
    assert str(ScenarioError("one", PIRCE)).splitlines() == ["2 problems:", "  one", f"  {PIRCE}"]


def test_an_error_comes_back_whole_from_a_worker():
    """Reduced to its parts and rebuilt, an error keeps its problems, deal, term and month."""
    error = SettlementError(PIRCE, deal="Hourly", term="fee_cap", month=7)
    again = copy.copy(error)
    assert str(again) == f"while settling deal Hourly, term fee_cap, month 7: {PIRCE}"
    assert (again.problems, again.deal, again.term, again.month) == (
        (PIRCE,),
        "Hourly",
        "fee_cap",
        7,
    )
    assert copy.copy(ScenarioError(PIRCE)).problems == (PIRCE,)


def test_the_nearest_name_is_close_or_none():
    """A slip of the fingers or of capitals finds the name; another word does not."""
    assert nearest("pirce", ["minimum", "price"]) == "price"
    assert nearest("HOURLY", ["Hourly", "Outcome"]) == "Hourly"
    assert nearest("zebra", ["minimum", "price"]) is None


def test_a_missing_optional_part_names_its_install_line():
    """What is installed is imported; what is not says how to install it."""
    assert require("json", "fast") is json
    with pytest.raises(MissingExtraError, match=r'pip install "scenarios\[fast\]"'):
        require("no_such_module_anywhere", "fast")
