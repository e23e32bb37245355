"""Tables of what the deal's terms ask: tests, votes, notices, and the closing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.deal import Deal
from payforsuccess.runs.finance.capital import CapitalStatus
from payforsuccess.web.investor.words import (
    FOLLOWS,
    default_words,
)
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table


def tests_table(record: CapitalRecord, deal: Deal) -> Table:
    """The tests of the deal, how they came out, and what follows."""
    done = {each.trigger: each for each in record.tests}

    def came_out(name: str) -> object:
        found = done.get(name)
        if found is None:
            return cells.status("waiting")
        if found.met:
            return cells.status(word=_("Met"), tone="good")
        return cells.status(word=_("Missed"), tone="bad")

    return Table(
        caption=_("Tests of the deal"),
        columns=(
            Column(_("Test")),
            Column(_("Due on")),
            Column(_("Standing")),
            Column(_("By")),
            Column(_("What follows")),
        ),
        rows=[
            (
                trigger.says,
                trigger.on,
                came_out(trigger.name),
                done[trigger.name].by if trigger.name in done else None,
                FOLLOWS[trigger.not_met],
            )
            for trigger in deal.triggers
        ],
    )


def votes_table(status: CapitalStatus) -> Table:
    """Matters put to the lenders, counted by the principal owed to each."""
    code = status.deal.currency
    return Table(
        caption=_("Votes of the lenders, by the principal owed to each"),
        columns=(
            Column(_("Matter")),
            Column(_("Put on")),
            Column(_("Yes"), is_number=True),
            Column(_("No"), is_number=True),
            Column(_("Others"), is_number=True),
            Column(_("Standing")),
        ),
        rows=[
            (
                each.matter,
                each.on,
                cells.money(each.yes, code),
                cells.money(each.no, code),
                cells.money(each.others, code),
                cells.status(word=_("Carries"), tone="good")
                if each.carries
                else cells.status(word=_("Does not carry so far"), tone="waiting"),
            )
            for each in status.votes
        ],
    )


def notices_table(status: CapitalStatus) -> Table:
    """Defaults of which notice is due or was given."""
    return Table(
        caption=_("Notices of default"),
        columns=(
            Column(_("About")),
            Column(_("To")),
            Column(_("Since")),
            Column(_("Amount"), is_number=True),
            Column(_("Notice given on")),
        ),
        rows=[
            (
                default_words(each.about),
                each.to,
                each.since,
                cells.money(each.amount, status.deal.currency),
                each.given_on or _("to be given"),
            )
            for each in status.notices
        ],
        empty=_("No default is on record."),
    )


def closing_table(record: CapitalRecord) -> Table:
    """What had to be done before the first draw."""
    return Table(
        caption=_("Closing checklist"),
        columns=(Column(_("What")), Column(_("By")), Column(_("Done on"))),
        rows=[
            (each.item, each.by, each.done_on or cells.status("waiting")) for each in record.closing
        ],
        empty=_("No closing item is on record."),
    )
