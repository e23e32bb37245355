"""What people enter on the way of a payment."""

from __future__ import annotations

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
        text = self.cleaned_data["amount"].replace(",", "").strip()
        if not text:
            return None
        try:
            minor = exact(text) * 10 ** CURRENCY_DIGITS[self.currency]
        except ValueError:
            raise forms.ValidationError(_("Write an amount such as 1,250.00.")) from None
        if minor.denominator != 1 or minor <= 0:
            raise forms.ValidationError(_("Write an amount above 0, in whole cents."))
        return int(minor)
