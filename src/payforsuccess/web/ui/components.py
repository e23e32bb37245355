"""What components are made of: the steps of a process, and the facts of a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.ui.cells import cell

Text = str | Promise
StepState = Literal["done", "current", "waiting", "stopped"]

STEP_WORDS: dict[StepState, Text] = {
    "done": _("Done"),
    "current": _("Now"),
    "waiting": _("Not yet"),
    "stopped": _("Stopped"),
}


@dataclass(frozen=True)
class Step:
    """A step of a process: its name, how far it is, who does or did it, and when."""

    name: Text
    state: StepState
    who: Text = ""
    on: date | datetime | None = None
    note: Text = ""

    @property
    def word(self) -> Text:
        """The state in a word."""
        return STEP_WORDS[self.state]


@dataclass(frozen=True)
class Fact:
    """A fact of a record, with an optional note on where it is from or how it is computed."""

    label: Text
    value: object
    note: Text = ""

    @property
    def html(self) -> SafeString:
        """The value as HTML."""
        return cell(self.value)


def facts_of(given: Iterable[Fact | Sequence[object]]) -> list[Fact]:
    """Facts from facts, or from pairs of label and value (or triples with a note)."""
    return [fact if isinstance(fact, Fact) else Fact(*fact) for fact in given]  # type: ignore[arg-type]
