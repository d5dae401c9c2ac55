"""Market figures that were computed: they are what the raw files give, where those are at hand."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.io.benchmarks import benchmarks
from scenarios.resources import resource

RAW = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def raw(name: str) -> pd.DataFrame:
    path = RAW / name
    if not path.exists():
        pytest.skip(f"raw data not at hand: shared/data/{name}")
    return pd.read_csv(path)


def tenths(values: pd.Series) -> list[float]:
    return values.quantile([0.1, 0.5, 0.9]).tolist()


def spread(values: pd.Series) -> list[float]:
    return [values.min(), values.median(), values.max()]


def hourly(words: str) -> list[float]:
    rates = raw("rates/gsa_schedule70_hourly_rates.csv.gz")
    chosen = rates["labor_category"].fillna("").str.lower().str.contains(words)
    return tenths(rates.loc[chosen & (rates["unit"].str.lower() == "hour"), "price_usd"])


def kitchenham() -> pd.Series:
    projects = raw("effort/kitchenham.csv")
    return projects["Actual.effort"] / projects["First.estimate"]


def sip() -> pd.Series:
    tasks = raw("effort/sip_tasks.csv.gz").drop_duplicates("TaskNumber")
    return tasks["HoursActual"] / tasks["HoursEstimate"]


def bids() -> pd.Series:
    return raw("effort/project_bidding_jorgensen.csv")["Bid"]


def inflation(name: str, column: str) -> list[float]:
    index = raw(name)
    yearly = index.groupby(index["month"].str[:4].astype(int))[column].mean()
    return spread(100 * yearly.pct_change().loc[2016:2025])


def world_inflation(country: str) -> list[float]:
    table = raw("indices/world_bank_inflation_annual.csv.gz")
    years = (table["iso3"] == country) & table["Year"].between(2015, 2024)
    return spread(table.loc[years, "inflation_pct"])


def wages() -> list[float]:
    index = raw("indices/us_eci_wages_private_quarterly_2013_2022.csv")["ECIWAG"]
    return spread(100 * (index / index.shift(4) - 1).dropna())


def reopened(name: str) -> list[float]:
    return [100 * (raw(name)["reopen_count"] > 0).mean()]


def contract_type(name: str) -> list[float]:
    kinds = raw("contracts/us_federal_it_contracts_2012.csv.gz")["contract_type"]
    return [100 * kinds.value_counts(normalize=True)[name]]


def quarters(values: pd.Series) -> list[float]:
    return values.quantile([0.25, 0.5, 0.75]).tolist()


def services_terms() -> list[float]:
    flags = raw("contracts/cuad_clause_flags.csv")
    services = ("Service", "Outsourcing", "Maintenance", "Consulting", "Development", "Hosting")
    return quarters(flags.loc[flags["type"].isin(services), "term_years"])


def clause_shares() -> dict[str, float]:
    flags = raw("contracts/cuad_clause_flags.csv")
    table = benchmarks("contract_terms")
    keys = [key.removeprefix("has_") for key in table["key"] if key.startswith("has_")]
    return {key: 100 * flags[key].mean() for key in keys}


def tickets() -> pd.Series:
    opened = raw(HELP_DESK)["opened"].str[:7]
    return opened.value_counts().sort_index()


def answered() -> list[float]:
    calls = raw("tickets/callcenter_daily.csv")
    return tenths(100 * calls["answered"] / calls["incoming"])


def months(log: str) -> pd.DataFrame:
    """The months of one log, as they come with the package."""
    table = pd.read_csv(resource("benchmarks", "months", "ticket_months.csv"))
    return table[table["log"] == log]


def about_trend(log: str) -> pd.Series:
    """The logarithm of a log's monthly units, less its straight trend."""
    logs = np.log(months(log)["units"].to_numpy())
    at = np.arange(len(logs))
    return pd.Series(logs - np.polyval(np.polyfit(at, logs, 1), at))


def cases_by_month(name: str, opened: str) -> pd.DataFrame:
    """Units, reopened ones and the median resolution by month of opening, from the raw log."""
    cases = raw(name)
    month = cases[opened].str[:7]
    return pd.DataFrame(
        {
            "units": cases.groupby(month).size(),
            "reopened": (cases["reopen_count"] > 0).groupby(month).sum(),
            "median_resolution_hours": cases["resolve_h"].groupby(month).median().round(1),
        }
    )


HELP_DESK = "tickets/helpdesk_it_cases.csv.gz"
VOLVO = "tickets/bpi13_vinst_cases.csv.gz"
UK_CPI, US_CPI = "indices/uk_cpi_monthly.csv", "indices/us_cpi_monthly.csv"
FEDERAL = "contracts/us_federal_it_contracts_2012.csv.gz"
COMPUTED: dict[str, Callable[[], list[float]]] = {
    "hourly_rates/gsa_all": lambda: hourly(""),
    "hourly_rates/gsa_help_desk": lambda: hourly("help ?desk|service desk"),
    "hourly_rates/gsa_software": lambda: hourly("software|developer|programmer"),
    "hourly_rates/gsa_project_manager": lambda: hourly("project manager"),
    "effort/kitchenham_log_sd": lambda: [np.log(kitchenham()).std()],
    "effort/kitchenham_ratio": lambda: tenths(kitchenham()),
    "effort/sip_ratio": lambda: tenths(sip()),
    "effort/sip_ratio_mean": lambda: [sip().mean()],
    "effort/jorgensen_bids": lambda: spread(bids()),
    "effort/jorgensen_bids_log_sd": lambda: [np.log(bids()).std()],
    "indexation/us_cpi": lambda: inflation(US_CPI, "CUUR0000SA0"),
    "indexation/uk_cpi": lambda: inflation(UK_CPI, "uk_cpi_2015_100"),
    "indexation/us_eci_wages": wages,
    "indexation/india_cpi": lambda: world_inflation("IND"),
    "indexation/philippines_cpi": lambda: world_inflation("PHL"),
    "indexation/poland_cpi": lambda: world_inflation("POL"),
    "reopening/italian_help_desk": lambda: reopened(HELP_DESK),
    "reopening/volvo_incidents": lambda: reopened(VOLVO),
    "contract_terms/duration_us_federal_it": lambda: quarters(raw(FEDERAL)["years"]),
    "contract_terms/duration_sec_services": services_terms,
    "contract_terms/firm_fixed_price_us_federal": lambda: contract_type("Firm Fixed Price"),
    "contract_terms/time_and_materials_us_federal": lambda: contract_type("Time and Materials"),
    "service_levels/help_desk_resolution_hours": lambda: tenths(raw(HELP_DESK)["resolve_h"]),
    "service_levels/volvo_resolution_hours": lambda: tenths(raw(VOLVO)["resolve_h"]),
    "service_levels/calls_answered_in_20s": lambda: tenths(
        100 * raw("tickets/callcenter_daily.csv")["service_level_20s"]
    ),
    "service_levels/calls_answered": answered,
    "demand/help_desk_tickets": lambda: [tickets().mean()],
    "demand/help_desk_variation": lambda: [tickets().std() / tickets().mean()],
    "demand/help_desk_persistence": lambda: [tickets().autocorr(1)],
    "demand/help_desk_volatility": lambda: [about_trend("help desk").std()],
    "demand/call_centre_calls": lambda: [months("call centre")["units"].mean()],
    "demand/call_centre_volatility": lambda: [about_trend("call centre").std()],
    "demand/call_centre_persistence": lambda: [about_trend("call centre").autocorr(1)],
}


@pytest.mark.parametrize("name", COMPUTED)
def test_a_computed_figure_is_what_the_raw_file_gives(name):
    """A figure computed from raw data equals the raw data's, to the digits printed."""
    topic, key = name.split("/")
    shipped = benchmarks(topic).set_index("key").loc[key, ["low", "mid", "high"]].dropna()
    for printed, exact in zip(shipped, COMPUTED[name](), strict=True):
        digits = len(repr(printed).partition(".")[2].rstrip("0"))
        # Half a unit of the last printed digit; a figure of hundredths may end in a zero.
        assert abs(printed - exact) <= 0.5 * 10.0 ** -max(digits, 1) + 1e-9


def test_shares_of_clauses_are_what_the_raw_file_gives():
    """The share of contracts with a clause is the mean of the clause's flags."""
    shipped = benchmarks("contract_terms").set_index("key")["mid"]
    for key, share in clause_shares().items():
        assert shipped[f"has_{key}"] == pytest.approx(share, abs=0.05)


@pytest.mark.parametrize(
    ("log", "name", "opened"),
    [("help desk", HELP_DESK, "opened"), ("Volvo IT", VOLVO, "opened_utc")],
)
def test_the_months_of_a_ticket_log_are_those_of_its_cases(log, name, opened):
    """Units, reopened cases and median resolution of each month, where the raw log is at hand."""
    kept = months(log).set_index("period")
    found = cases_by_month(name, opened).loc[kept.index]
    for column in found:
        np.testing.assert_allclose(kept[column], found[column], atol=0.051)


def test_the_blocks_of_the_call_centre_are_those_of_its_days():
    """Thirty days each, in order; the service level is weighed by the calls answered."""
    days = raw("tickets/callcenter_daily.csv")
    block = (days["day"] - 1) // 30
    kept = months("call centre").reset_index(drop=True)
    whole = block.value_counts().sort_index() == 30
    units = days["incoming"].groupby(block).sum()[whole]
    np.testing.assert_array_equal(kept["units"], units)
    met = (days["service_level_20s"] * days["answered"]).groupby(block).sum()[whole]
    level = met / days["answered"].groupby(block).sum()[whole]
    np.testing.assert_allclose(kept["service_level"], level, atol=5.1e-5)
