"""Baseline, target and where it stands: each outcome of the deal, and what the initiative tracks.

Homelessness, return to custody and public spending always have a line: where nobody wrote down what
is aimed at, the page says so (R31). Counts of few people, and what rests on few, are hidden from
whoever may not see them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.words.phrases import word
from payforsuccess.disclosure import tells_of_few
from payforsuccess.governance.initiative.change import Target
from payforsuccess.governance.initiative.initiative import Initiative as OnRecord
from payforsuccess.units import grouped
from payforsuccess.web.initiatives.worked_out import WorkedOut
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.cells import Text
from payforsuccess.web.ui.tables import Column, Table
from payforsuccess.web.ui.told import told

TRACKED: dict[str, Text] = {
    "homelessness": gettext_lazy("Homelessness"),
    "return-to-custody": gettext_lazy("Return to custody"),
    "public-spending": gettext_lazy("Public spending"),
}


def levels_table(
    deal: Deal, on_record: OnRecord | None, found: WorkedOut | None, *, sees_small: bool
) -> Table:
    """Where each stands today is of the last working out, or of the day the file says."""
    tracked = on_record.targets if on_record is not None else ()
    rated = {each.outcome: each for each in found.performance} if found else {}
    as_of = found.data_through if found else None
    rows: list[tuple[object, ...]] = []
    for name, outcome in deal.outcomes.items():
        one = rated.get(name)
        now = one.actual if one else _("not stated")
        unit = told(word(outcome.unit))
        day = as_of if one else None
        rows.append((outcome.says, unit, *_aims(outcome), now, day))
    rows += [
        _row(each, sees_small=sees_small) for each in tracked if each.name not in deal.outcomes
    ]
    rows += _unstated({each.kind for each in tracked})
    return Table(
        caption=_("Before, aimed at, and now"),
        columns=(
            Column(_("What")),
            Column(_("Counted in")),
            Column(_("Baseline"), is_number=True),
            Column(_("Target"), is_number=True),
            Column(_("Now"), is_number=True),
            Column(_("As of")),
        ),
        rows=rows,
    )


def _aims(outcome: Outcome) -> tuple[object, object]:
    """Of an outcome of which lower is better the level of no success stands for one not stated."""
    before = outcome.baseline
    if before is None and outcome.better == "lower" and outcome.no_success > 0:
        before = outcome.no_success
    return _number(before), _number(outcome.target)


def _row(each: Target, *, sees_small: bool) -> tuple[object, ...]:
    def shown(value: Fraction | None) -> object:
        few = value is not None and tells_of_few(value, each.unit, each.denominator)
        return _("hidden") if few and not sees_small else _number(value)

    what = each.says
    if each.kind in TRACKED:
        what = f"{TRACKED[each.kind]}: {what}"
    return (
        what,
        each.unit,
        shown(each.baseline),
        _number(each.target),
        shown(each.current),
        each.current_on,
    )


def _unstated(kinds: set[str]) -> Iterator[tuple[object, ...]]:
    nothing = _("not stated")
    for kind, says in TRACKED.items():
        if kind not in kinds:
            yield says, "", nothing, nothing, nothing, cells.missing()


def _number(value: Fraction | None) -> object:
    return _("not stated") if value is None else grouped(value)
