"""A referral with its states, and the thread between the office that refers and the provider."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from payforsuccess.governance.referral import STATES, in_words
from payforsuccess.web.accounts.models import Organisation
from payforsuccess.web.fields import LockedText, PublicId
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.people.models import Enrolment, Participant

SOURCES = (
    ("jail", _("Jail")),
    ("court", _("Court")),
    ("community", _("Community")),
)
RELEASES = (
    ("met", _("Someone of the programme met the person")),
    ("early", _("Earlier than expected")),
    ("at-night", _("At night")),
    ("unmet", _("Before anyone met them")),
)
"""How a release came about, as `governance.referral` names the ways."""


class Referral(models.Model):
    """One person referred once. Its state changes by `actions` alone; each change is a row.

    facts: what the eligibility rule and the strata read, as text, no identifier among them.
    failed: the clauses of the deal that stand against the person, or that cannot be told. earlier:
    the referral of the same person to which this one was joined. told_today: what the lottery told
    the office to do on the same day; the arm itself is in the lottery's sealed list alone.
    heard_on: the day of the hearing of which hearing_came_to tells, where it is known.
    paper_on: the day of the paper on which the referral was first written. name_written and
    born_written: as the office wrote them, and all that it reads of who the person is: a number
    typed by chance shows nobody's name. name_mark and family_mark: by which the office finds it, of
    the same words.
    """

    public_id = PublicId()
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="referrals")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="referrals")
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals")
    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    name_written = LockedText(blank=True)
    born_written = LockedText(blank=True)
    name_mark = models.CharField(max_length=64, db_index=True, editable=False, default="")
    family_mark = models.CharField(max_length=64, db_index=True, editable=False, default="")
    source = models.CharField(_("source"), max_length=12, choices=SOURCES)
    made_at = models.DateTimeField(db_index=True)
    release_expected_on = models.DateField(_("expected release"), null=True, blank=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    release_way = models.CharField(
        _("how the release came about"), max_length=12, choices=RELEASES, blank=True
    )
    hearing_on = models.DateField(_("next hearing"), null=True, blank=True)
    heard_on = models.DateField(null=True, blank=True)
    hearing_came_to = models.CharField(_("outcome of the hearing"), max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    failed = models.JSONField(default=list)
    state = models.CharField(
        max_length=20, choices=[(s, in_words(s)) for s in STATES], default="made", db_index=True
    )
    state_at = models.DateTimeField()
    earlier = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined"
    )
    paper_on = models.DateField(_("day of the paper referral"), null=True, blank=True)
    told_today = models.TextField(blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decline_reason = models.CharField(max_length=40, blank=True)
    excluded_until = models.DateField(null=True, blank=True)
    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="referral"
    )

    class Meta:
        ordering = ("-made_at",)
        indexes = (models.Index(fields=("initiative", "state")),)

    def __str__(self) -> str:
        return self.public_id


class Change(models.Model):
    """One change of state, for the days between states and the thread's dates."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="changes")
    state = models.CharField(max_length=20, choices=[(s, in_words(s)) for s in STATES])
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("at", "pk")


class Message(models.Model):
    """A message on a referral, from one office to the other; both see it."""

    public_id = PublicId()
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = LockedText(_("message"))

    class Meta:
        ordering = ("at", "pk")


class Apart(models.Model):
    """Two rows that someone looked at and judged to be two people: they are not asked of again."""

    one = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="two_people_are_told_apart_once"),
        )
