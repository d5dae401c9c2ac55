"""Clauses that end the contract, and what they refuse."""

import numpy as np
import pytest

from scenarios.clauses.award_term import AwardTerm
from scenarios.clauses.exit_assistance import ExitAssistance
from scenarios.clauses.provider_insolvency import ProviderInsolvency
from scenarios.clauses.service_credits import ServiceCredits
from scenarios.clauses.termination_for_convenience import TerminationForConvenience
from scenarios.clauses.termination_for_failure import TerminationForFailure
from scenarios.deal import Deal
from scenarios.pricing.hourly import Hourly
from scenarios.promises import example_world
from scenarios.settling import settle
from scenarios.term import Clause

AWARD = {"base": 12, "months": 6, "score": 0.8, "weights": {"csat": 1.0}}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"share": 0.25}, "share is for the forms"),
        ({"form": "months remaining"}, "'months remaining' takes share"),
        ({"form": "share of annual fee", "share": 0.25, "wind_down": 5}, "no investment"),
        ({"amortised_over": 12}, "needs an investment"),
        ({"month": 3, "notice_months": 3}, "month must be above notice_months"),
    ],
)
def test_a_termination_fee_has_one_form(fields, words):
    """Numbers of another form, or a notice longer than the contract, are refused in words."""
    with pytest.raises(ValueError, match=words):
        TerminationForConvenience(**fields)


def test_an_award_is_decided_before_the_base_ends():
    """Decided after the base, or on no weight at all, it is refused."""
    with pytest.raises(ValueError, match="decided must not be above base"):
        AwardTerm(**AWARD, decided=13)
    with pytest.raises(ValueError, match="a weight above 0"):
        AwardTerm(**AWARD | {"weights": {"csat": 0.0}}, decided=12)


def test_a_premium_needs_a_bond():
    """Nobody pays for nothing."""
    with pytest.raises(ValueError, match="a premium needs a bond"):
        ProviderInsolvency(premium=0.02)


def test_the_buyer_gives_notice_before_it_ends_the_contract():
    """Three months' notice of an end in month 9 is due in month 6; an unused right has none."""
    world, ends = example_world(), TerminationForConvenience(month=9, notice_months=3)
    notices = ends.notices(world, settle(Deal("D", Hourly(rate=20)), world))
    assert np.flatnonzero(notices.any(axis=1)).tolist() == [5]
    assert TerminationForConvenience().notices(world, None) is None


def test_the_award_is_told_when_it_is_decided():
    """In the month of the decision, on every path."""
    notices = AwardTerm(**AWARD, decided=9).notices(example_world(), None)
    assert np.flatnonzero(notices.all(axis=1)).tolist() == [8]


def test_each_path_ends_with_its_own_insolvency():
    """In the example world three providers fail, in months 4, 10 and 15 of 18; the others go on."""
    world = example_world()
    ledger = settle(Deal("D", Hourly(rate=20), (ProviderInsolvency(bond=0.1),)), world)
    months = (ledger.fee > 0).sum(axis=0)
    assert months.tolist() == [4, 10, 15, 18, 18, 18, 18]
    bond = -ledger["provider insolvency"].amounts["buyer_cost"]
    assert np.flatnonzero(bond.any(axis=0)).tolist() == [0, 1, 2]
    assert bond[3, 0] == pytest.approx(0.1 * 12 * ledger.fee[:4, 0].mean())


def test_an_early_end_brings_its_fee_and_then_assistance():
    """Ended in month 9, its fee holds the termination fee, the next two the assistance."""
    clauses = (
        TerminationForConvenience(month=9, wind_down=20_000),
        ExitAssistance(months=2, hours=100, rate=60),
    )
    world = example_world()
    ledger, plain = (settle(Deal("D", Hourly(rate=20), c), world) for c in (clauses, ()))
    np.testing.assert_allclose(ledger.fee[:8], plain.fee[:8])
    np.testing.assert_allclose(ledger.fee[8], plain.fee[8] + 20_000)
    assert (ledger.fee[9:11] == 6_000).all()
    assert not ledger.fee[11:].any()


class Malus(ServiceCredits):
    """Service credits by another name, of which a contract may have several."""


class ServiceCreditsNote(Clause):
    """A line that is called like service credits and is none."""

    @classmethod
    def label(cls):
        """The same name on the ledger."""
        return "service credits"

    def apply(self, world, ledger):
        """As much as the credits."""
        return ledger.fee * -0.03


@pytest.mark.parametrize(
    ("credited", "ends"),
    [
        ([ServiceCredits], False),
        ([Malus], False),
        ([ServiceCredits, ServiceCredits], True),
        ([Malus, Malus], True),
        ([ServiceCredits, Malus], True),
        ([ServiceCredits, ServiceCreditsNote], False),
    ],
)
def test_credits_that_end_a_contract_are_found_by_kind_not_by_name(credited, ends):
    """Each clause credits 30 % of the amount at risk, and above half of it the contract may end."""
    numbers = {"at_risk": 0.1, "weights": {"csat": 0.3}}
    clauses = [kind(**numbers) if issubclass(kind, ServiceCredits) else kind() for kind in credited]
    deal = Deal("D", Hourly(rate=20), clauses, targets={"csat": 99.0})
    failure = TerminationForFailure(credits_above=0.5, at_risk=0.1)
    world = example_world()
    assert failure.stops(world, settle(deal, world)).any() == ends
