"""Making the investors' pack, and taking it out: both stand in the log."""

from __future__ import annotations

from datetime import date

from payforsuccess.runs.folder import open_folder
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Subject, record
from payforsuccess.web.investor.packs import Pack, make_pack


@action
def make(*, by: Access, on: date) -> Pack:
    """The pack of the quarter; refuses what `pfs capital --pack` refuses."""
    by.require("see-investor-pack")
    pack = make_pack(open_folder(by.initiative.path), on=on)
    record(
        by.actor("see-investor-pack"),
        "investor-pack.made",
        Subject("investor-pack", pack.checksum),
        after={"on": on},
    )
    return pack


@action
def take_out(*, by: Access, pack: Pack, form: str) -> bytes:
    """The pack as a file, for whoever signed in minutes ago."""
    by.require("see-investor-pack")
    content = pack.read(form)
    record(
        by.actor("see-investor-pack"),
        "investor-pack.downloaded",
        Subject("investor-pack", pack.checksum),
        after={"form": form, "on": pack.on},
    )
    return content
