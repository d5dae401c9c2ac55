"""Where the files that come with the package stand: benchmarks, example scenarios, notebooks."""

from __future__ import annotations

from pathlib import Path

from scenarios.errors import Problem, ScenarioError, nearest

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]
# An installed wheel keeps all three below the package; a source checkout keeps them at its top.
_IN_CHECKOUT = {
    "benchmarks": ("data", "benchmarks"),
    "scenarios": ("data", "scenarios"),
    "notebooks": ("notebooks", "reports"),
}


def resource(*parts: str) -> Path:
    """Return the path of a file or folder that comes with the package.

    The first part is `benchmarks`, `scenarios` or `notebooks`; the others lead on from there:
    `resource("benchmarks", "hourly_rates.csv")`. An installed package is looked into first,
    then the source checkout.

    Raises ScenarioError if the first part is another name, if a part is not one plain name, or
    if the file is in neither place; the message lists the places.
    """
    if not parts or parts[0] not in _IN_CHECKOUT:
        given = parts[0] if parts else ""
        raise ScenarioError(
            Problem(
                "unknown kind of resource; begin with one of the allowed kinds",
                given=repr(given),
                allowed=", ".join(_IN_CHECKOUT),
                nearest=nearest(given, _IN_CHECKOUT),
            )
        )
    kind, *rest = parts
    for part in rest:
        if part in {"", ".", ".."} or any(mark in part for mark in "/\\:\0"):
            raise ScenarioError(
                Problem("a part of a resource's path is one plain name", given=repr(part))
            )
    places = (
        _PACKAGE.joinpath("data", kind, *rest),
        _CHECKOUT.joinpath(*_IN_CHECKOUT[kind], *rest),
    )
    for place in places:
        if place.exists():
            return place
    looked = " and ".join(str(place) for place in places)
    raise ScenarioError(
        f"{'/'.join(parts)} does not come with this package; looked for {looked}; "
        "check the name, or install the package again"
    )
