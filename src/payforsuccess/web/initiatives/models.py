"""An initiative: its name here, and the folder that holds its deal."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from payforsuccess.deal import parties
from payforsuccess.deal.deal import Deal
from payforsuccess.web.fields import PublicId
from payforsuccess.web.initiatives.deals import deal_in_force


class Initiative(models.Model):
    """One initiative. The deal is never copied here: it is read from its folder."""

    public_id = PublicId()
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    folder = models.CharField(
        max_length=120, unique=True, help_text="Name of the folder under PFS_HOME/deals."
    )
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the deal lies."""
        return Path(settings.DEALS) / self.folder

    @property
    def deal(self) -> Deal:
        """The deal in force today, read once for each change of its files."""
        return deal_in_force(self.path)

    def roles_of(self, names: Set[str]) -> tuple[parties.Role, ...]:
        """What parties of these names are in the deal."""
        if not names:
            return ()
        return tuple(
            dict.fromkeys(
                role for party in self.deal.parties if party.name in names for role in party.roles
            )
        )
