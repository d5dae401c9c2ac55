"""Pictures: one a file, each titled with its finding.

Each module has ``finding(table)``, the title: a sentence with the numbers that the picture shows;
``alt(table)``, the text for those who cannot see it; and ``draw``. In a notebook

    sc.plots.who_keeps_it.draw(run.who_keeps_it())

shows the picture: without an ``ax`` pyplot makes the figure, which a notebook shows at the end of
the cell. Small multiples return a Figure, shown when it stands last in the cell.
``sc.plots.picture.show`` shows any of them with its alt text. A report passes an ``ax`` or a
``figure`` of its own, and pyplot is then never touched.

Pictures show both parties' numbers: they are for one's own side of the table.
"""

from importlib import import_module
from types import ModuleType

MODULES = (
    "attainment",
    "break_even",
    "distribution",
    "fit",
    "maturity",
    "monthly",
    "per_unit",
    "picture",
    "waterfall",
    "who_keeps_it",
)


def __getattr__(name: str) -> ModuleType:
    """A picture's module, imported on first use: Matplotlib takes a while."""
    if name in MODULES:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"there is no picture {name!r}; there are {', '.join(MODULES)}")


def __dir__() -> list[str]:
    return sorted([*globals(), *MODULES])
