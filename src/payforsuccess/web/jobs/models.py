"""One piece of long work: who asked for it, how far it is, and what came of it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.fields import PublicId
from payforsuccess.web.initiatives.models import Initiative

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
OPEN = (WAITING, RUNNING)
STATES = (
    (WAITING, _("Waiting")),
    (RUNNING, _("Running")),
    (DONE, _("Done")),
    (FAILED, _("Stopped by a problem")),
    (CANCELLED, _("Cancelled")),
)
KINDS = (
    ("load", _("Load the feeds")),
    ("link", _("Match people")),
    ("measure", _("Measure the outcomes")),
    ("evaluate", _("Estimate the effects")),
    ("report", _("Write the evaluator’s report")),
    ("checks", _("Look for signs of gaming")),
    ("pack", _("Make the investors’ pack")),
    ("standing", _("Work out standing and forecast")),
    ("audit-pack", _("Make the auditor’s pack")),
    ("log-check", _("Check the chain of the log")),
)


class Jobs(models.QuerySet["Job"]):
    """Jobs, with the sign of life that the log keeps nothing of."""

    def beat(self, at: datetime) -> bool:
        """Say that the work goes on; False where it is no longer this try's to do."""
        return bool(super().update(heartbeat_at=at))


class Job(models.Model):
    """Work on the folder of one initiative.

    claimed_as: a random word of the try that holds it; a try that finds another there has lost it.
    heartbeat_at: when the try last said that it lives. result: counts and names, never of a person.
    problems: what stopped it and what to do, in sentences.
    """

    public_id = PublicId()
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=20, choices=KINDS)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=STATES, default=WAITING)
    progress = models.CharField(max_length=300, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    claimed_as = models.CharField(max_length=32, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)

    objects = Jobs.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = (models.Index(fields=("state", "asked_at")),)
        constraints = (
            models.UniqueConstraint(
                fields=("initiative",),
                condition=models.Q(state=RUNNING),
                name="one_job_at_a_time_in_a_folder",
            ),
            models.UniqueConstraint(
                fields=("initiative", "kind"),
                condition=models.Q(state=WAITING),
                name="no_job_waits_twice",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN
