"""Several initiatives on one page, for whoever works in several: how each stands, and what next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.units import money_text
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.accounts.models import Membership, User
from payforsuccess.web.initiatives.money import money_of
from payforsuccess.web.initiatives.overview import Overview
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table
from payforsuccess.web.ui.told import told


def portfolio_table(user: User, memberships: Sequence[Membership], on: date) -> Table:
    """One row an initiative: goal, standing with its reason, paid of the ceiling, what next."""
    by_initiative: dict[int, list[Membership]] = {}
    for each in memberships:
        by_initiative.setdefault(each.initiative_id, []).append(each)
    rows = [
        _row(Access(user, held[0].initiative, tuple(held), on)) for held in by_initiative.values()
    ]
    return Table(
        caption=_("Your initiatives"),
        columns=(
            Column(_("Initiative")),
            Column(_("Goal")),
            Column(_("Standing")),
            Column(_("Paid")),
            Column(_("What you do next")),
            Column(_("Your role")),
        ),
        rows=rows,
        empty=_("You have no role in an initiative today. Ask its coordinator to give you one."),
    )


def _row(access: Access) -> Row:
    slug = access.initiative.slug
    link = cells.link(access.initiative.name, reverse("initiatives:start", args=[slug]))
    roles = ", ".join(told(ROLES[each.role].title) for each in access.memberships)
    try:
        goal = access.initiative.deal.governance.goal or ""
        if not access.may("see-totals"):
            return Row((link, goal, None, None, None, roles))
        page = Overview(access)
    except Refusal:
        unread = cells.status("missing", reason=_("the deal could not be read"))
        return Row((link, "", unread, None, _("Ask the coordinator to mend the deal file."), roles))
    standing = cells.status(page.standing.state, reason=page.standing.reason)
    return Row((link, goal, standing, _paid(page), page.next[0], roles))


def _paid(page: Overview) -> str | None:
    if not page.sees_money:
        return None
    money = money_of(page.book)
    paid = money_text(money.paid, money.currency, code=True)
    if money.ceiling is None:
        return paid
    of = money_text(money.ceiling, money.currency, code=True)
    return _("%(paid)s of at most %(ceiling)s") % {"paid": paid, "ceiling": of}
