"""What people enter on the way of a payment."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from payforsuccess.units import CURRENCY_DIGITS, exact


class ReasonForm(forms.Form):
    """Why a statement goes back."""

    reason = forms.CharField(
        label=_("Why do you send it back?"),
        help_text=_("The coordinator and every payor see this. Name no participant."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DisputeForm(forms.Form):
    """What a party objects to."""

    lines = forms.MultipleChoiceField(label=_("Which lines?"), widget=forms.CheckboxSelectMultiple)
    clause = forms.CharField(
        label=_("Clause you rely on"),
        help_text=_("As the contract numbers it, such as Section 4.2."),
        max_length=200,
    )
    amount = forms.CharField(
        label=_("How much of it do you dispute?"),
        help_text=_("The rest is paid. Write an amount such as 1,250.00."),
        max_length=20,
    )

    def __init__(
        self, *args: object, currency: str, lines: Sequence[str], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.currency = currency
        self.fields["lines"].choices = [(line, line) for line in lines]  # type: ignore[attr-defined]

    def clean_amount(self) -> int:
        """Minor units."""
        return minor_of(self.cleaned_data["amount"], self.currency)


class SettledForm(forms.Form):
    """How a dispute was settled."""

    says = forms.CharField(
        label=_("How was it settled?"),
        help_text=_("One or two sentences. What it changes comes as a correction, never here."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WarrantForm(forms.Form):
    """The warrant under which money went out."""

    reference = forms.CharField(
        label=_("Warrant or payment number"),
        help_text=_("As it stands on the warrant; letters, digits, dots, slashes and hyphens."),
        max_length=60,
    )
    on = forms.DateField(
        label=_("Day of the payment"), widget=forms.DateInput(attrs={"type": "date"})
    )
    amount = forms.CharField(
        label=_("Amount"),
        help_text=_("Leave it empty to pay all that may be paid now."),
        required=False,
        max_length=20,
    )

    def __init__(self, *args: object, currency: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.currency = currency

    def clean_amount(self) -> int | None:
        """Minor units; None where everything is to be paid."""
        text = self.cleaned_data["amount"].strip()
        return minor_of(text, self.currency) if text else None


def minor_of(text: str, currency: str) -> int:
    """An amount that someone wrote, in minor units; above 0, and in whole ones."""
    try:
        minor = exact(text.replace(",", "").strip()) * 10 ** CURRENCY_DIGITS[currency]
    except ValueError:
        raise forms.ValidationError(_("Write an amount such as 1,250.00.")) from None
    if minor.denominator != 1 or minor <= 0:
        raise forms.ValidationError(_("Write an amount above 0, in whole cents."))
    return int(minor)
