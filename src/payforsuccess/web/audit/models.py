"""One entry of the log, kept without ties to other rows; and the packs that auditors ask for."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from payforsuccess.web.fields import LockedText, PublicId


class Event(models.Model):
    """Who did or opened what, when, in which role, and what was there before and after.

    Nothing in it names a participant: `subject` is a public id. `seal` is the checksum of the
    entry with the seal of the entry before, so that none can be changed, taken out or put in
    between without every later seal being wrong. Triggers in the database refuse any change.
    `salt` is random, so that the seal tells nobody a value that is hidden from them; entries that
    were written before there was one have none.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40, db_index=True, help_text="The account; empty: the system.")
    by_name = models.CharField(max_length=150)
    role = models.CharField(max_length=40, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    initiative = models.CharField(max_length=60, blank=True, db_index=True)
    verb = models.CharField(max_length=60, db_index=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=120, blank=True, db_index=True)
    basis = models.CharField(max_length=200, blank=True, help_text="The legal basis of a look.")
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    salt = models.CharField(max_length=32, null=True, editable=False)
    seal_before = models.CharField(max_length=71, blank=True)
    seal = models.CharField(max_length=71, unique=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject_kind} {self.subject}".strip()

    def sealed_content(self) -> dict[str, object]:
        """What the seal stands for."""
        salted = {} if self.salt is None else {"salt": self.salt}
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "by": self.by,
            "by_name": self.by_name,
            "role": self.role,
            "organisation": self.organisation,
            "initiative": self.initiative,
            "verb": self.verb,
            "subject_kind": self.subject_kind,
            "subject": self.subject,
            "basis": self.basis,
            "before": self.before,
            "after": self.after,
            "seal_before": self.seal_before,
            **salted,
        }


WAITING, MADE, REFUSED = "waiting", "made", "refused"


class AuditPack(models.Model):
    """An auditor's pack that someone asked for: of which statement, and how its sample is drawn.

    seed: the auditor's own, locked like a name until the pack holds it. certificate: whose holder
    alone can open the pack; empty for made-up people. problems: why it could not be made.
    """

    public_id = PublicId()
    initiative = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.PROTECT, related_name="audit_packs"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    statement = models.PositiveIntegerField()
    seed = LockedText()
    sample = models.PositiveIntegerField()
    certificate = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=WAITING)
    made_at = models.DateTimeField(null=True, blank=True)
    drawn = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    checksum = models.CharField(max_length=71, blank=True)
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return f"audit pack {self.public_id}"

    @property
    def file_name(self) -> str:
        """The name of its file, in the deal's folder and to download."""
        locked = ".p7m" if self.certificate else ""
        return f"audit-pack-{self.statement:04d}-{self.public_id}.zip{locked}"
