"""`python -m payforsuccess.web restore FROM`: bring a copy back, and prove that it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from payforsuccess.errors import Refusal
from payforsuccess.web.audit.copies import bring_back
from payforsuccess.web.audit.relocking import unreadable
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.jobs.own_feeds import write_own_feeds


class Command(BaseCommand):
    """Restores into an empty home and an empty database; put the keys back before."""

    help = "Bring a copy back into an empty PFS_HOME and an empty database."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Which copy."""
        parser.add_argument("source", type=Path, metavar="FROM", help="the file of the copy")

    def handle(self, *args: Any, source: Path, **options: Any) -> None:
        """Restore, check the log, and open every locked field."""
        try:
            copied = bring_back(source)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        if closed := unreadable():
            raise CommandError(
                f"{closed} locked fields open with none of the keys in fields.key: put back the "
                "keys that were kept, and run this again from the start."
            )
        for initiative in Initiative.objects.order_by("pk"):
            try:
                write_own_feeds(initiative)
            except Refusal as refusal:  # the deal must be mended first; the next job writes them
                self.stderr.write(f"{initiative.slug}: its own feeds are not written. {refusal}")
        self.stdout.write(
            f"Brought back {copied.files} files. The log is whole: {copied.chain.length} entries, "
            f"head {copied.chain.head}.\nEvery locked field opens with the keys that were kept."
            "\nExtracts about people are in no copy: the next load needs the agencies' again."
        )
