"""What people enter about amendments."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST = 500_000
"""Bytes of a deal file that this page takes; one fills a few dozen thousand."""


class ProposeForm(forms.Form):
    """An amended deal as a file."""

    file = forms.FileField(
        label=_("The amended deal file"),
        help_text=_(
            "A whole deal file in YAML, with `amendment`: its number, what it says, what it "
            "touches. It is checked here, and nobody is asked before you have looked it over."
        ),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )

    def clean_file(self) -> str:
        """Its text."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 500 KB: it is no deal file."))
        try:
            return file.read().decode("utf-8")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is no text in UTF-8. Save it again.")) from None


class ReviewedForm(forms.Form):
    """The text that was looked over, as it comes back."""

    text = forms.CharField(strip=False, max_length=LARGEST, widget=forms.HiddenInput)


class WhyForm(forms.Form):
    """Why a party does not consent."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Every party sees this. Name no participant."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
