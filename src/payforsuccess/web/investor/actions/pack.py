"""The quarter's pack: made, and taken out of here."""

from __future__ import annotations

from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Actor, Subject, record
from payforsuccess.web.investor.packs import Pack


@action
def made(*, by: Actor, pack: Pack) -> None:
    """The pack of the quarter lies ready."""
    record(
        by,
        "investor-pack.made",
        Subject("investor-pack", pack.checksum),
        after={"on": pack.on},
    )


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
