"""The forms of people and services. A day is today unless another is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.accounts.models import User
from payforsuccess.web.people.models import (
    CORRECTION_REASONS,
    Contact,
    Enrolment,
    HarmReport,
    WrongRecord,
)
from payforsuccess.web.people.words import LANGUAGES, MOVED_OUT_TO, Text

Choices = Sequence[tuple[str, Text]]
REACHED: Choices = (("yes", _("Yes, we spoke")), ("no", _("No, an attempt")))
YES_NO: Choices = (("yes", _("Yes")), ("no", _("No")))


def _choices_of(model: Any, name: str) -> list[tuple[str, Text]]:
    return list(model._meta.get_field(name).choices or ())


def day_field(**options: Any) -> forms.DateField:
    """A day, typed or chosen as the browser offers it."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


def _text(rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), max_length=8000, **options)


def _radio(choices: Iterable[tuple[str, Text]], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=list(choices), widget=forms.RadioSelect, **options)


def _choice(choices: Iterable[tuple[str, Text]], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=list(choices), **options)


class SeveralContactsForm(forms.Form):
    """One contact for many people, under the list of Today."""

    on = day_field(label=_("Day"))
    kind = _choice(_choices_of(Contact, "kind"), label=_("How"))
    is_reached = _choice(REACHED, label=_("Reached them?"))


class ContactForm(forms.Form):
    """A contact with one person, with a note that stays in this database."""

    on = day_field(label=_("Day"))
    kind = _radio(_choices_of(Contact, "kind"), label=_("How"))
    is_reached = _radio(REACHED, label=_("Did you reach the person?"))
    note = _text(
        rows=8,
        label=_("Note"),
        required=False,
        help_text=_("Only you and your supervisor read it. It is in no report and no export."),
    )


class FollowUpForm(forms.Form):
    """Something to do, by whom and when."""

    what = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = day_field(label=_("By when"))
    owner = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Who does it"), to_field_name="public_id"
    )

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """What came of a follow-up."""

    came_of_it = _text(label=_("What came of it"), help_text=_("Whoever asked reads this."))


class ConsentForm(forms.Form):
    """What someone agreed to or refused."""

    purpose = _choice((), label=_("What for"))
    recipient = _choice((), label=_("Who receives it"))
    is_given = _radio(
        (("yes", _("Agrees")), ("no", _("Refuses"))),
        label=_("What the person said"),
        help_text=_("Services are the same either way."),
    )
    regime = forms.CharField(label=_("Law or contract"), max_length=200)
    form_version = forms.CharField(label=_("Form and version"), max_length=60)
    language = _choice(LANGUAGES.items(), label=_("Language of the form"))
    said_on = day_field(label=_("Day"))
    expires_on = day_field(label=_("Until"), required=False, help_text=_("If the form has an end."))

    def __init__(self, *args: Any, purposes: Choices, recipients: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]
        self.fields["recipient"].choices = recipients  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object] | None:
        """A form that ends does so after the day on which it was signed."""
        said = super().clean() or {}
        first, last = said.get("said_on"), said.get("expires_on")
        if first and last and last < first:
            self.add_error("expires_on", _("The last day is before the first."))
        return said


class DayForm(forms.Form):
    """A day and nothing else."""

    on = day_field(label=_("Day"))


class ReachForm(forms.Form):
    """How to reach someone."""

    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)


class MoveInForm(forms.Form):
    """A home begins."""

    on = day_field(label=_("Moved in on"))
    leased_on = day_field(label=_("Lease signed on"), required=False)


class MoveOutForm(forms.Form):
    """A home ends."""

    on = day_field(label=_("Moved out on"), help_text=_("The last night is the one before."))
    to = _choice(MOVED_OUT_TO, label=_("Where to"))


class ExitForm(forms.Form):
    """Someone leaves the programme."""

    on = day_field(label=_("Left on"))
    kind = _radio(_choices_of(Enrolment, "exit_kind"), label=_("How"))


class CorrectForm(forms.Form):
    """A day that was recorded wrongly."""

    which = _choice((), label=_("Which day"))
    on = day_field(
        label=_("The right day"), required=False, help_text=_("Empty if it never happened.")
    )
    reason = _radio(CORRECTION_REASONS, label=_("Why"))

    def __init__(self, *args: Any, days: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = [("", _("Choose one")), *days]  # type: ignore[attr-defined]


class WrongRecordForm(forms.Form):
    """What a holder's record has wrong."""

    feed = _choice((), label=_("Which record"))
    what = _text(rows=3, label=_("What it says"))
    should_be = _text(rows=3, label=_("What is right, and how you know"))

    def __init__(self, *args: Any, feeds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["feed"].choices = feeds  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What the holder answered."""

    on = day_field(label=_("Day"))
    came_to = _radio(_choices_of(WrongRecord, "came_to"), label=_("What came of it"))


class JoinForm(forms.Form):
    """Someone who was placed joins the programme."""

    on = day_field(label=_("Enrolled on"))
    site = _choice((), label=_("Site"))
    case_manager = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Case manager"), to_field_name="public_id"
    )

    def __init__(self, *args: Any, sites: Choices, managers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = sites  # type: ignore[attr-defined]
        self.fields["case_manager"].queryset = managers  # type: ignore[attr-defined]


class SiteForm(forms.Form):
    """The site at which someone is from a day on."""

    site = _choice((), label=_("New site"))
    on = day_field(label=_("From"))

    def __init__(self, *args: Any, sites: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = sites  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """To whom a caseload goes."""

    to = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("To whom"), to_field_name="public_id"
    )
    with_follow_ups = forms.BooleanField(
        label=_("Open follow-ups go with the people"), required=False, initial=True
    )

    def __init__(self, *args: Any, managers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = managers  # type: ignore[attr-defined]


class HarmForm(forms.Form):
    """A complaint, an incident or a safety report."""

    kind = _radio(_choices_of(HarmReport, "kind"), label=_("What it is"))
    on = day_field(label=_("Day of this report"))
    says = _text(
        label=_("What happened"),
        help_text=_("No names, and nothing by which someone is known. Emergencies: call 911."),
    )
    site = _choice((), label=_("Site, if it happened at one"), required=False)
    stops_service = _radio(
        YES_NO,
        label=_("Must new placements stop until it is settled?"),
        help_text=_("Say yes if someone could come to harm again."),
    )

    def __init__(self, *args: Any, sites: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [("", _("Everywhere")), *sites]  # type: ignore[attr-defined]


class ToldForm(forms.Form):
    """Who was told of a report, on a day."""

    whom = _radio(
        (("payor", _("The payor")), ("group", _("The participant group"))), label=_("Who was told")
    )
    on = day_field(label=_("Day"))


class SettleForm(forms.Form):
    """How a report was settled."""

    on = day_field(label=_("Day"))
    settled = _text(label=_("How it was settled"), help_text=_("No names."))


class ExtractForm(forms.Form):
    """What an extract is given out for."""

    purpose = forms.CharField(
        label=_("What it is for, and for whom"),
        max_length=200,
        help_text=_("It stands in the log with your name."),
    )
