import copy
import re

import pytest
from jsonschema import Draft202012Validator

from scenarios.clauses import CLAUSES
from scenarios.io.document import read_document
from scenarios.io.load import loads
from scenarios.io.schema import schema
from scenarios.pricing import PRICING
from scenarios.resources import resource
from scenarios.scenario import Scenario

OPTIONAL = re.compile(r"(?m)^#(?=\S|  )")


@pytest.fixture(scope="module")
def written():
    """The schema of scenario files."""
    return schema()


@pytest.fixture(scope="module")
def validator(written):
    """What a JSON Schema library makes of it."""
    return Draft202012Validator(written)


@pytest.fixture
def desk():
    """The example's data, to be broken."""
    text = resource("scenarios", "support-desk.yaml").read_text(encoding="utf-8")
    return copy.deepcopy(read_document(text).data)


def template():
    """The template with every optional section switched on."""
    text = resource("scenarios", "template.yaml").read_text(encoding="utf-8")
    return OPTIONAL.sub("", text)


def test_the_schema_is_one(written):
    """It is a valid schema of draft 2020-12, with a title and what a scenario is."""
    Draft202012Validator.check_schema(written)
    assert written["$schema"].endswith("2020-12/schema")
    assert written["title"] == "Scenario file"
    assert written["description"]


def test_the_schema_knows_every_section_and_kind(written):
    """Sections, pricing models and clauses are those of the package; each kind is described."""
    assert set(written["properties"]) == set(Scenario.model_fields)
    deal = written["$defs"]["Deal"]["properties"]
    for family, kinds in ((deal["pricing"], PRICING), (deal["clauses"]["items"], CLAUSES)):
        named = [form for form in family["oneOf"] if "properties" in form]
        assert sorted(key for form in named for key in form["properties"]) == sorted(kinds)
        assert all(form["description"] for form in named)


def test_every_reference_leads_somewhere(written):
    """No $ref of the schema is dangling, and no declaration is written that nothing refers to."""
    named = set(re.findall(r"#/\$defs/(\w+)", str(written)))
    assert named == set(written["$defs"])


@pytest.mark.parametrize(
    "name", ["support-desk.yaml", "software-team.yaml", "online-shop.yaml", "template.yaml"]
)
def test_the_files_of_the_package_are_valid(validator, name):
    """What the package brings is what its schema describes."""
    data = read_document(resource("scenarios", name)).data
    assert [error.message for error in validator.iter_errors(data)] == []


def test_the_standard_job_is_valid(validator):
    """The benchmark's scenario is one like any other."""
    path = resource("scenarios").parents[1] / "perf" / "standard-job.yaml"
    if not path.is_file():
        pytest.skip("an installed package has no benchmark")
    assert [error.message for error in validator.iter_errors(read_document(path).data)] == []


def test_the_template_is_valid_with_every_option_switched_on(validator):
    """Taking away each # that switches off a section leaves a file that loads."""
    document = read_document(template())
    assert [error.message for error in validator.iter_errors(document.data)] == []
    scenario = loads(document)
    assert list(scenario.deals) == ["Hourly", "Outcome", "Hybrid"]
    assert scenario.automation is not None
    elsewhere = {"sources", "references", "discounting"}
    assert set(document.data) >= set(Scenario.model_fields) - elsewhere


def test_the_template_says_of_each_number_where_it_comes_from():
    """Every line of the template that holds a number of its own has a comment."""
    bare = [
        line
        for line in template().splitlines()
        if re.search(r": \[?\{?.*\d", line)
        and "#" not in line
        and not re.search("label:|unit: of", line)
    ]
    assert bare == []


def test_months_may_be_written_as_a_stage(validator, desk):
    """What the file may say, the schema allows; a stage for a sum of money it does not."""
    desk["automation"]["go_live"] = "stage.release + 1"
    assert validator.is_valid(desk)
    desk["automation"]["go_live"] = "release"
    assert not validator.is_valid(desk)


def test_an_unknown_key_is_refused(validator, desk):
    """At the top and inside a section a misspelt key is an error."""
    assert not validator.is_valid(desk | {"curency": "USD"})
    desk["delivery"]["teem"] = "fixed"
    assert not validator.is_valid(desk)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("demand", "volume", "per_month"), -1),
        (("demand", "volume", "per_month"), "many"),
        (("outcomes", "reopened"), 1.1),
        (("automation", "ceiling"), {"low": 0.1, "mode": 0.2}),
        (("deals", "Hourly", "clauses"), [{"investmint": {}}]),
        (("deals", "Hourly", "pricing"), {"hourly": {"rate": 22}, "hybrid": {"base": 1}}),
        (("deals", "Hourly", "name"), "Other"),
        (("delivery", "team"), "large"),
        (("deals",), {}),
        (("months",), 12.5),
    ],
)
def test_what_cannot_be_is_refused(validator, desk, path, value):
    """Negative volumes, unknown clauses, two kinds in one: an editor marks them."""
    node = desk
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    assert not validator.is_valid(desk)


def test_a_kind_without_numbers_may_be_its_name_alone(validator, desk):
    """`- investment` says as much as `- investment: {}`."""
    desk["deals"]["Hourly"]["clauses"] = ["investment", {"investment": {}}]
    assert validator.is_valid(desk)
