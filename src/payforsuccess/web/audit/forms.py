"""Searching the log, and saying what an export is for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.accounts.access import Access
from payforsuccess.web.audit.queries import Asked, members_of, verbs_in
from payforsuccess.web.audit.words import told

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
"""No log has entries before or after; the calendar ends soon after the year 9999."""


def _day(label: Any) -> forms.DateField:
    outside = _("Write a day between the years 2000 and 2999.")
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MinValueValidator(FIRST_DAY, outside), MaxValueValidator(LAST_DAY, outside)],
    )


class SearchForm(forms.Form):
    """By account, by what was done, by what it was done to, by days."""

    by = forms.ChoiceField(label=_("Who"), required=False)
    verb = forms.ChoiceField(label=_("What"), required=False)
    subject = forms.CharField(
        label=_("Code of what it was done to"), required=False, max_length=120
    )
    since = _day(_("From"))
    until = _day(_("To"))

    def __init__(self, access: Access, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = [(user.public_id, user.full_name) for user in members_of(access)]
        verbs = sorted(((verb, told(verb)) for verb in verbs_in(access)), key=lambda v: str(v[1]))
        self.fields["by"].choices = [("", _("Anyone")), *people]  # type: ignore[attr-defined]
        self.fields["verb"].choices = [("", _("Anything")), *verbs]  # type: ignore[attr-defined]

    @property
    def asked(self) -> Asked:
        """What was asked for; a field that cannot be read narrows nothing, and says so."""
        found = self.cleaned_data if self.is_bound and self.is_valid() else {}
        found = found or getattr(self, "cleaned_data", {})
        return Asked(
            by=found.get("by", ""),
            verb=found.get("verb", ""),
            subject=found.get("subject", "").strip(),
            since=found.get("since"),
            until=found.get("until"),
        )


class OpenedForm(forms.Form):
    """Whose account, and which days."""

    by = forms.ChoiceField(label=_("Whose account"))
    since = _day(_("From"))
    until = _day(_("To"))

    def __init__(self, access: Access, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {user.public_id: user for user in members_of(access)}
        named = [(public_id, user.full_name) for public_id, user in self.people.items()]
        self.fields["by"].choices = [("", _("Choose someone")), *named]  # type: ignore[attr-defined]


class ExportForm(forms.Form):
    """What leaves, in which form, and what for."""

    form = forms.ChoiceField(
        label=_("Form"),
        choices=[("csv", _("CSV, for a spreadsheet")), ("json", _("JSON, for a program"))],
        widget=forms.RadioSelect,
        initial="csv",
    )
    since = _day(_("From"))
    until = _day(_("To"))
    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=200,
        help_text=_("Such as: the annual audit of 2027. It is kept in the log."),
    )
