"""Enrolments, homes, contacts and their drafts, follow-ups, and stays in jail as a feed tells."""

from __future__ import annotations

import json

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.fields import LockedText, PublicId
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.people.models.participant import Participant

CORRECTABLE = {
    "Enrolment": ("enrolled_on", "exited_on"),
    "Placement": ("leased_on", "moved_in_on", "moved_out_on"),
}
"""The days that may be put right, by the kind of row."""
CORRECTION_REASONS = (
    ("typing", _("It was typed wrongly")),
    ("told-later", _("The right day was told later")),
    ("paper", _("A lease, key receipt or other paper shows another day")),
    ("holder", _("The holder of another record corrected it")),
)


class Enrolment(models.Model):
    """Someone in the programme: at a site, with a case manager, from one day to another."""

    public_id = PublicId()
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="enrolments"
    )
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    case_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="caseload"
    )
    site = models.CharField(_("site"), max_length=80)
    enrolled_on = models.DateField(_("enrolled on"))
    exited_on = models.DateField(_("left on"), null=True, blank=True)
    exit_kind = models.CharField(
        _("how the person left"),
        max_length=20,
        blank=True,
        choices=(
            ("good", _("To a lasting home of their own")),
            ("moved", _("Moved out of the area")),
            ("custody", _("Into custody for long")),
            ("lost", _("Could not be found any more")),
            ("own-wish", _("At their own wish")),
            ("died", _("Died")),
        ),
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("participant",),
                condition=models.Q(exited_on=None),
                name="one_open_enrolment_a_person",
            ),
        )
        indexes = (models.Index(fields=("case_manager", "exited_on")),)

    def __str__(self) -> str:
        return self.public_id


class Placement(models.Model):
    """A home: from moving in to moving out; the last night is the one before moving out."""

    public_id = PublicId()
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="placements")
    leased_on = models.DateField(_("lease signed on"), null=True, blank=True)
    moved_in_on = models.DateField(_("moved in on"))
    moved_out_on = models.DateField(_("moved out on"), null=True, blank=True)
    moved_out_to = models.CharField(_("moved out to"), max_length=40, blank=True)

    class Meta:
        ordering = ("moved_in_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(moved_out_on=None)
                | models.Q(moved_out_on__gte=models.F("moved_in_on")),
                name="nobody_moves_out_before_moving_in",
            ),
            models.UniqueConstraint(
                fields=("enrolment",),
                condition=models.Q(moved_out_on=None),
                name="one_open_home_a_person",
            ),
        )


class Contact(models.Model):
    """A contact, or an attempt that failed; an attempt is no contact."""

    public_id = PublicId()
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField(_("day"))
    kind = models.CharField(
        _("how"),
        max_length=20,
        choices=(
            ("visit", _("Visit")),
            ("office", _("At the office")),
            ("telephone", _("Telephone")),
            ("message", _("Message")),
        ),
    )
    is_reached = models.BooleanField(_("reached the person"))
    note = LockedText(_("note"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "-pk")
        indexes = (models.Index(fields=("enrolment", "is_reached", "on")),)


class Draft(models.Model):
    """A contact half written: it outlives the session, and only its writer opens it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="drafts")
    text = LockedText()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("owner", "enrolment"), name="one_draft_a_person"),
        )

    @property
    def fields(self) -> dict[str, str]:
        """What was written, by the form's fields."""
        found: dict[str, str] = json.loads(self.text)
        return found

    @fields.setter
    def fields(self, values: dict[str, str]) -> None:
        self.text = json.dumps(values)


class FollowUp(models.Model):
    """Something to do for someone: asked, owned, due, and closed with what came of it."""

    public_id = PublicId()
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="follow_ups")
    what = LockedText(_("what is to be done"))
    due_on = models.DateField(_("due on"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="follow_ups"
    )
    closed_on = models.DateField(null=True, blank=True)
    came_of_it = LockedText(blank=True)

    class Meta:
        ordering = ("due_on", "pk")


class Booking(models.Model):
    """A stay in jail as the sheriff's feed told it: never typed here."""

    public_id = PublicId()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="bookings")
    booked_on = models.DateField()
    released_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80, help_text="feed:row")
    told_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("-booked_on",)
        constraints = (
            models.UniqueConstraint(fields=("participant", "source"), name="one_row_a_booking"),
        )
