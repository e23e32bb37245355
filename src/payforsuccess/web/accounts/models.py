"""People who sign in, the organisations they work for, and their roles."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.fields import LockedText, PublicId
from payforsuccess.web.initiatives.models import Initiative


class User(AbstractUser):
    """Someone who signs in. Whoever leaves is made inactive, never deleted: the log names them."""

    public_id = PublicId()
    full_name = models.CharField(_("full name"), max_length=150)
    is_password_temporary = models.BooleanField(default=False)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    REQUIRED_FIELDS = ["full_name"]  # noqa: RUF012 (as its base has it)

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The name under which the person signs."""
        return self.full_name

    def get_short_name(self) -> str:
        """The same: nobody is addressed by half a name."""
        return self.full_name


class Organisation(models.Model):
    """An organisation that people work for; `party` is its name in the deal, where it has one."""

    public_id = PublicId()
    name = models.CharField(_("name"), max_length=200, unique=True)
    party = models.CharField(_("party of the deal"), max_length=200, blank=True)
    is_law_enforcement = models.BooleanField(_("custody, court or police"), default=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """The role in which someone works for an organisation in an initiative, from day to day.

    A role that ended is kept with its last day: what was done under it stays explained. One without
    `confirmed_at` waits for Counsel, and allows nothing until then. given_by: who gave it in the
    browser; confirmed_by: which Counsel confirmed it, where the rule asks for one.
    """

    public_id = PublicId()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=[(name, r.title) for name, r in ROLES.items()])
    site = models.CharField(max_length=80, blank=True)
    is_supervisor = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation", "initiative", "role", "from_on"),
                name="one_membership_a_role_and_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.role}"


class Opening(models.Model):
    """A record that someone opened outside their own caseload, for an hour, in an emergency.

    participant: the public id of the person, without a tie: this outlives the record.
    """

    public_id = PublicId()
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    participant = models.CharField(max_length=12, db_index=True)
    reason = LockedText(_("what the emergency is"))
    opened_at = models.DateTimeField()
    looked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    was_right = models.BooleanField(null=True)

    class Meta:
        ordering = ("-opened_at",)

    def __str__(self) -> str:
        return self.public_id


class Disclosure(models.Model):
    """Records that law enforcement asked for: what, about whom, on which basis, and who decided."""

    STATES = (
        ("asked", _("Waits for Counsel")),
        ("approved", _("Approved, not made yet")),
        ("refused", _("Refused")),
        ("made", _("Made")),
    )

    public_id = PublicId()
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agency = models.CharField(_("which agency asks"), max_length=200)
    participant = models.CharField(_("code of the person"), max_length=12)
    what = LockedText(_("which records"))
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    state = models.CharField(max_length=10, choices=STATES, default="asked")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = LockedText(_("why"), blank=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return self.public_id
