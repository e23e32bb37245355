"""What an auditor enters for a pack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.audit.packs.actions import Wish

LARGEST_CERTIFICATE = 20 * 1024
MOST_PEOPLE = 1000


class PackForm(forms.Form):
    """The statement, the auditor's own seed, and whose certificate opens the pack."""

    statement = forms.TypedChoiceField(label=_("Statement"), coerce=int)
    seed = forms.CharField(
        label=_("Your own seed"),
        help_text=_(
            "Words or digits that you choose and tell nobody before the pack is made: they draw "
            "the sample. The same seed draws the same people."
        ),
        min_length=6,
        max_length=200,
    )
    sample = forms.IntegerField(
        label=_("How many people to draw"), min_value=1, max_value=MOST_PEOPLE, initial=25
    )
    certificate = forms.FileField(
        label=_("Certificate of whoever audits"),
        help_text=_(
            "X.509 in PEM, with an RSA key. The pack holds records of single people; only the "
            "holder of this certificate can open it."
        ),
        widget=forms.FileInput(attrs={"accept": ".pem,.crt,.cer"}),
    )

    def __init__(
        self, *args: Any, statements: Sequence[tuple[int, str]], is_made_up: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["statement"].choices = statements  # type: ignore[attr-defined]
        self.fields["certificate"].required = not is_made_up

    def clean_certificate(self) -> str:
        """Its text; empty where none is given."""
        file: UploadedFile | None = self.cleaned_data["certificate"]
        if file is None:
            return ""
        content = file.read(LARGEST_CERTIFICATE + 1)
        begins = b"-----BEGIN CERTIFICATE-----"
        if len(content) > LARGEST_CERTIFICATE or begins not in content or not content.isascii():
            raise forms.ValidationError(_("This is no certificate in PEM."))
        return str(content, "ascii")

    @property
    def wish(self) -> Wish:
        """What was entered."""
        said = self.cleaned_data
        return Wish(said["statement"], said["seed"], said["sample"], said["certificate"])
