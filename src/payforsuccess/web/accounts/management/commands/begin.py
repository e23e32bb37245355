"""`python -m payforsuccess.web begin ...`: the first initiative and the first account."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from payforsuccess.web.accounts.actions import add_member, add_organisation, add_user
from payforsuccess.web.accounts.models import Organisation
from payforsuccess.web.accounts.passwords import new_password
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.initiatives.actions import open_initiative


class Command(BaseCommand):
    """Opens an initiative, with a data steward who makes every other account in the browser."""

    help = "Open an initiative whose deal lies under PFS_HOME/deals, with its data steward."

    def add_arguments(self, parser: CommandParser) -> None:
        """The initiative, and who manages its accounts."""
        parser.add_argument("slug", help="the initiative in addresses, such as homes-from-jail")
        parser.add_argument("--name", required=True, help="the initiative's name")
        parser.add_argument("--folder", help="the deal's folder under deals; the slug if left out")
        parser.add_argument("--username", required=True, help="the data steward signs in with it")
        parser.add_argument("--full-name", required=True, help="the data steward's name")
        parser.add_argument("--organisation", required=True, help="who employs the data steward")

    def handle(self, *args: Any, slug: str, **said: Any) -> None:
        """All of it, or nothing."""
        password = new_password()
        with transaction.atomic():
            initiative = open_initiative(
                by=SYSTEM, slug=slug, name=said["name"], folder=said["folder"] or slug
            )
            name = said["organisation"]
            employer = Organisation.objects.filter(name=name).first()
            user = add_user(
                by=SYSTEM,
                username=said["username"],
                full_name=said["full_name"],
                password=password,
                is_temporary=True,
            )
            add_member(
                by=SYSTEM,
                user=user,
                organisation=employer or add_organisation(by=SYSTEM, name=name),
                initiative=initiative,
                role="data-steward",
                from_on=timezone.localdate(),
            )
        self.stdout.write(
            f"{initiative.name} is open. {user.full_name} signs in as {user.username} with the "
            f"password {password}, and chooses a new one then."
        )
