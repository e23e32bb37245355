"""What people enter on the way of a payment."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.payments.amounts import AmountField, AmountForm

LARGEST_LIST = 2 * 1024 * 1024


class SeenForm(forms.Form):
    """The checksum of what someone looked at before they signed or issued it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)


class AgainForm(SeenForm):
    """Why another result takes the place of a signed one."""

    reason = forms.CharField(
        label=_("Why does it take the place of what was signed?"),
        help_text=_("Everyone who pays on it sees this. Name no participant."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(forms.Form):
    """Why a statement goes back."""

    reason = forms.CharField(
        label=_("Why do you send it back?"),
        help_text=_("The coordinator and every payor see this. Name no participant."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """What the office says to a statement that was sent back."""

    says = forms.CharField(
        label=_("What do you answer?"),
        help_text=_("The payors see this and decide anew. Name no participant."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DisputeForm(AmountForm):
    """What a party objects to."""

    lines = forms.MultipleChoiceField(label=_("Which lines?"), widget=forms.CheckboxSelectMultiple)
    clause = forms.CharField(
        label=_("Clause you rely on"),
        help_text=_("As the contract numbers it, such as Section 4.2."),
        max_length=200,
    )
    amount = AmountField(
        label=_("How much of it do you dispute?"),
        help_text=_("The rest is paid. Write an amount such as 1,250.00."),
    )

    def __init__(
        self, *args: object, currency: str, lines: Sequence[str], **kwargs: object
    ) -> None:
        super().__init__(*args, currency=currency, **kwargs)
        self.fields["lines"].choices = [(line, line) for line in lines]  # type: ignore[attr-defined]


class SettledForm(forms.Form):
    """How a dispute was settled."""

    says = forms.CharField(
        label=_("How was it settled?"),
        help_text=_("One or two sentences. What it changes comes as a correction, never here."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WarrantForm(AmountForm):
    """The warrant under which money went out."""

    reference = forms.CharField(
        label=_("Warrant or payment number"),
        help_text=_("As it stands on the warrant; letters, digits, dots, slashes and hyphens."),
        max_length=60,
    )
    on = forms.DateField(
        label=_("Day of the payment"), widget=forms.DateInput(attrs={"type": "date"})
    )
    amount = AmountField(
        label=_("Amount"),
        help_text=_("Leave it empty to pay all that may be paid now."),
        required=False,
    )


class NumberForm(forms.Form):
    """The right number of a warrant that was entered wrong."""

    reference = forms.CharField(
        label=_("The right number"),
        help_text=_("As it stands on the warrant; letters, digits, dots, slashes and hyphens."),
        max_length=60,
    )
    reason = forms.CharField(
        label=_("How was the mistake found?"),
        help_text=_("One or two sentences. Name no participant."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BooksForm(forms.Form):
    """A list of the paying office's books: a file, or lines that are typed."""

    file = forms.FileField(
        label=_("The list, as a CSV file"),
        help_text=_(
            "Columns: number, date, amount and, if there, vendor. Others are passed over. At most "
            "2 MB."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    typed = forms.CharField(
        label=_("Or type the payments"),
        help_text=_(
            "One a line: number; day; amount; vendor. W-1001; 2/1/2028; 1,250.00; A vendor"
        ),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    since = forms.DateField(
        label=_("First day of the list"),
        help_text=_("That of its first payment if left empty."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    through = forms.DateField(
        label=_("Last day of the list"),
        help_text=_("The books must be complete through this day."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_file(self) -> UploadedFile | None:
        """Refuse what is too large, and what is no text."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        if (file.size or 0) > LARGEST_LIST:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        begins = file.read(4)
        file.seek(0)
        if begins[:2] == b"PK" or begins in (b"\xd0\xcf\x11\xe0", b"%PDF"):
            raise forms.ValidationError(_("This is no CSV file. Save the list as CSV."))
        return file

    def clean(self) -> dict[str, object]:
        """One of the two, and the typed lines cut into their cells."""
        said: dict[str, object] = super().clean() or {}
        lines = [line.strip() for line in str(said.get("typed") or "").splitlines()]
        said["lines"] = [
            [cell.strip() for cell in line.replace("\t", ";").split(";")] for line in lines if line
        ]
        if "file" in said and bool(said["file"]) == bool(said["lines"]):
            raise forms.ValidationError(_("Choose a file, or type the payments: one of the two."))
        return said


class ExplanationForm(forms.Form):
    """Why a difference stands."""

    reason = forms.CharField(
        label=_("Why does it stand?"),
        help_text=_("One or two sentences. Name no participant."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
