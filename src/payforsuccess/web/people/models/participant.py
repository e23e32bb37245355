"""Who a participant is, how to reach them, and what they agreed to."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

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
    def first(self) -> Participant:
        """The row of the person that was here first."""
        return self.alias_of or self

    def rows(self) -> models.QuerySet[Participant]:
        """Every row of the person."""
        first = self.first.pk
        return Participant.objects.filter(models.Q(pk=first) | models.Q(alias_of=first))

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
