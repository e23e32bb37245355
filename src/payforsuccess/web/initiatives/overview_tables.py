"""The tables of an overview: each is of one source, and its caption says as of which day."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from payforsuccess.deal.deal import Deal
from payforsuccess.governance.initiative.initiative import Initiative as OnRecord
from payforsuccess.units import money_text, to_minor
from payforsuccess.web.initiatives.standing import STATE_OF, reason_of, says_of
from payforsuccess.web.initiatives.worked_out import WorkedOut
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.charts import Chart, funnel_chart
from payforsuccess.web.ui.tables import Column, Row, Table
from payforsuccess.web.ui.told import told


def track_table(deal: Deal, found: WorkedOut, *, sees_small: bool) -> Table:
    """Each outcome beside what was expected of it by now.

    Counts among the early signs are of another day than those of the referral flow: side by side
    they would tell of the few between the two days, so that only some readers get them.
    """
    return Table(
        caption=_("Each outcome beside what was expected by now"),
        columns=(
            Column(_("Outcome")),
            Column(_("Standing")),
            Column(_("Why")),
            Column(_("Early signs")),
            Column(_("What is done about it")),
        ),
        rows=[
            Row(
                (
                    says_of(deal, each),
                    cells.status(STATE_OF[each.rating]),
                    reason_of(each),
                    "; ".join(
                        told(one) if sees_small else one.split(":")[0] for one in each.leading
                    ),
                    "; ".join(told(one) for one in (each.action, each.escalated_to) if one),
                ),
                is_urgent=each.rating == "off track",
            )
            for each in found.performance
        ],
        empty=_("No outcome has a period that is over yet."),
    )


def years_chart(found: WorkedOut, currency: str) -> Chart:
    """Success payments by fiscal year, as the base case expects them."""
    total = money_text(sum(year.base for year in found.years), currency, code=True)
    return funnel_chart(
        finding=_("Success payments expected by fiscal year: %(total)s in all") % {"total": total},
        sentence=_("Expected by fiscal year: %(years)s.")
        % {
            "years": "; ".join(
                f"{year.name}: {money_text(year.base, currency, code=True)}" for year in found.years
            )
        },
        stages=[
            (_("Fiscal year %(year)s") % {"year": year.name}, year.base) for year in found.years
        ],
        unit=_("Expected payments"),
        currency=currency,
    )


def years_table(found: WorkedOut, currency: str) -> Table:
    """The same with the range of the simulated worlds, and the most that can fall due."""
    return Table(
        caption=_("Success payments by fiscal year, with how far they may lie from it"),
        columns=(
            Column(_("Fiscal year")),
            Column(_("Expected"), is_number=True),
            Column(_("Low"), is_number=True),
            Column(_("High"), is_number=True),
            Column(_("At most"), is_number=True),
        ),
        rows=[
            (
                year.name,
                cells.money(year.base, currency),
                cells.money(year.low, currency),
                cells.money(year.high, currency),
                cells.money(year.at_most, currency),
            )
            for year in found.years
        ],
    )


def costs_table(on_record: OnRecord, currency: str) -> Table:
    """What public money pays whatever the outcomes are."""
    return Table(
        caption=_("What public money pays whatever the outcomes are"),
        columns=(Column(_("What")), Column(_("Who pays")), Column(_("Amount"), is_number=True)),
        rows=[
            (
                each.says,
                each.paid_by,
                cells.money(to_minor(each.amount, currency), currency)
                if each.amount is not None
                else _("not known"),
            )
            for each in on_record.public_costs
        ],
        empty=_("Nothing is on record. The coordinator writes down who pays the evaluator."),
    )


def milestones_table(on_record: OnRecord, *, on: date) -> Table:
    """The way so far and ahead."""

    def stands(baseline: date, forecast: date | None, actual: date | None) -> object:
        if actual is not None and actual <= on:
            return cells.status("done")
        if (forecast or baseline) < on:
            return cells.status("overdue")
        if forecast is not None and forecast > baseline:
            return cells.status("watch", reason=_("later than planned"))
        return cells.status("waiting")

    return Table(
        caption=_("Milestones"),
        columns=(
            Column(_("Milestone")),
            Column(_("Standing")),
            Column(_("First planned")),
            Column(_("Now expected")),
            Column(_("Reached")),
        ),
        rows=[
            (
                each.name,
                stands(each.baseline, each.forecast, each.actual),
                each.baseline,
                each.forecast,
                each.actual,
            )
            for each in on_record.milestones
        ],
        empty=_("No milestone is on record."),
    )


def actions_table(on_record: OnRecord, deal: Deal, *, on: date) -> Table:
    """What someone does by a day because an outcome is off track; the overdue first."""
    is_open = [each for each in on_record.actions if each.is_open(on=on)]
    return Table(
        caption=_("Open actions, the most urgent first"),
        columns=(
            Column(_("Action")),
            Column(_("For")),
            Column(_("Owner")),
            Column(_("Due")),
            Column(_("Standing")),
        ),
        rows=[
            Row(
                (
                    each.says,
                    _metric(deal, each.metric),
                    each.owner,
                    each.due,
                    cells.status("overdue" if each.days_overdue(on=on) else "due"),
                ),
                is_urgent=bool(each.days_overdue(on=on)),
            )
            for each in sorted(is_open, key=lambda action: action.due)
        ],
        empty=_("No action is open."),
    )


def _metric(deal: Deal, name: str) -> str:
    outcome = deal.outcomes.get(name)
    return outcome.says if outcome is not None else name


def risks_table(on_record: OnRecord) -> Table:
    """What may go wrong, who bears it, and who watches it."""
    return Table(
        caption=_("Risks, with who bears them under the contract"),
        columns=(
            Column(_("Risk")),
            Column(_("Likely")),
            Column(_("Effect")),
            Column(_("Who bears it")),
            Column(_("What is done")),
            Column(_("Watched by")),
        ),
        rows=[
            (
                each.says,
                _(each.likelihood),
                _(each.effect),
                ", ".join(each.after),
                each.response,
                each.owner,
            )
            for each in on_record.risks
        ],
        empty=_("No risk is on record."),
    )


def meetings_table(on_record: OnRecord, *, on: date) -> Table:
    """Each body, how often it meets, and when it last met."""
    days = {
        body.name: [each.on for each in on_record.meetings if each.body == body.name]
        for body in on_record.bodies
    }
    return Table(
        caption=_("Committees and their meetings"),
        columns=(
            Column(_("Committee")),
            Column(_("Chair")),
            Column(_("Last met")),
            Column(_("Meets next")),
        ),
        rows=[
            (
                body.title,
                body.chair,
                max((day for day in days[body.name] if day <= on), default=None),
                min((day for day in days[body.name] if day > on), default=None),
            )
            for body in on_record.bodies
        ],
        empty=_("No committee is on record."),
    )
