"""The forms of referrals: the person, the circumstances, and the facts that the deal asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payforsuccess.governance.referral import DECLINE_REASONS
from payforsuccess.web.people.forms import day_field
from payforsuccess.web.referrals.actions import Circumstances, Person
from payforsuccess.web.referrals.days import AHEAD_OR_BACK, OF_A_RELEASE, is_far
from payforsuccess.web.referrals.models import RELEASES, SOURCES
from payforsuccess.web.referrals.questions import Question
from payforsuccess.web.referrals.words import HEARINGS, LANGUAGES, RACES, REASONS, SEXES, Text
from payforsuccess.web.ui.told import told

NOT_KNOWN = ("", _("Not known yet"))
NOT_SAID = ("", _("Not asked, or not said"))
FACT = "fact_"


def _choice(choices: tuple[Any, ...], empty: Any = NOT_SAID, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[empty, *choices], required=False, **options)


def not_far(on: date | None, *, years: int = AHEAD_OR_BACK) -> date | None:
    """A day within some years on either side of today; another is a wrong year, as a rule."""
    if on and is_far(on, years=years):
        raise forms.ValidationError(_("This day is too far off. Look at the year."))
    return on


def refuse_no_letter(name: str) -> str:
    """A name with a letter in it: signs alone would be one and the same name."""
    if not any(each.isalpha() for each in name):
        raise forms.ValidationError(_("Write the name with letters."))
    return name


def fact_field(question: Question) -> forms.Field:
    """The field of one question; what is left empty can be completed later."""
    usual: dict[str, Any] = {
        "label": question.label,
        "required": False,
        "help_text": "; ".join(told(clause) for clause in question.clauses),
    }
    if question.kind == "yes-no":
        choices = [("yes", _("Yes")), ("no", _("No")), NOT_KNOWN]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **usual)
    if question.kind == "choice":
        other = () if question.is_of_the_draw else (("other", _("Something else")),)
        listed: list[tuple[str, Text]] = [(value, value) for value in question.values]
        choices = [NOT_KNOWN, *listed, *other]  # type: ignore[list-item]
        return forms.ChoiceField(choices=choices, **usual)
    if question.kind == "number":
        if question.is_whole:
            return forms.IntegerField(min_value=0, max_value=10**9, **usual)
        return forms.DecimalField(min_value=0, max_digits=12, decimal_places=4, **usual)
    if question.kind == "day":
        return day_field(**usual)
    return forms.CharField(max_length=60, **usual)


class FactsForm(forms.Form):
    """The facts of an initiative; those that are known are not asked again."""

    def __init__(self, *args: Any, questions: tuple[Question, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[FACT + question.name] = fact_field(question)

    @property
    def facts(self) -> dict[str, str]:
        """What was answered, as the deal's rule reads it."""
        return {
            name.removeprefix(FACT): f"{value:f}" if hasattr(value, "as_tuple") else str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(FACT) and value not in (None, "")
        }


class WhoForm(FactsForm):
    """Who is referred, in short: as the rows of a batch ask it."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    born_on = day_field(label=_("Date of birth"))
    release_expected_on = day_field(label=_("Expected release"), required=False)

    def clean_born_on(self) -> Any:
        """Nobody is born ahead, or more than 120 years ago."""
        born, today = self.cleaned_data["born_on"], timezone.localdate()
        if born > today or today.year - born.year > 120:
            raise forms.ValidationError(_("This is no date of birth. Look at the year."))
        return born

    def clean_given_name(self) -> str:
        """By letters people are told apart."""
        return refuse_no_letter(self.cleaned_data["given_name"])

    def clean_family_name(self) -> str:
        """By letters people are told apart."""
        return refuse_no_letter(self.cleaned_data["family_name"])

    def clean_release_expected_on(self) -> Any:
        """An expected release within ten years on either side."""
        return not_far(self.cleaned_data["release_expected_on"])

    @property
    def person(self) -> Person:
        """Who is referred."""
        said = self.cleaned_data
        names = ("middle_name", "ssn", "sex", "race", "language")
        return Person(
            said["given_name"],
            said["family_name"],
            said["born_on"],
            **{name: said[name] for name in names if said.get(name)},
        )

    def circumstances(self, source: str) -> Circumstances:
        """What else was said."""
        said = self.cleaned_data
        return Circumstances(
            source=said.get("source") or source,
            release_expected_on=said.get("release_expected_on"),
            hearing_on=said.get("hearing_on"),
            paper_on=said.get("paper_on"),
            facts=self.facts,
        )


class ReferralForm(WhoForm):
    """A whole referral, in the groups that its page shows.

    source: of an office from which referrals come in one way, which is asked of nobody.
    """

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if source:
            del self.fields["source"]

    middle_name = forms.CharField(label=_("Middle name"), max_length=80, required=False)
    ssn = forms.RegexField(
        regex=r"^\d{3}-?\d{2}-?\d{4}$",
        label=_("Social Security number"),
        required=False,
        help_text=_("Only if you have it. It keeps two people of one name apart."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Write nine digits, or leave it out.")},
    )
    sex = _choice(SEXES, label=_("Sex"))
    race = _choice(RACES, label=_("Race or ethnicity"))
    language = _choice(LANGUAGES, label=_("Language in which to speak"))
    source = forms.ChoiceField(
        label=_("Where the referral comes from"), choices=SOURCES, widget=forms.RadioSelect
    )
    hearing_on = day_field(label=_("Next hearing"), required=False)
    paper_on = day_field(
        label=_("Day of the paper referral"),
        required=False,
        help_text=_("Only if it was first written on paper."),
    )
    has_agreed = forms.BooleanField(
        label=_("The person knows of this referral and agrees to it"),
        help_text=_(
            "Saying no changes nothing about a plea, a sentence, a release, or any other service."
        ),
    )

    GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
        (_("Who"), ("given_name", "middle_name", "family_name", "born_on", "ssn")),
        (
            _("For fairness and first contact"),
            ("sex", "race", "language"),
        ),
        (
            _("From where, and when"),
            ("source", "release_expected_on", "hearing_on", "paper_on"),
        ),
    )

    def clean_hearing_on(self) -> Any:
        """A hearing within ten years on either side."""
        return not_far(self.cleaned_data["hearing_on"])

    def clean_paper_on(self) -> Any:
        """A paper is written today or before, within ten years."""
        on = self.cleaned_data["paper_on"]
        if on and on > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead."))
        return not_far(on)

    def groups(self) -> Iterator[tuple[Text, list[BoundField]]]:
        """The fields as the page groups them."""
        for legend, names in self.GROUPS:
            yield legend, [self[name] for name in names if name in self.fields]
        facts = [self[name] for name in self.fields if name.startswith(FACT)]
        if facts:
            yield _("Who can take part"), facts
        yield _("Agreement"), [self["has_agreed"]]


class AnswerForm(forms.Form):
    """What a referral came to, as the provider says it."""

    def __init__(self, *args: Any, states: Sequence[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ChoiceField(
            label=_("What came of it"), choices=states, widget=forms.RadioSelect
        )
        if "declined" in dict(states):
            self.fields["reason"] = forms.ChoiceField(
                label=_("Why not, if the person is not taken on"),
                choices=[
                    ("", _("Choose the reason")),
                    *((r, REASONS[r]) for r in DECLINE_REASONS),
                ],
                required=False,
                help_text=_("The office that referred sees it."),
            )

    def clean(self) -> dict[str, object]:
        """A reason goes with saying no, and with nothing else."""
        said = super().clean() or {}
        if said.get("to") == "declined" and not said.get("reason"):
            self.add_error("reason", _("Choose the reason."))
        return said


class ReleaseForm(forms.Form):
    """How and when the release came about."""

    way = forms.ChoiceField(
        label=_("How the release came about"), choices=RELEASES, widget=forms.RadioSelect
    )
    on = day_field(label=_("Day"))
    hour = forms.TimeField(
        label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def clean_on(self) -> Any:
        """A release of the last year."""
        return not_far(self.cleaned_data["on"], years=OF_A_RELEASE)

    def clean(self) -> dict[str, object]:
        """The instant in the zone of the jurisdiction; it does not lie ahead."""
        said = super().clean() or {}
        if said.get("on") and said.get("hour"):
            at = timezone.make_aware(datetime.combine(said["on"], said["hour"]))
            if at > timezone.now():
                self.add_error("hour", _("This hour lies ahead."))
            said["at"] = at
        return said


class ExpectedForm(forms.Form):
    """Another day on which the release is expected."""

    on = day_field(label=_("Expected release"))

    def clean_on(self) -> Any:
        """A release within ten years on either side."""
        return not_far(self.cleaned_data["on"])


class HearingForm(forms.Form):
    """The next hearing, and what the last one came to."""

    on = day_field(label=_("Day of the next hearing"), required=False)
    came_to = _choice(HEARINGS, NOT_KNOWN, label=_("What the last hearing came to"))

    def clean_on(self) -> Any:
        """A hearing within ten years on either side."""
        return not_far(self.cleaned_data["on"])


class MessageForm(forms.Form):
    """A message on the thread."""

    text = forms.CharField(
        label=_("Write a message"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Both offices read it. Write no address, nothing of health, and nothing from notes. "
            "The page sees only numbers of people, e-mail addresses, and a house number beside a "
            "street word, such as 17 Hidden Lane."
        ),
    )


class ListForm(forms.Form):
    """A list of releases as a file."""

    file = forms.FileField(
        label=_("The list, as a CSV file"),
        help_text=_("Columns: family_name, given_name, born_on, release_on. At most 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
