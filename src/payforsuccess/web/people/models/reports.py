"""Reports: that a holder's record is wrong, and that someone came to harm."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.fields import LockedText, PublicId
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.people.models.services import Enrolment


class WrongRecord(models.Model):
    """A holder's record that is wrong, followed to its correction."""

    public_id = PublicId()
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="wrong_records")
    feed = models.CharField(_("which record"), max_length=80)
    what = LockedText(_("what it says"))
    should_be = LockedText(_("what is right"))
    found_on = models.DateField()
    told_on = models.DateField(_("holder told on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    came_to = models.CharField(
        _("what came of it"),
        max_length=20,
        blank=True,
        choices=(
            ("corrected", _("The holder corrected it")),
            ("was-right", _("The record was right after all")),
            ("refused", _("The holder will not correct it")),
        ),
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-found_on", "-pk")


class HarmReport(models.Model):
    """A complaint, an incident or a safety report, without the name of anyone it happened to.

    site: the site at which a stop holds; everywhere when left out.
    """

    public_id = PublicId()
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="harms")
    number = models.CharField(max_length=12)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=(
            ("complaint", _("Complaint")),
            ("incident", _("Incident")),
            ("safety", _("Safety report")),
        ),
    )
    reported_on = models.DateField(_("reported on"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    says = LockedText(_("what happened"))
    site = models.CharField(_("site"), max_length=80, blank=True)
    stops_service = models.BooleanField(_("new placements stop until it is settled"), default=False)
    payor_told_on = models.DateField(null=True, blank=True)
    group_told_on = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled = LockedText(_("how it was settled"), blank=True)

    class Meta:
        ordering = ("-reported_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("initiative", "number"), name="one_harm_a_number"),
        )
