"""The meeting board: sliders on the left, both parties' results beside and under them."""

from __future__ import annotations

from functools import partial
from typing import Any

from ipywidgets import HTML, Button, FloatSlider, HBox, Layout, VBox, Widget

from scenarios.scenario import Scenario
from scenarios.widgets import page
from scenarios.widgets.guard import guarded
from scenarios.widgets.model import Board, Dial
from scenarios.widgets.steady import SteadyPicture


def board(scenario: Scenario, *, paths: int = 5000, seed: int = 1) -> Widget:
    """A private board for one scenario: a slider for each of its levers, and what they do.

    Each move settles the deals again on the same ``paths`` futures. The board shows an estimate of
    the provider's margin and says so: it is for one's own side. Raises ``ScenarioError`` for a
    lever that leads to no number.
    """
    return _View(Board(scenario, paths=paths, seed=seed)).widget


class _View:
    """The widgets of a board, made once and changed in place."""

    def __init__(self, model: Board) -> None:
        self.model = model
        self.idle = f"{model.paths:,} futures, the same ones at every move."
        self.note = HTML(page.note(self.idle))
        self.picture, self.table = HTML(layout=Layout(width="auto")), HTML()
        self.sliders = {path: _slider(dial) for path, dial in model.dials.items()}
        self.reset = Button(
            description="Back to the starting offer",
            layout=Layout(width="auto", margin="16px 2px 0"),
        )
        self.drawing = SteadyPicture(model.scenario.currency)
        self.show()
        for path, slider in self.sliders.items():
            slider.observe(partial(self.moved, path), names="value")
        self.reset.on_click(self.back)
        self.widget = self.page()

    def page(self) -> Widget:
        """Everything in its place."""
        levers = [
            part
            for path, slider in self.sliders.items()
            for part in (HTML(page.lever(self.model.dials[path])), slider)
        ]
        left = [*levers, self.reset] if levers else [HTML(page.no_levers(self.model.scenario))]
        board = VBox(
            [
                HTML(page.head(self.model.scenario)),
                HBox(
                    [
                        VBox(left, layout=Layout(flex="0 0 330px")),
                        VBox([self.picture], layout=Layout(flex="1 1 0", min_width="0")),
                    ],
                    layout=Layout(grid_gap="24px"),
                ),
                self.note,
                self.table,
            ]
        )
        board.add_class("sc-board")
        return board

    def moved(self, path: str, change: Any) -> None:
        """A slider has moved: the results follow, or it goes back to where it stood."""
        if change["new"] == self.model.positions[path]:
            return
        with guarded(self.refuse), self.model.attempt():
            if self.model.dials[path].deal is None:
                self.say("Drawing again: this number shapes the futures themselves.")
            self.model.move(path, change["new"])
            self.show()
            self.say(self.idle)
        self.sliders[path].value = self.model.positions[path]

    def back(self, _: Button) -> None:
        """Everything returns to the starting offer."""
        with guarded(self.refuse), self.model.attempt():
            self.model.reset()
            self.drawing.restart()
            self.show()
            self.say(self.idle)
        for path, position in self.model.positions.items():
            self.sliders[path].value = position

    def show(self) -> None:
        """The picture and the numbers as the model stands; both, or neither."""
        totals = self.model.totals()
        picture = page.picture(self.drawing.draw(totals), self.drawing.alt(totals))
        self.table.value = page.table(self.model.results(), self.model.scenario)
        self.picture.value = picture

    def say(self, text: str) -> None:
        """A line under the picture."""
        self.note.value = page.note(text)

    def refuse(self, text: str) -> None:
        """The same line, for what could not be done."""
        self.note.value = page.problem(text)


def _slider(dial: Dial) -> FloatSlider:
    return FloatSlider(
        value=dial.start,
        min=dial.low,
        max=dial.high,
        step=dial.step,
        tooltip=dial.label,
        style={"handle_color": "#0072B2"},
        readout_format=f",.{page.decimals(dial.step)}f",
        layout=Layout(width="auto"),
    )
