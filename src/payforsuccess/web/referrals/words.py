"""The words of referrals, so that pages speak the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payforsuccess.governance.referral import State
from payforsuccess.governance.referral_tasks import What
from payforsuccess.web.people import words
from payforsuccess.web.ui.cells import Tone

Text = str | Promise

STATES: dict[State, tuple[Text, Tone]] = {
    "made": (_("Referred"), "waiting"),
    "unclear": (_("Facts missing"), "unknown"),
    "eligible": (_("Eligible, waits for an answer"), "waiting"),
    "not-eligible": (_("Not eligible"), "unknown"),
    "placed": (_("Placed"), "good"),
    "services-as-usual": (_("Services as usual"), "info"),
    "declined": (_("Not taken on"), "unknown"),
    "released-unmet": (_("Released before anyone met them"), "bad"),
    "met": (_("Met"), "good"),
    "enrolled": (_("Enrolled"), "good"),
    "housed": (_("Housed"), "good"),
    "left": (_("Left the programme"), "info"),
    "withdrawn": (_("Said no"), "info"),
    "lost": (_("Could not be found"), "watch"),
    "joined": (_("Joined to an earlier referral"), "info"),
}
SEEN: dict[str, tuple[Text, Tone]] = {
    "pending": (_("Pending"), "waiting"),
    "placed": (_("Placed"), "good"),
    "services as usual": (_("Services as usual"), "info"),
    "not eligible": (_("Not eligible"), "unknown"),
    "not taken on": (_("Not taken on"), "unknown"),
    "said no": (_("Said no"), "info"),
}
"""What an office reads, by what `governance.referral.seen_by_referrer` lets it know."""
REASONS: dict[str, Text] = {
    "no-place": _("There is no place now"),
    "outside-the-area": _("The person will live outside of the area"),
    "other-programme": _("Another programme serves the person"),
    "safety": _("The safety of the person or of others"),
}
TASKS: dict[What, Text] = {
    "find": _("Find the person: nobody met them at release"),
    "answer": _("Answer the referral"),
    "acknowledge": _("Say that you have read it"),
    "meet-at-release": _("Be there at the release"),
    "go-to-hearing": _("Be there at the hearing"),
    "complete-facts": _("Complete the facts"),
    "ask-for-draw": _("Ask for the draw"),
    "tell-release": _("Say whether and how the release came about"),
    "tell-hearing": _("Say what the hearing came to"),
}
SEXES = (("female", _("Female")), ("male", _("Male")), ("other", _("Another")))
RACES = (
    ("american-indian", _("American Indian or Alaska Native")),
    ("asian", _("Asian")),
    ("black", _("Black or African American")),
    ("hispanic", _("Hispanic or Latino")),
    ("middle-eastern", _("Middle Eastern or North African")),
    ("pacific", _("Native Hawaiian or Pacific Islander")),
    ("white", _("White")),
    ("several", _("More than one")),
)
"""The categories of the Office of Management and Budget (Directive 15, 2024)."""
LANGUAGES = tuple(words.LANGUAGES.items())
HEARINGS = (
    ("continued", _("Put off to another day")),
    ("released", _("Ordered released")),
    ("diverted", _("Diverted to a programme")),
    ("probation", _("Probation")),
    ("custody", _("Stays in custody")),
    ("dismissed", _("Dismissed")),
)
AGES = (
    ("under 25", _("under 25")),
    ("25 to 34", _("25 to 34")),
    ("35 to 44", _("35 to 44")),
    ("45 to 54", _("45 to 54")),
    ("55 and over", _("55 and over")),
)
ALIKE: dict[str, Text] = {
    "the same date of birth": _("The same date of birth"),
    "a like name, born the same day": _("A like name, born the same day"),
    "a like name, and a date of birth that differs by a slip": _(
        "A like name, and a date of birth that differs by a slip"
    ),
}
"""Why two rows may be one person, as `governance.look_alike` says it."""
FACTS: dict[str, Text] = {
    "age": _("Age"),
    "sex": _("Sex"),
    "race": _("Race or ethnicity"),
    "language": _("Language"),
}
ANSWERS: dict[str, Text] = {
    "yes": _("Yes"),
    "no": _("No"),
    "other": _("Something else"),
    **dict(SEXES),
    **dict(RACES),
    **dict(LANGUAGES),
}
"""What is said of a fact; other answers are the deal's own words."""
