import numpy as np
import pytest
from pydantic import ValidationError
from scipy.special import ndtri
from scipy.stats import norm

import scenarios as sc
from scenarios.drivers import Delivery
from scenarios.evidence import STUDIES, Evidence
from scenarios.io.benchmarks import benchmarks

EVENLY = ndtri((np.arange(200_000) + 0.5) / 200_000)[None, :]
"""Standard normals in equal steps of probability."""


def test_less_time_is_more_throughput_than_it_looks():
    """A change of -55.8 % of the time (Peng) is +126 % done; 19 % slower (METR) is -16 %."""
    assert sc.throughput_of(-0.558) == pytest.approx(1.262, abs=5e-4)
    assert sc.throughput_of(0.19) == pytest.approx(-0.160, abs=5e-4)
    with pytest.raises(ValueError, match="no time or less"):
        sc.throughput_of(-1)


def test_only_changes_of_throughput_are_pooled():
    """Time and throughput are different effects: every study used is of the second kind."""
    table = benchmarks("ai_productivity")
    table = table.set_index("key") if "key" in table else table
    for keys in STUDIES.values():
        for key in keys:
            assert table.loc[key, "unit"] == "% throughput"


def test_one_study_has_its_own_effect_and_the_width_of_its_limits():
    """Peng's median is +126 %; its limits are 3.92 standard deviations of the logarithm apart."""
    logs = np.log1p(Evidence(evidence="software task").quantile_of(EVENLY)[0])
    assert np.median(logs) == pytest.approx(np.log(2.262), abs=1e-3)
    assert logs.std() == pytest.approx(np.log(9.091 / 1.266) / 3.919928, rel=1e-3)


def test_software_work_includes_effects_below_nothing():
    """Two of three studies point down: as likely as not somebody gets less done."""
    effects = Evidence(evidence="software work")
    values = effects.quantile_of(EVENLY)[0]
    below = (values < 0).mean()
    assert 0.4 < below < 0.8
    assert values.min() > -1
    assert effects.central == pytest.approx(np.median(values), abs=1e-3)


def test_each_study_counts_the_same():
    """The chance of at most 0 is the mean of the three studies' own, worked out by hand."""
    spread = np.log(0.98 / 0.719) / 3.919928, np.log(1.4628 / 1.0588) / 3.919928
    spread = (*spread, (np.log(1.33) - np.log(0.6082)) / 1.959964)
    centre = np.log([0.84, 1.2608, 0.6082])
    expected = norm.cdf(0, centre, spread).mean()
    values = Evidence(evidence="software work").quantile_of(EVENLY)[0]
    assert (values <= 0).mean() == pytest.approx(expected, abs=1e-4)


def test_a_scenario_may_take_its_throughput_from_the_evidence():
    """It is written like any other distribution, written again as it was, and within bounds."""
    roles = {"dev": {"people": 1, "hours": 100, "cost": 10}}
    delivery = Delivery(roles=roles, throughput={"evidence": "customer support"})
    assert delivery.throughput.central == pytest.approx(0.15, abs=0.005)
    assert delivery.model_dump(mode="json")["throughput"]["evidence"] == "customer support"
    with pytest.raises(ValidationError, match="software work"):
        Delivery(roles=roles, throughput={"evidence": "magic"})
