"""How a payment stands against the paying office's books, in words, and what to do about it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from payforsuccess.payments.reconciled import CLOSES, HeldAgainst, Standing, same_number
from payforsuccess.runs.statement.reconcile import Reconciliation
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.cells import Tone
from payforsuccess.web.ui.tables import Column, Row, Table

Text = str | Promise
WORDS: dict[Standing, Text] = {
    "matched": _("Agrees"),
    "missing": _("Not in the books"),
    "different-amount": _("Another amount"),
    "another-vendor": _("Another vendor"),
    "another-day": _("Another day"),
    "no-number": _("Has no number here"),
    "unknown": _("Not on record here"),
    "not-listed-yet": _("No list tells of it yet"),
}
NEXT: dict[Standing, Text] = {
    "missing": _("Ask whether the warrant went out. If it did, correct the number of it."),
    "different-amount": _("Look at the warrant. Enter the rest, or have the books mended."),
    "another-vendor": _("Look at the warrant: whoever was paid may not be who is owed."),
    "another-day": _("Look at the warrant: its day decides the fiscal year."),
    "no-number": _("Find the warrant, and correct the number on the page of its payment."),
    "unknown": _("Enter it if it paid a statement of this deal; else explain what it is."),
}
"""What to do about each kind of difference."""


def standing_words(line: HeldAgainst) -> tuple[Text, Tone]:
    """How a line stands, with its tone."""
    if line.standing == "matched":
        return WORDS[line.standing], "good"
    if line.standing == "not-listed-yet":
        return WORDS[line.standing], "waiting"
    return WORDS[line.standing], "bad" if line.is_open else "unknown"


def books_table(access: Access, made: Reconciliation, *, keeps: bool) -> Table:
    """Every number, what does not close first. keeps: whether the reader explains differences."""
    code = made.currency
    return Table(
        caption=gettext("Payments held against the paying office’s books"),
        columns=(
            Column(_("Warrant")),
            Column(_("Day")),
            Column(_("On record here"), is_number=True),
            Column(_("In the books"), is_number=True),
            Column(_("How it stands")),
            Column(_("What to do")),
        ),
        rows=[
            Row(
                (
                    line.number or gettext("no number"),
                    cells.day(line.here_on or line.there_on),
                    _amount(line.here, code),
                    _amount(line.there, code),
                    _standing(line),
                    _to_do(access, line, keeps=keeps),
                ),
                is_urgent=line.is_open,
            )
            for line in made.found.lines
        ],
        empty=gettext("No payment is on record, and no list of the books came yet."),
    )


def held_words(made: Reconciliation) -> dict[str, object]:
    """By warrant as it is compared, how it stands, for the table of a statement."""
    return {same_number(line.number): _short(line) for line in made.found.lines if line.number}


def _short(line: HeldAgainst) -> object:
    word, tone = standing_words(line)
    return cells.status(word=word, tone=tone)


def _amount(minor: int | None, currency: str) -> object:
    return cells.missing() if minor is None else cells.money(minor, currency)


def _standing(line: HeldAgainst) -> object:
    word, tone = standing_words(line)
    reason = ""
    if line.explained is not None and line.explained.explained is not None:
        told = line.explained
        reason = f"{line.explained.explained.reason} ({told.by}, {cells.day_words(told.on)})"
    elif line.perhaps:
        reason = gettext("The same amount stands under %(number)s.") % {"number": line.perhaps}
    return cells.status(word=word, tone=tone, reason=reason)


def _to_do(access: Access, line: HeldAgainst, *, keeps: bool) -> object:
    if line.standing in CLOSES:
        return cells.missing()
    if not line.is_open:
        return gettext("Nothing: it was explained.")
    if not keeps:
        return NEXT[line.standing]
    url = reverse("payments:books-explain", args=[access.initiative.slug, line.code])
    return format_html("{} {}", NEXT[line.standing], cells.link(gettext("Explain it"), url))
