"""`pfs link` as a whole: the feeds read, their people matched, and what is said of it."""

from __future__ import annotations

from datetime import date

from payforsuccess.runs.data.ingest import Tell, after_the_data, ingest_feeds, keep_quiet
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.link.link import link_people, planned
from payforsuccess.runs.link.report import LinkReport, link_report
from payforsuccess.store import open_store, open_vault, vault_folder


def link(path: DealPath, *, as_of: date | None = None, tell: Tell = keep_quiet) -> LinkReport:
    """Read the feeds of a deal under their agreements and match their people as its plan says.

    `as_of` is the day on which agreements must hold: the day after the data end unless given.
    Refuses before anything is read what may not be matched.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    planned(deal)
    on = as_of if as_of is not None else after_the_data(deal)
    snapshots = folder.out / "snapshots"
    ingested = ingest_feeds(deal, folder.root, snapshots=snapshots, as_of=on, tell=tell)
    with open_store(vault=open_vault(vault_folder(folder.root))) as store:
        linked = link_people(
            deal, ingested.snapshot, store=store, folder=folder.out / "links", tell=tell
        )
    return link_report(linked, ingested.snapshot.fingerprint, ingested.findings)
