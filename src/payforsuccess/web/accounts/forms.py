"""Forms of accounts: someone new, a further role, an organisation, an emergency, a disclosure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.accounts.models import Organisation, User
from payforsuccess.web.accounts.queries import organisations_in
from payforsuccess.web.ui.told import told_later

GIVEN = [(name, told_later(role.title)) for name, role in ROLES.items() if name != "public"]


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


class RoleForm(forms.Form):
    """A role for someone, from a day on."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *GIVEN])
    organisation = forms.ChoiceField(label=_("Organisation"))
    site = forms.CharField(
        label=_("Site"), required=False, max_length=80, help_text=_("For case managers.")
    )
    is_supervisor = forms.BooleanField(label=_("Supervises the case managers"), required=False)
    from_on = _day(_("First day"))

    def __init__(self, access: Access, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = organisations_in(access).values_list("public_id", "name")
        choices = [("", _("Choose an organisation")), *known]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        self.fields["from_on"].initial = access.on

    @property
    def employer(self) -> Organisation:
        """The one that was chosen."""
        return Organisation.objects.get(public_id=self.cleaned_data["organisation"])


class MemberForm(RoleForm):
    """Someone new, with their first role."""

    full_name = forms.CharField(label=_("Full name"), max_length=150)
    username = forms.CharField(
        label=_("Name to sign in with"),
        max_length=150,
        help_text=_(
            "Such as first name and family name with a dot. It cannot be changed, and nobody else "
            "on the whole site has the same."
        ),
        validators=User._meta.get_field("username").validators,
    )
    way = forms.ChoiceField(
        label=_("How they sign in"),
        widget=forms.RadioSelect,
        initial="password",
        choices=[
            ("password", _("With a password of this site; a first one is shown to you once")),
            ("provider", _("With the account of their organisation alone")),
        ],
    )
    field_order = ("full_name", "username", "way", "role", "organisation", "site")

    def clean_username(self) -> str:
        """Refuse a name that is taken: a role for someone known is given on their own page."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(
                _("This name is taken. Choose another, or give the person who has it a role.")
            )
        return username


class OrganisationForm(forms.Form):
    """An organisation that people work for."""

    name = forms.CharField(label=_("Name"), max_length=200)
    party = forms.ChoiceField(label=_("Party of the deal"), required=False)
    is_law_enforcement = forms.BooleanField(
        label=_("It is of custody, court or police"), required=False
    )

    def __init__(self, access: Access, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = organisations_in(access)
        names = [(party.name, party.name) for party in access.initiative.deal.parties]
        choices = [("", _("None: it is no party")), *names]
        self.fields["party"].choices = choices  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Refuse a name that is in the initiative already."""
        name: str = self.cleaned_data["name"]
        if self.known.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is an organisation of this name already."))
        return name

    @property
    def known_elsewhere(self) -> Organisation | None:
        """The organisation of this name for which people of another initiative work."""
        return Organisation.objects.filter(name__iexact=self.cleaned_data["name"]).first()


class LastDayForm(forms.Form):
    """With the end of which day a role ends."""

    until_on = _day(_("Last day"))


class EmergencyForm(forms.Form):
    """Whose record, and what the emergency is."""

    family_name = forms.CharField(label=_("Family name"), max_length=100)
    given_name = forms.CharField(label=_("Given name"), max_length=100)
    born = _day(_("Date of birth"))
    reason = forms.CharField(
        label=_("What the emergency is"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence. Counsel reads it."),
    )

    def clean_reason(self) -> str:
        """A few words at the least: asked before anyone is looked for."""
        reason = str(self.cleaned_data["reason"])
        if len(reason.split()) < 3:
            raise forms.ValidationError(_("Say in a few words what the emergency is."))
        return reason


class LookForm(forms.Form):
    """Counsel's judgement of an opening."""

    was_right = forms.ChoiceField(
        label=_("Was there an emergency?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )


class DisclosureForm(forms.Form):
    """What law enforcement asks for."""

    agency = forms.CharField(label=_("Which agency asks"), max_length=200)
    participant = forms.CharField(
        label=_("Code of the person"),
        max_length=12,
        help_text=_("The code of the record, never a name."),
    )
    what = forms.CharField(
        label=_("Which records, of which days"), widget=forms.Textarea(attrs={"rows": 3})
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=200,
        help_text=_("Such as: order of the Superior Court of 3 May 2027, case 27-1234."),
    )


class DecisionForm(forms.Form):
    """Counsel's decision."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[("approve", _("Approve")), ("refuse", _("Refuse"))],
    )
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))
