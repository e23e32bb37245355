"""`python -m payforsuccess.web rotatekeys`: a new key for locked fields."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from payforsuccess.errors import Refusal
from payforsuccess.web.audit.relocking import drop_old_keys, rotate


class Command(BaseCommand):
    """Run it while the server is stopped: a running one does not know the new key."""

    help = "Lock every field under a new key; with --drop-old, forget the older keys."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether the older keys go."""
        parser.add_argument("--drop-old", action="store_true", help="forget the older keys")

    def handle(self, *args: Any, drop_old: bool, **options: Any) -> None:
        """Rotate, or forget."""
        try:
            if drop_old:
                count = drop_old_keys()
                self.stdout.write(
                    f"All {count} locked fields open with the newest key; the older keys are gone "
                    "from fields.key. Copies made before still need them."
                )
                return
            count = rotate()
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"Locked {count} fields under a new key. Give a copy of fields.key to its keeper now, "
            "start the server, and run this again with --drop-old when all is well."
        )
