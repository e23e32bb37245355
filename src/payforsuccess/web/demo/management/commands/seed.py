"""`python -m payforsuccess.web seed`: make the made-up county, unless it is there."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from payforsuccess.web.demo.cast import PASSWORD
from payforsuccess.web.demo.seed import NAME, SLUG, seed
from payforsuccess.web.initiatives.models import Initiative


class Command(BaseCommand):
    """Makes all of it or nothing; a second call finds it and changes nothing."""

    help = "Make a made-up county that is under way today. All people and prices are invented."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many people were referred."""
        parser.add_argument("--people", type=int, default=140, help="people referred so far")

    def handle(self, *args: Any, people: int, **options: Any) -> None:
        """Make it, telling how far it is."""
        if Initiative.objects.filter(slug=SLUG).exists():
            self.stdout.write(f"{NAME} is there already.")
            return
        with transaction.atomic():
            seed(people=people, say=self.stdout.write)
        self.stdout.write(f"Made {NAME}. Every account has the password: {PASSWORD}")
