import importlib
import subprocess
import sys
import warnings

import numpy as np
import pytest
from pydantic import ValidationError
from tests.small import SMALL, small

import scenarios as sc
from scenarios.clauses import CLAUSES, known
from scenarios.io.document import read_document
from scenarios.io.load import loads
from scenarios.resources import resource
from scenarios.widgets.model import Board

REBATE = '''
import scenarios as sc


class {name}(sc.Clause):
    """The buyer gets back {{share}} of every fee."""

    share: sc.Share

    def apply(self, world, ledger):
        return -ledger.fee * self.share
'''
LEVER = {"number": "deals.D.clauses.notebook_rebate.share", "low": 0, "high": 1, "step": 0.5}


class NotebookRebate(sc.Clause):
    """The buyer gets back {share} of every fee."""

    share: sc.Share

    def apply(self, world, ledger):
        """Minus the share of the fee so far."""
        return -ledger.fee * self.share


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Install a little package: give its name, its code and its entry points."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def installed(package, code, *entries):
        module = package.replace("-", "_")
        (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
        info = tmp_path / f"{module}-1.0.dist-info"
        info.mkdir()
        about = f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n"
        (info / "METADATA").write_text(about, encoding="utf-8")
        listed = "\n".join(["[scenarios.clauses]", *entries])
        (info / "entry_points.txt").write_text(listed + "\n", encoding="utf-8")
        importlib.invalidate_caches()
        known.cache_clear()
        monkeypatch.delitem(sys.modules, module, raising=False)
        return tmp_path

    yield installed
    known.cache_clear()


def file_with(clause):
    """A scenario file whose deal has this clause."""
    deals = f"deals: {{D: {{pricing: {{hourly: {{rate: 20}}}}, clauses: [{clause}]}}}}"
    rest = [f"{key}: {_flow(value)}" for key, value in SMALL.items() if key != "deals"]
    return read_document("\n".join([*rest, deals]))


def _flow(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in value.items()) + "}"
    return str(value)


def test_an_installed_clause_is_written_in_a_file_by_its_name(install):
    """A package's entry point is enough: the file names the clause, and it settles."""
    code = REBATE.format(name="InstalledRebate")
    install("rebates", code, "installed_rebate = rebates:InstalledRebate")
    scenario = loads(file_with("{installed_rebate: {share: 0.25}}"))
    assert sc.simulate(scenario, paths=1).total("D", "fee")[0] == 0.75 * 12 * 2_000
    with pytest.raises(sc.ScenarioError, match="share: must be at most 1"):
        loads(file_with("{installed_rebate: {share: 2}}"))


def test_only_the_installed_are_known_beside_the_own(install):
    """Without an entry point there are the clauses of this package and no other."""
    assert known() == CLAUSES
    install("rebates", REBATE.format(name="PlainRebate"), "plain_rebate = rebates:PlainRebate")
    assert set(known()) - set(CLAUSES) == {"plain_rebate"}


BROKEN = {
    "code that fails": ("1 / 0", "bad_rebate = bad_rebates:BadRebate", "ZeroDivisionError"),
    "a class that is not there": ("x = 1", "bad_rebate = bad_rebates:BadRebate", "AttributeError"),
    "no clause": ("class BadRebate: pass", "bad_rebate = bad_rebates:BadRebate", "is no class"),
    "another name": (
        REBATE.format(name="MisnamedRebate"),
        "bad_rebate = bad_rebates:MisnamedRebate",
        "its class goes by 'misnamed_rebate'",
    ),
    "a name that is taken": (
        REBATE.format(name="FeeCap"),
        "fee_cap = bad_rebates:FeeCap",
        "scenarios has a clause of this name",
    ),
}


@pytest.mark.parametrize(("code", "entry", "says"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_used_is_left_out_in_words(install, code, entry, says):
    """A broken entry point is a warning that names its package; every other file still loads."""
    install("bad-rebates", code, entry)
    with pytest.warns(UserWarning, match=r"of bad-rebates is left out: ") as told:
        assert known() == CLAUSES
    assert says in str(told[0].message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # it is said once
        assert loads(file_with("{fee_cap: {monthly: 5}}")).deals["D"].clauses[0].monthly == 5


def test_of_two_packages_one_has_the_name(install):
    """The second package of a name is told who has it already."""
    code = REBATE.format(name="SameRebate")
    install("first", code, "same_rebate = first:SameRebate")
    install("second", code, "same_rebate = second:SameRebate")
    with pytest.warns(UserWarning, match="of second is left out: first has a clause of this name"):
        assert known()["same_rebate"].__module__ == "first"


def test_the_command_line_says_it_in_one_line(install):
    """At a shell the warning is one line on stderr, without a place in the code."""
    folder = install("bad-rebates", "1 / 0", "bad_rebate = bad_rebates:BadRebate")
    desk = resource("scenarios", "support-desk.yaml")
    program = (
        f"import sys; sys.path.insert(0, {str(folder)!r}); sys.argv[1:] = ['check', {str(desk)!r}];"
        "from scenarios.cli.main import main; main()"
    )
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603
    (told,) = done.stderr.splitlines()
    assert told.startswith("scenarios: warning: the clause 'bad_rebate' of bad-rebates is left out")
    assert "nothing wrong" in done.stdout


def own(**sections):
    """The small scenario with one deal that has the clause of this file."""
    deal = sc.Deal("D", sc.Hourly(rate=20), (NotebookRebate(share=0.5),))
    return small(deals=[deal], **sections)


def test_a_scenario_with_a_notebook_s_clause_can_be_changed():
    """What was written of a class of one's own is read again as that class."""
    changed = own().change({"deals.D.clauses.notebook_rebate.share": 0.25})
    assert changed.deals["D"].clauses == (NotebookRebate(share=0.25),)
    assert sc.simulate(changed, paths=1).total("D", "fee")[0] == 0.75 * 24_000
    assert sc.Scenario.model_validate_json(own().canonical()) == own()


def test_cases_and_levers_reach_a_notebook_s_clause():
    """A named case and a slider of the board move its number."""
    scenario = own(cases={"none": {"deals.D.clauses.notebook_rebate.share": 0}}, levers=[LEVER])
    assert sc.simulate(scenario.case("none"), paths=1).total("D", "fee")[0] == 24_000
    board = Board(scenario, paths=10)
    before = board.run.total("D", "fee")
    board.move("deals.D.clauses.notebook_rebate.share", 1.0)
    np.testing.assert_allclose(board.run.total("D", "fee"), 0)
    np.testing.assert_allclose(before, 12_000)


def test_a_cell_that_ran_twice_counts_once():
    """Of two classes of a keyword the one defined last is read."""
    classes = [
        type("TwiceRebate", (sc.Clause,), {"__module__": __name__, "__doc__": f"{run}."})
        for run in ("First", "Second")
    ]
    deal = sc.Deal("D", sc.Hourly(rate=20), ({"twice_rebate": {}},))
    assert type(deal.clauses[0]) is classes[1]


def test_a_class_of_a_name_that_is_taken_is_refused():
    """An own FeeCap would be read again as the package's: it needs another name."""
    cap = type("FeeCap", (sc.Clause,), {"__module__": __name__, "__doc__": "Nothing."})
    with pytest.raises(ValidationError, match="there is a clause named fee_cap already"):
        sc.Deal("D", sc.Hourly(rate=20), (cap(),))


def test_other_families_stay_closed():
    """A clause is no kind of demand, whatever is defined."""
    with pytest.raises(ValidationError, match="there is no kind of demand named notebook_rebate"):
        small(demand={"notebook_rebate": {"share": 0.5}})
