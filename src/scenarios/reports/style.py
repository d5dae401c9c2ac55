"""How numbers and tables look on a page: own HTML, escaped, the same bytes every time."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from html import escape

MILLION = 1_000_000
SPACE = "\u00a0"
"""A space at which no line ends."""
BREAKS = re.compile(r"(?<=\w)([._])(?=[A-Za-z])")
"""Where the dotted path of a number may go on in the next line."""
CENTS_BELOW = 100
MINUS, NOTHING = "\u2212", "\u2013"
Cell = str | tuple[str, str]
"""What stands in a table: a text, or a text and a second, smaller line below it."""


def money(amount: float) -> str:
    """An amount with separators: whole units, or cents where it is a price."""
    if not math.isfinite(amount):
        return NOTHING
    decimals = 2 if abs(amount) < CENTS_BELOW and amount != round(amount) else 0
    text = f"{amount:,.{decimals}f}"
    return text.replace("-", MINUS) if float(text.replace(",", "")) else "0"


def signed(amount: float) -> str:
    """An amount with its sign, also where it is a gain."""
    text = money(amount)
    return f"+{text}" if amount > 0 and text != "0" else text


def drawn(amount: float) -> str:
    """An amount estimated from simulated futures: three figures, four from a million on.

    They carry no more.
    """
    if not math.isfinite(amount) or amount == 0:
        return money(amount)
    figures = 4 if abs(amount) >= MILLION else 3
    return money(round(amount, figures - 1 - math.floor(math.log10(abs(amount)))))


def spread(low: float, high: float) -> str:
    """P10 to P90 in compact form, on one line."""
    return drawn(low) if low == high else f"{drawn(low)}{SPACE}to{SPACE}{drawn(high)}"


def share(part: float) -> str:
    """A share in per cent; what is rare but not impossible is not called 0."""
    if not math.isfinite(part):
        return NOTHING
    for edge, text in ((0, f"below 1{SPACE}%"), (1, f"above 99{SPACE}%")):
        if part != edge and abs(part - edge) < 0.005:  # noqa: PLR2004  what would round to the edge
            return text
    return f"{100 * part:.0f}{SPACE}%".replace("-", MINUS)


def plain(number: float) -> str:
    """A number without a unit: separators, no trailing zeros."""
    return f"{number:,.10g}".replace("-", MINUS) if math.isfinite(number) else NOTHING


def heading(text: str, level: int = 2) -> str:
    """A heading."""
    return f"<h{level}>{escape(text)}</h{level}>"


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph; `kind` is a class of the page's style sheet."""
    marked = f' class="{kind}"' if kind else ""
    return f"<p{marked}>{escape(text)}</p>"


def bullets(texts: Iterable[str]) -> str:
    """A list."""
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"


def table(
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    note: str = "",
    *,
    words: Iterable[int] = (0,),
) -> str:
    """A table whose first column names the row; the columns at the places `words` are no numbers.

    A row called total stands out. The note below it says what the numbers are.
    """
    kinds = ["t" if place in {*words} else "n" for place in range(len(header))]
    head = "".join(
        f'<th scope="col" class="{kind}">{escape(name)}</th>'
        for name, kind in zip(header, kinds, strict=True)
    )
    body = "".join(_row(row, kinds) for row in rows)
    told = paragraph(note, "note") if note else ""
    return (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{told}"
    )


def _row(row: Sequence[Cell], kinds: Sequence[str]) -> str:
    first, *others = row
    cells = "".join(
        f'<td class="{kind}">{_cell(cell)}</td>'
        for cell, kind in zip(others, kinds[1:], strict=True)
    )
    marked = ' class="total"' if first == "total" else ""
    return f'<tr{marked}><th scope="row" class="t">{_cell(first)}</th>{cells}</tr>'


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return _breaking(cell)
    first, below = cell
    return f'{_breaking(first)}<span class="below">{escape(below)}</span>'


def _breaking(text: str) -> str:
    return BREAKS.sub(r"\1<wbr>", escape(text))
