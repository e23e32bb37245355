"""Deals as pages need them: read once for each change of their files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from payforsuccess.deal.deal import Deal
from payforsuccess.payments.history import DealHistory
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.in_office import version_on


def deal_in_force(path: Path) -> Deal:
    """The version of the deal in force today; refuses as `pfs check` would."""
    return version_on(history_of(path), timezone.localdate())


def history_of(path: Path) -> DealHistory:
    """Every version of the deal in a folder."""
    folder = open_folder(path)
    files = (folder.deal_file, *folder.amendment_files)
    stamps = tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    return _read(path, stamps)


@lru_cache(maxsize=64)
def _read(path: Path, stamps: tuple[tuple[str, int, int], ...]) -> DealHistory:
    return open_folder(path).history()
