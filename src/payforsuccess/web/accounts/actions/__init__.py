"""Who joins and leaves, emergencies and disclosures. Each is one transaction with one event."""

from __future__ import annotations

from payforsuccess.web.accounts.actions.confirming import confirm_by_office, confirm_role
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
from payforsuccess.web.accounts.actions.joining import (
    add_member,
    add_organisation,
    add_user,
    bring_organisation,
)
from payforsuccess.web.accounts.actions.managing import (
    end_role,
    give_password,
    give_role,
    give_way_back,
    off_board,
    recover_account,
)
from payforsuccess.web.accounts.actions.own import change_password

__all__ = [
    "add_member",
    "add_organisation",
    "add_user",
    "ask_disclosure",
    "bring_organisation",
    "change_password",
    "confirm_by_office",
    "confirm_role",
    "decide_disclosure",
    "end_role",
    "give_password",
    "give_role",
    "give_way_back",
    "look_at_opening",
    "make_disclosure",
    "off_board",
    "open_in_emergency",
    "recover_account",
    "search_in_vain",
]
