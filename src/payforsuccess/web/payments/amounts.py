"""Amounts of money as people enter them in forms."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from payforsuccess.units import minor_written

WRITE = _("Write an amount such as 1,250.00.")


class AmountField(forms.CharField):
    """An amount in minor units, above 0 unless it may be below; None where it may stay empty.

    currency: filled in by `AmountForm`.
    """

    currency = ""

    def __init__(self, *, may_be_below: bool = False, **kwargs: object) -> None:
        super().__init__(**{"max_length": 21, "help_text": WRITE, **kwargs})  # type: ignore[arg-type]
        self.may_be_below = may_be_below

    def clean(self, value: object) -> int | None:
        """Minor units; refuses parts of them, and a comma that parts no thousands."""
        text = super().clean(value)
        if not text:
            return None
        try:
            minor = minor_written(text, self.currency)
        except ValueError:
            raise forms.ValidationError(WRITE) from None
        if minor <= 0 and not self.may_be_below:
            raise forms.ValidationError(_("Write an amount above 0."))
        return minor


class AmountForm(forms.Form):
    """A form whose amounts are of one currency."""

    def __init__(self, *args: object, currency: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.currency = currency
        for field in self.fields.values():
            if isinstance(field, AmountField):
                field.currency = currency
