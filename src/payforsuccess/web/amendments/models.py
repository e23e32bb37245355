"""What lies here until an amendment is in force: its text, and what each party answered.

Once in force it is a version of the deal, in the deal's folder, with its consents.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.fields import PublicId
from payforsuccess.web.initiatives.models import Initiative


class Proposal(models.Model):
    """An amended deal file that someone proposed. Its text never changes.

    base: the checksum of the version that it amends. in_force_at: when it became a version of the
    deal, which may begin later.
    """

    public_id = PublicId()
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    says = models.TextField(_("what changes"))
    text = models.TextField()
    checksum = models.CharField(max_length=71)
    base = models.CharField(max_length=71)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.public_id


class Answer(models.Model):
    """What one person said for a party in one capacity; the last of each counts."""

    SAID = (
        ("consented", _("Consents")),
        ("refused", _("Refuses")),
        ("not-needed", _("Says that its consent is not needed")),
    )

    public_id = PublicId()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="answers")
    of = models.CharField(max_length=10)
    party = models.CharField(max_length=200)
    said = models.CharField(max_length=10, choices=SAID)
    reason = models.TextField(_("why"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.public_id
