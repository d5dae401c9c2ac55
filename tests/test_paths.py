import pytest

from scenarios import paths
from scenarios.errors import ScenarioError


@pytest.fixture
def data():
    """Two deals' worth of nesting: mappings, a list of terms with a repeat, lists of numbers."""
    return {
        "deals": {
            "Out of hours": {
                "price": [6.0, 5.25, 4.5],
                "clauses": [
                    {"fee_cap": {"monthly": 9.0}},
                    {"holdback": {"share": 0.1}},
                    {"fee_cap": {"annual": 90.0}},
                ],
            }
        },
        "correlations": [{"between": ["a", "b"], "value": 0.5}],
    }


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("deals.Out of hours.price.3", 4.5),
        ("deals.Out of hours.clauses.fee_cap.monthly", 9.0),
        ("deals.Out of hours.clauses.fee_cap 2.annual", 90.0),
        ("correlations.1.value", 0.5),
    ],
)
def test_a_path_leads_to_its_number_and_back(data, path, value):
    """Terms go by kind, numbers by place from 1; what is put is what is got."""
    assert paths.get(data, path) == value
    paths.put(data, path, 7.0)
    assert paths.get(data, path) == 7.0


def test_every_entry_has_a_path_that_leads_to_it(data):
    """What entries lists, get finds, at every depth."""

    def walk(node, path):
        for below, value in paths.entries(node, path):
            assert paths.get(data, below) == value
            yield below
            yield from walk(value, below)

    assert "deals.Out of hours.clauses.fee_cap 2.annual" in list(walk(data, ""))


@pytest.mark.parametrize(
    ("key", "path"),
    [
        (("deals", "Out of hours", "price", 2), "deals.Out of hours.price.3"),
        (
            ("deals", "Out of hours", "clauses", 2, "fee_cap", "annual"),
            "deals.Out of hours.clauses.fee_cap 2.annual",
        ),
        (("deals", "Out of hours", "clauses", 1), "deals.Out of hours.clauses.holdback"),
        (("correlations", 0, "value"), "correlations.1.value"),
    ],
)
def test_keys_and_positions_have_a_dotted_path(data, key, path):
    """A place in a file has the path by which the scenario's number is known."""
    assert paths.dotted(data, key) == path


@pytest.mark.parametrize("path", ["deals.Out of hours.price.4", "deals.Out of hours.price.0"])
def test_a_place_beyond_the_list_is_refused(data, path):
    """The error lists the places there are."""
    with pytest.raises(ScenarioError, match="allowed: 1, 2, 3"):
        paths.get(data, path)


def test_a_name_may_have_dots_of_its_own(data):
    """A deal called "Outcome v1.1" is one step, also beside one called "Outcome v1"."""
    deals = data["deals"]
    deals["Outcome v1"], deals["Outcome v1.1"] = {"price": 5.0}, {"price": 6.0}
    assert paths.get(data, "deals.Outcome v1.1.price") == 6.0
    paths.put(data, "deals.Outcome v1.price", 4.0)
    assert (deals["Outcome v1"], deals["Outcome v1.1"]) == ({"price": 4.0}, {"price": 6.0})


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("deals.Out of hours.price.3", ("deals", "Out of hours", "price", 2)),
        (
            "deals.Out of hours.clauses.fee_cap 2.annual",
            ("deals", "Out of hours", "clauses", 2, "fee_cap", "annual"),
        ),
        ("correlations.1.value", ("correlations", 0, "value")),
    ],
)
def test_a_path_and_its_keys_lead_to_the_same_number(data, path, keys):
    """Where a number stands in a file, from its path and back."""
    assert paths.keys(data, path) == keys
    assert paths.dotted(data, keys) == path
