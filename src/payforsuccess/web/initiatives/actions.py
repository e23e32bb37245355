"""Opening an initiative here, and working out what its overview shows."""

from __future__ import annotations

from datetime import date

from payforsuccess.runs.folder import open_folder
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Actor, Subject, record
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.initiatives.worked_out import WorkedOut, work_out


@action
def open_initiative(
    *, by: Actor, slug: str, name: str, folder: str, is_synthetic: bool = False
) -> Initiative:
    """An initiative whose deal lies in a folder under PFS_HOME/deals; refuses a faulty deal."""
    initiative = Initiative(slug=slug, name=name, folder=folder, is_synthetic=is_synthetic)
    initiative.full_clean()
    deal = initiative.deal
    initiative.save()
    record(by, "initiative.opened", initiative, after={"deal": deal.fingerprint})
    return initiative


@action
def work_out_again(*, by: Access, on: date) -> WorkedOut:
    """Performance, forecast and odds anew from what is on record; it takes seconds.

    A part that cannot be worked out is kept with the reason.
    """
    by.require("keep-initiative")
    found = work_out(open_folder(by.initiative.path), on=on)
    record(
        by.actor("keep-initiative"),
        "initiative.worked-out",
        Subject("worked-out", found.checksum),
        after={"on": on, "not_worked_out": ", ".join(found.why_not)},
    )
    return found
