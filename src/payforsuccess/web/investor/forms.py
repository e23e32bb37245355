"""What people enter about capital."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payforsuccess.units import exact_grouped, exact_text
from payforsuccess.web.payments.amounts import AmountField, AmountForm
from payforsuccess.web.ui import cells

Choices = Sequence[tuple[str, str | Promise]]
Fact = tuple[str | Promise, object]


def a_day() -> forms.DateInput:
    """A day, entered as the browser does."""
    return forms.DateInput(attrs={"type": "date"})


def some_lines() -> forms.Textarea:
    """A sentence or two; it stands in the books, which every party reads."""
    return forms.Textarea(attrs={"rows": 3})


class CapitalForm(AmountForm):
    """A form that is looked over before it is kept."""

    def choose(self, name: str, choices: Choices) -> None:
        """Fill in what may be chosen."""
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def entered(self) -> list[Fact]:
        """What was entered, as the page to look it over shows it."""
        return [(field.label, self._shown(field)) for field in self]

    def _shown(self, field: BoundField) -> object:
        value = self.cleaned_data[field.name]
        if isinstance(field.field, AmountField) and value is not None:
            return cells.money(value, self.currency)
        if isinstance(value, date):
            return cells.day(value)
        if isinstance(value, Fraction):
            return exact_text(value)
        known = dict(getattr(field.field, "choices", ()))
        if isinstance(value, list):
            return ", ".join(str(known.get(each, each)) for each in value)
        return known.get(value, value)


class CallForm(CapitalForm):
    """A new call, with the certificates of the caller's own organisation."""

    tranche = forms.ChoiceField(label=_("On which tranche?"))
    amount = AmountField(label=_("How much is called?"))
    due_on = forms.DateField(
        label=_("Day by which the money is due"),
        help_text=_("As the contract allows."),
        widget=a_day(),
    )
    certifies = forms.MultipleChoiceField(
        label=_("What do you certify for your organisation?"),
        help_text=_("Only what you have checked. Others certify the rest."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class SignedForm(CapitalForm):
    """Who signed a certificate that came on paper."""

    signed_by = forms.CharField(
        label=_("Who signed it?"),
        help_text=_("The name on the paper. Keep the paper with the books."),
        max_length=120,
    )


class AnswerForm(CapitalForm):
    """What the lender says to a call."""

    says = forms.ChoiceField(
        label=_("What does your organisation answer?"),
        choices=(
            ("consents", _("It consents and will pay by the day")),
            ("refuses", _("It refuses")),
        ),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why does it refuse?"),
        help_text=_("Needed for a refusal. Every party of the deal reads it."),
        max_length=500,
        required=False,
        widget=some_lines(),
    )

    def clean(self) -> dict[str, object]:
        """A refusal needs its reason."""
        found = super().clean() or self.cleaned_data
        if found.get("says") == "refuses" and not str(found.get("reason") or "").strip():
            self.add_error("reason", _("Write why it refuses."))
        return found


class MoneyForm(CapitalForm):
    """What came, and when."""

    amount = AmountField(label=_("How much came?"))
    on = forms.DateField(label=_("Day on which it came"), widget=a_day())


class SeenForm(CapitalForm):
    """Nothing to enter: what was shown, by its checksum, so that nothing else is kept."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def entered(self) -> list[Fact]:
        """Nothing was entered; a checksum is nothing to look over."""
        return []


class CostForm(CapitalForm):
    """A cost that the project paid."""

    to = forms.ChoiceField(label=_("Who was paid?"))
    amount = AmountField(label=_("How much was paid?"))
    on = forms.DateField(label=_("Day of the payment"), widget=a_day())
    says = forms.CharField(
        label=_("What for?"),
        help_text=_("Such as the services of which months. Name no participant."),
        max_length=500,
        widget=some_lines(),
    )


class BalanceForm(CapitalForm):
    """What the bank says."""

    account = forms.ChoiceField(label=_("Which account?"))
    on = forms.DateField(label=_("At the end of which day?"), widget=a_day())
    balance = AmountField(
        label=_("Balance by the bank"),
        help_text=_("From the bank’s own paper. A minus sign where it is below 0."),
        may_be_below=True,
    )


class TestForm(CapitalForm):
    """How a trigger came out."""

    on = forms.DateField(label=_("Day of the test"), widget=a_day())
    party = forms.ChoiceField(label=_("Who tested it?"))
    value = forms.CharField(
        label=_("What was found?"),
        help_text=_("The number that the test looks at; leave it empty where there is none."),
        required=False,
        max_length=20,
    )
    met = forms.ChoiceField(
        label=_("Was it met?"),
        choices=(("yes", _("Yes")), ("no", _("No"))),
        widget=forms.RadioSelect,
    )

    def clean_value(self) -> Fraction | None:
        """The number, if one was entered."""
        text = self.cleaned_data["value"].strip()
        try:
            return exact_grouped(text) if text else None
        except ValueError:
            raise forms.ValidationError(_("Write a number such as 12 or 0.45.")) from None


class NoticeForm(CapitalForm):
    """A notice of default as it was given."""

    on = forms.DateField(label=_("Day on which notice was given"), widget=a_day())
    says = forms.CharField(
        label=_("What does it say?"),
        help_text=_("In a sentence. Keep the letter with the books."),
        max_length=500,
        widget=some_lines(),
    )


class MatterForm(CapitalForm):
    """A matter for the lenders."""

    matter = forms.CharField(
        label=_("What is decided?"),
        help_text=_("In a sentence, as it stands in the contract."),
        max_length=500,
        widget=some_lines(),
    )
    needs = forms.ChoiceField(
        label=_("What carries it?"),
        choices=(
            ("over-half", _("More than half of the principal owed")),
            ("two-thirds", _("Two thirds of the principal owed or more")),
            ("all", _("All of the principal owed")),
        ),
        widget=forms.RadioSelect,
        help_text=_("As the contract says."),
    )


NEEDS: dict[str, tuple[Fraction, bool]] = {
    "over-half": (Fraction(1, 2), True),
    "two-thirds": (Fraction(2, 3), False),
    "all": (Fraction(1), False),
}
"""The share that must vote yes, and whether it must be more than that."""


class BallotForm(CapitalForm):
    """A lender's vote."""

    vote = forms.ChoiceField(
        label=_("How does your organisation vote?"),
        choices=(("yes", _("Yes")), ("no", _("No")), ("abstains", _("It abstains"))),
        widget=forms.RadioSelect,
    )
