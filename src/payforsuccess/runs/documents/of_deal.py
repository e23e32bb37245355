"""The version of a deal that a document is about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.runs.folder import open_folder, read_deal


def deal_in_force(path: Path, *, on: date) -> Deal:
    """The version in force on the day, or the first that is to be; a single file by itself.

    Refuses a folder without a deal, with every problem of its files.
    """
    folder = open_folder(path)
    if folder.deal_file.name != "deal.yaml" or not folder.amendment_files:
        return read_deal(path)
    versions = folder.history().versions
    in_force = [version for version in versions if version.in_force_from <= on]
    return in_force[-1] if in_force else versions[0]
