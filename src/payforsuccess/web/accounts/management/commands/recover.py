"""`python -m payforsuccess.web recover USERNAME`: a way back in, given on the server."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from payforsuccess.web.accounts.actions import recover_account
from payforsuccess.web.accounts.models import User
from payforsuccess.web.audit.actions import SYSTEM


class Command(BaseCommand):
    """A new first password without a second step, for the only one who manages accounts.

    The log says that it was done here; who did it is known to the server alone.
    """

    help = "Give an account a new first password and take its second step of signing in away."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose account."""
        parser.add_argument("username", help="the name to sign in with")

    def handle(self, *args: Any, username: str, **said: Any) -> None:
        """Refuses an account that is not there or is shut."""
        user = User.objects.filter(username__iexact=username, is_active=True).first()
        if user is None:
            raise CommandError("There is no open account of this name.")
        password = recover_account(by=SYSTEM, user=user)
        self.stdout.write(
            f"{user.full_name} signs in as {user.username} with the password {password}, and "
            "chooses a new one and a new second step then."
        )
