"""`python -m payforsuccess.web backup TO`: a copy of everything but the keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from payforsuccess.errors import Refusal
from payforsuccess.web.audit.copies import back_up


class Command(BaseCommand):
    """Copies while people go on working."""

    help = "Write a copy of the database and the deals; the keys are not in it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("to", type=Path, help="a new file, such as 2027-05-01.tar.gz")

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        """Copy, and say what is in it."""
        try:
            copied = back_up(to)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"Copied {copied.files} files; the log has {copied.chain.length} entries, "
            f"head {copied.chain.head}.\nThe keys are not in it: their keepers have them. Nor are "
            "extracts with rows about people."
        )
