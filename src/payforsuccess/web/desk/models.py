"""What the desk remembers: extracts that came, pairs someone was unsure of, decisions closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.fields import PublicId
from payforsuccess.web.initiatives.models import Initiative


class Delivery(models.Model):
    """A file of a feed that was put where the deal reads it. Its name here is the deal's own."""

    public_id = PublicId()
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    feed = models.CharField(max_length=100)
    files = models.CharField(max_length=400, help_text="The layout's names, with commas between.")
    came_by = models.CharField(
        max_length=10, choices=(("upload", _("Upload")), ("drop", _("Drop folder")))
    )
    size = models.PositiveBigIntegerField()
    checksum = models.CharField(max_length=71)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")


class Unsure(models.Model):
    """A pair on which someone could not decide: it waits for others, and comes to them last."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=32)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("initiative", "code", "by"), name="unsure_once_a_pair"),
        )


class Closing(models.Model):
    """The decisions on one match are closed: nobody decides any more, and the money is told."""

    public_id = PublicId()
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    links = models.CharField(max_length=71)
    waiting = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("initiative", "links"), name="closed_once_a_match"),
        )
