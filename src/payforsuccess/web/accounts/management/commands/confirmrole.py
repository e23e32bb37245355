"""`python -m payforsuccess.web confirmrole ...`: a role confirmed where no Counsel can any more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from payforsuccess.web.accounts.actions import confirm_by_office
from payforsuccess.web.accounts.models import Membership
from payforsuccess.web.audit.actions import SYSTEM


class Command(BaseCommand):
    """Confirms a role that waits, such as of a new Counsel after the only one left.

    The log says that it was done here; who did it is known to the server alone.
    """

    help = "Confirm a role that waits for Counsel, where the initiative has none any more."

    def add_arguments(self, parser: CommandParser) -> None:
        """The initiative, whose role, and which."""
        parser.add_argument("slug", help="the initiative in addresses")
        parser.add_argument("username", help="whose role it is")
        parser.add_argument("role", help="the role, such as counsel")

    def handle(self, *args: Any, slug: str, username: str, role: str, **said: Any) -> None:
        """Refuses where no such role waits, and where a Counsel is there to confirm it."""
        here = Membership.objects.filter(initiative__slug=slug).exclude(
            until_on__lt=timezone.localdate()
        )
        member = here.filter(user__username__iexact=username, role=role, confirmed_at=None).first()
        if member is None:
            raise CommandError("No such role waits to be confirmed.")
        if here.filter(role="counsel", confirmed_at__isnull=False, user__is_active=True).exists():
            raise CommandError("The initiative has a Counsel, who confirms it in the browser.")
        confirm_by_office(by=SYSTEM, member=member)
        self.stdout.write(f"{member.user.full_name} has the role {role} from now on.")
