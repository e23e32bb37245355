"""Who joins and leaves, emergencies and disclosures. Each is one transaction with one event."""

from __future__ import annotations

from payforsuccess.web.accounts.actions.disclosures import (
    ask_disclosure,
    decide_disclosure,
    make_disclosure,
)
from payforsuccess.web.accounts.actions.emergencies import (
    look_at_opening,
    open_in_emergency,
    search_in_vain,
)
from payforsuccess.web.accounts.actions.joining import add_member, add_organisation, add_user
from payforsuccess.web.accounts.actions.managing import (
    end_role,
    give_password,
    give_role,
    off_board,
)
from payforsuccess.web.accounts.actions.own import change_password

__all__ = [
    "add_member",
    "add_organisation",
    "add_user",
    "ask_disclosure",
    "change_password",
    "decide_disclosure",
    "end_role",
    "give_password",
    "give_role",
    "look_at_opening",
    "make_disclosure",
    "off_board",
    "open_in_emergency",
    "search_in_vain",
]
