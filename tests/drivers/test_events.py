import numpy as np

from scenarios.drivers import Changes, Events, Loss

WORKS = np.ones((24, 1))


def test_insolvency_has_its_chance_a_year_and_stays(draws, agree):
    """After a year the share of insolvent paths is the chance, after two 1 - (1 - p)^2."""
    insolvent = Events(insolvency=0.2).simulate(draws, WORKS)["insolvent"]
    agree.mean(insolvent[11], 0.2)
    agree.mean(insolvent[23], 1 - 0.8**2)
    assert (np.diff(insolvent, axis=0) >= 0).all()
    assert set(np.unique(insolvent)) == {0.0, 1.0}


def test_losses_come_as_often_and_as_large_as_declared(draws, agree):
    """A yearly chance of 0.6 is a monthly one of 1 - 0.4^(1/12); each loss is drawn anew."""
    amount = {"mean": 1_000, "sd": 200}
    loss = Loss(chance=0.6, amount=amount).simulate(draws, 24, "breach")
    happened = loss[5] > 0
    agree.mean(happened.astype(float), 1 - 0.4 ** (1 / 12))
    agree.mean(loss[5][happened], 1_000)
    agree.variance(loss[5][happened], 200**2)
    both = (loss[5] > 0) & (loss[6] > 0)
    agree.correlation(loss[5][both], loss[6][both], 0)


def test_all_losses_together_are_their_sum(draws):
    """``loss`` is what each named loss costs, added up; one loss leaves the other's draws alone."""
    one, two = Loss(chance=0.9, amount=10), Loss(chance=0.8, amount=7)
    made = Events(losses={"breach": one, "outage": two}).simulate(draws, WORKS)
    np.testing.assert_array_equal(made["loss"], made["loss.breach"] + made["loss.outage"])
    alone = Events(losses={"outage": two}).simulate(draws, WORKS)
    np.testing.assert_array_equal(alone["loss.outage"], made["loss.outage"])


def test_change_requests_keep_their_mean(draws, agree):
    """Hours vary by the declared sd of their logarithm about the declared mean."""
    hours = Changes(hours=40, volatility=0.5).simulate(draws, WORKS)
    agree.mean(hours[3], 40)
    agree.variance(np.log(hours[3]), 0.5**2)
    agree.correlation(hours[3], hours[4], 0)


def test_nobody_asks_for_changes_where_nobody_works(draws):
    """Hours follow the share of the month in which the team works."""
    works = np.array([[1.0], [0.5], [0.0]])
    np.testing.assert_array_equal(Changes(hours=40).simulate(draws, works)[:, 0], [40, 20, 0])


def test_what_is_not_declared_is_not_made(draws):
    """No events, no series."""
    assert Events().simulate(draws, WORKS) == {}
    assert set(Events(changes={"hours": 3}).simulate(draws, WORKS)) == {"changes"}
