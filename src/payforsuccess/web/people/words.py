"""The words of people and services."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payforsuccess.governance.caseload import Missing
from payforsuccess.governance.stability import Where
from payforsuccess.web.ui.cells import Tone

Text = str | Promise

LANGUAGES: dict[str, Text] = {
    "english": _("English"),
    "spanish": _("Spanish"),
    "other": _("Another language"),
}
NOT_SAID = "not said"


def language_word(language: str) -> Text:
    """A language as people read it."""
    return _("not said") if language == NOT_SAID else LANGUAGES.get(language.casefold(), language)


MISSING: dict[Missing, Text] = {
    "consent": _("no answer on consent"),
    "way-to-reach": _("no telephone and no address"),
    "language": _("no language"),
    "lease-day": _("no day of signing the lease"),
    "home": _("no home after 60 days"),
}
WHERE: dict[Where, tuple[Text, Tone]] = {
    "not-begun": (_("Begins with the first home"), "waiting"),
    "met": (_("Met"), "good"),
    "on-the-way": (_("On the way"), "info"),
    "out-of-home": (_("Out of home, can still be met"), "watch"),
    "out-of-reach": (_("Out of reach"), "bad"),
    "not-counted": (_("Not counted"), "unknown"),
}
MOVED_OUT_TO: tuple[tuple[str, Text], ...] = (
    ("permanent-housing", _("A lasting home of their own")),
    ("other-housing", _("Other housing")),
    ("institution", _("A hospital or another institution")),
    ("jail", _("Jail")),
    ("homeless", _("The street or a shelter")),
    ("unknown", _("Not known")),
)
"""Where a tenant went, in the codes of the layout `housing-subsidy`."""
FIELDS: dict[str, Text] = {
    "enrolled_on": _("Enrolled"),
    "exited_on": _("Left"),
    "leased_on": _("Lease signed"),
    "moved_in_on": _("Moved in"),
    "moved_out_on": _("Moved out"),
}
SHOWN: dict[str, Text] = {
    "all": _("Everyone"),
    "jail": _("Booked or released"),
    "quiet": _("Gone quiet"),
    "checks": _("Checks due"),
    "missing": _("Data missing"),
    "wrong": _("Wrong records"),
}
"""The lists of Today, by the name in the address."""
