"""The books of capital as pages read them: where it stands on a day, and the record behind it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.errors import Refusal
from payforsuccess.finance.capital_record.calls import CallState
from payforsuccess.runs.finance.capital import CapitalStatus, capital
from payforsuccess.runs.finance.capital_file import capital_record_of
from payforsuccess.runs.folder import open_folder
from payforsuccess.web.accounts.access import Access


@dataclass(frozen=True)
class Books:
    """Where capital stands today, and the record."""

    status: CapitalStatus
    record: CapitalRecord

    @property
    def currency(self) -> str:
        """Of the deal."""
        return self.status.deal.currency

    def call(self, name: str) -> CallState:
        """A call on record; 404 for others."""
        for state in self.status.calls:
            if state.call.name == name:
                return state
        raise Http404


def read_books(access: Access) -> Books:
    """The books of today; refuses where there are none, or none that can be read."""
    folder = open_folder(access.initiative.path)
    status = capital(folder.root, as_of=access.on)
    record, _file = capital_record_of(folder, folder.history().latest, needed=True)
    return Books(status, record)


def books_or_404(access: Access) -> Books:
    """The books of today, for pages that are nothing without them."""
    try:
        return read_books(access)
    except Refusal:
        raise Http404 from None
