"""Forms of the desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.desk.file_kinds import KINDS


class ExtractForm(forms.Form):
    """An extract as a file."""

    file = forms.FileField(
        label=_("The extract"),
        help_text=_(
            "CSV, Parquet or XLSX, or a ZIP of the feed’s files without folders. At most 256 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
    )


class EntriesForm(forms.Form):
    """The provider's list of entries."""

    file = forms.FileField(
        label=_("The list of entries"),
        help_text=_(
            "A CSV file with the columns happened_on and recorded_on, one entry a row, and "
            "nothing about who it is of. At most 256 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )


CLOSED_BECAUSE = (
    ("no-more-known", _("Reviewers know no more about these pairs")),
    ("records-asked", _("The agencies that hold the records know no more")),
    ("results-due", _("The results are due by the contract, and cannot wait")),
)
"""Why decisions are closed while pairs wait, in words that name nobody."""


class ClosingForm(forms.Form):
    """Why the decisions are closed though pairs wait."""

    reason = forms.ChoiceField(
        label=_("Why do you close them while pairs wait?"),
        choices=CLOSED_BECAUSE,
        widget=forms.RadioSelect,
    )


class DecisionForm(forms.Form):
    """What someone takes two records for, and why, in one of a few words that name nobody."""

    answer = forms.ChoiceField(
        label=_("Are these one person?"),
        choices=(
            ("same", _("One person")),
            ("different", _("Two people")),
            ("unsure", _("I cannot tell")),
        ),
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("What made you decide"),
        required=False,
        choices=(
            ("", _("Nothing of these")),
            ("identifiers-agree", _("Identifiers that do not change agree")),
            ("identifiers-differ", _("Identifiers that do not change differ")),
            ("typing-error", _("What differs is a slip in writing")),
            ("changed-name", _("What differs is a name that was changed")),
            ("relatives", _("What agrees is shared by relatives or a household")),
            ("holder-says-so", _("The agency that holds a record looked into it")),
        ),
    )
