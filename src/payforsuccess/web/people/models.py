"""Participants, and what services know of them. What names or places someone is locked at rest.

Contact details and notes lie in tables of their own: a query for custody, court or study never
joins them. Notes never leave this database.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.fields import LockedText, PublicId, blind_index
from payforsuccess.web.initiatives.models import Initiative


def new_key() -> str:
    """A random study key, derived from nothing."""
    return secrets.token_hex(8)


class Participant(models.Model):
    """One person of an initiative, from the first referral on.

    key: the pseudonymous key under which the person goes into feeds and the lottery. alias_of: the
    row of the same person that was here first; draws and enrolments stand there.
    """

    public_id = PublicId()
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=16, default=new_key, unique=True, editable=False)
    given_name = LockedText(_("given name"))
    middle_name = LockedText(_("middle name"), blank=True)
    family_name = LockedText(_("family name"))
    born = LockedText(_("date of birth"), help_text="As YYYY-MM-DD.")
    ssn = LockedText(_("Social Security number"), blank=True)
    sex = models.CharField(_("sex"), max_length=20, blank=True)
    race = models.CharField(_("race"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    name_mark = models.CharField(max_length=64, db_index=True, editable=False)
    family_mark = models.CharField(max_length=64, db_index=True, editable=False)
    ssn_mark = models.CharField(max_length=64, db_index=True, blank=True, editable=False)
    alias_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="aliases"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.public_id

    @property
    def full_name(self) -> str:
        """Given and family name, for pages of those who may see it."""
        return f"{self.given_name} {self.family_name}"

    @property
    def born_on(self) -> date:
        """The date of birth."""
        return date.fromisoformat(self.born)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the marks by which the same person is found again."""
        self.name_mark = blind_index(self.family_name, self.given_name, self.born)
        self.family_mark = blind_index(self.family_name)
        self.ssn_mark = blind_index(self.ssn) if self.ssn else ""
        super().save(*args, **kwargs)


class ContactDetails(models.Model):
    """Where someone lives and how to reach them: behind the wall."""

    participant = models.OneToOneField(
        Participant, on_delete=models.PROTECT, related_name="contact_details"
    )
    telephone = LockedText(_("telephone"), blank=True)
    address = LockedText(_("address"), blank=True)
    unit = LockedText(_("unit"), blank=True)


class Consent(models.Model):
    """What someone agreed to or refused: purpose, recipient, form, language, days.

    A refusal is a record too, and changes nothing about services.
    """

    public_id = PublicId()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=200)
    recipient = models.CharField(_("recipient"), max_length=200)
    regime = models.CharField(_("legal regime"), max_length=200)
    form_version = models.CharField(_("form and version"), max_length=60)
    language = models.CharField(_("language of the form"), max_length=20)
    is_given = models.BooleanField(_("agreed"))
    said_on = models.DateField(_("day"))
    expires_on = models.DateField(_("until"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        ordering = ("-said_on", "-pk")

    def holds(self, on: date) -> bool:
        """Whether it stands on a day."""
        is_over = (self.expires_on and self.expires_on < on) or (
            self.withdrawn_on and self.withdrawn_on <= on
        )
        return self.is_given and self.said_on <= on and not is_over


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
