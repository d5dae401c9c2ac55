import pytest

import scenarios as sc
from scenarios.engine.streams import BLOCK

BOOKS = ["fee", "buyer_cost", "provider_cost", "benefit"]


def test_the_waterfall_closes_to_the_cent(run):
    """Lines add up to the total row, and the total row to the run's own totals."""
    for name in run.names:
        table = run.waterfall(name)
        lines = table.drop(index="total")
        for book in BOOKS:
            assert lines[book].sum() == pytest.approx(table.loc["total", book], abs=0.005)
            assert table.loc["total", book] == pytest.approx(
                run.total(name, book).mean(), abs=0.005
            )
        total = table.loc["total"]
        assert total["buyer"] == pytest.approx(run.total(name, "all_in").mean(), abs=0.005)
        assert total["provider"] == pytest.approx(run.total(name, "contribution").mean(), abs=0.005)


def test_lines_stand_in_contract_order(desk):
    """What the world writes, the fee, then the clauses as the paper lists them."""
    lines = list(desk.waterfall("Hybrid").index)
    assert lines[-4:] == ["committed productivity", "gain share", "coordination", "total"]
    assert lines.index("labour") < lines.index("fixed fee") < lines.index("committed productivity")


def test_if_removed_is_a_run_without_the_clause(desk):
    """Striking a clause out changes the buyer's cost by what a run without it costs less."""
    table = desk.waterfall("Hybrid", if_removed=True)
    paths = table.attrs["paths if removed"]
    deal = desk.deal("Hybrid")
    cost = desk.total("Hybrid", "all_in")[:paths].mean()
    for place, line in enumerate(["committed productivity", "gain share", "coordination"]):
        without = sc.simulate(desk.scenario, [deal.without(place)], paths=paths, seed=desk.seed)
        expected = cost - without.total("Hybrid", "all_in").mean()
        assert table.loc[line, "if removed"] == pytest.approx(expected, abs=0.005)
    assert table["if removed"].isna().sum() == len(table) - 3


def test_bites_is_how_often_a_line_moves_anything(small):
    """A cap of 2,100 on 20 an hour bites in the months and paths above 105 hours, never else."""
    deal = {"pricing": {"hourly": {"rate": 20}}, "clauses": [{"fee_cap": {"monthly": 2_100}}]}
    demand = {"volume": {"unit": "t", "per_month": 100, "volatility": 0.1}}
    run = sc.simulate(small(deals={"D": deal}, demand=demand), paths=1_000)
    beyond = run.worlds(0)["hours"][:, :1_000] * 20 > 2_100
    line = run.waterfall("D").loc["fee cap"]
    assert line["bites"] == pytest.approx(beyond.mean())
    assert line["paths"] == beyond.any(axis=0).mean()


def test_two_caps_of_one_name_are_two_lines_and_both_count(small):
    """A repeated clause is numbered; the second line is what it moves after the first."""
    caps = [{"fee_cap": {"monthly": 1_900}}, {"fee_cap": {"annual": 20_000}}]
    deal = {"pricing": {"hourly": {"rate": 20}}, "clauses": caps}
    run = sc.simulate(small(deals={"D": deal}), paths=2)
    table = run.waterfall("D", if_removed=True)
    assert table.loc["fee cap", "fee"] == -1_200
    assert table.loc["fee cap 2", "fee"] == -2_800
    assert table.loc["total", "fee"] == 20_000
    assert table.loc["fee cap", "if removed"] == 0
    assert table.loc["fee cap 2", "if removed"] == -2_800


def test_a_stop_on_a_later_block_alone_still_closes(small):
    """A line that only some blocks have is in the table and the table still closes."""
    demand = {"volume": {"unit": "t", "per_month": {"median": 100, "log_sd": 0.2}}}
    given = small(demand=demand, after_the_end={"per_month": 7})
    worlds = sc.simulate(given, paths=1).worlds
    first, *others = (float(worlds(block)["hours"].max()) for block in range(4))
    assert first < max(others), "another seed: the fullest path must not be in the first block"
    ceiling = 20 * 9 * (first + max(others)) / 2
    clause = sc.NotToExceed(amount=ceiling, then="stop work")
    run = sc.simulate(given, [sc.Deal("D", sc.Hourly(rate=20), (clause,))], paths=4 * BLOCK)
    stopped = (run.total("D", "buyer_cost").reshape(4, BLOCK) > 7 * 3 - 1).any(axis=1)
    assert stopped.any()
    assert not stopped[0]
    table = run.waterfall("D")
    assert table.loc["after the end", "buyer_cost"] > 0
    total = table.loc["total", "buyer"]
    assert total == pytest.approx(run.total("D", "all_in").mean(), abs=0.005)


def test_what_moves_only_cash_costs_nobody_anything(team):
    """A holdback moves no cost; it sums to zero, or what does not is outstanding."""
    line = team.waterfall("Outcome").loc["holdback"]
    assert (line["buyer"], line["provider"]) == (0, 0)
    held = team.collect(lambda _, ledgers: ledgers["Outcome"].outstanding, [team.deal("Outcome")])
    assert held.min() >= -1e-6
    assert line["cash"] == pytest.approx(-held.mean(), abs=1e-6)


def test_sums_close_on_every_path_of_a_large_run(small):
    """Beyond the paths that monthly tables use, the waterfall and the budget still close."""
    demand = {"volume": {"unit": "ticket", "per_month": 100, "volatility": 0.4}}
    run = sc.simulate(small(demand=demand), paths=21_000)
    expected = run.total("Hourly", "all_in").mean()
    assert run.waterfall("Hourly").loc["total", "buyer"] == pytest.approx(expected, abs=0.005)
    assert run.budget("Hourly").loc["total", "total"] == pytest.approx(expected, abs=0.005)
