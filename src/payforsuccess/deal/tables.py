"""The canonical tables: what every feed becomes, column by column, and the words they use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "day", "whole", "decimal"]


@dataclass(frozen=True)
class Column:
    """One column of a canonical table. `decimal` holds up to nine decimal places, exactly."""

    name: str
    type: ColumnType
    says: str
    may_be_missing: bool = False


@dataclass(frozen=True)
class TableLayout:
    """A canonical table: its columns in order, and the total order its rows are written in."""

    name: str
    says: str
    columns: tuple[Column, ...]
    sorted_by: tuple[str, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


_FEED = Column("feed", "text", "the feed the row comes from")
_FILE = Column(
    "file", "text", "the file of the feed, where its layout has several", may_be_missing=True
)
_ROW = Column("row", "whole", "the row of the feed's file, the first below the header being 1")
_PERSON = Column("person", "text", "the person's pseudonymous key")

PEOPLE = TableLayout(
    "people",
    "one row a person and feed",
    (_PERSON, _FEED, _FILE, _ROW),
    ("person", "feed", "file", "row"),
)
ENROLMENTS = TableLayout(
    "enrolments",
    "one row an enrolment",
    (
        Column("enrolment", "text", "the enrolment's key"),
        _PERSON,
        Column("referred_on", "day", "day of referral", may_be_missing=True),
        Column("assigned_on", "day", "day of assignment", may_be_missing=True),
        Column("arm", "text", "the arm assigned to", may_be_missing=True),
        Column("enrolled_on", "day", "day of enrolment", may_be_missing=True),
        Column("exited_on", "day", "day of exit", may_be_missing=True),
        Column("site", "text", "the site", may_be_missing=True),
        Column("stratum", "text", "the stratum of the assignment", may_be_missing=True),
        Column("referred_by", "text", "who referred, such as court", may_be_missing=True),
        Column("eligible_on", "day", "day on which found eligible", may_be_missing=True),
        Column("accepted_on", "day", "day on which the person accepted", may_be_missing=True),
        Column("declined_on", "day", "day on which it came to nothing", may_be_missing=True),
        Column("decline_reason", "text", "why, such as not-eligible", may_be_missing=True),
        _FEED,
        _FILE,
        _ROW,
    ),
    ("enrolment", "feed", "file", "row"),
)
SPELLS = TableLayout(
    "spells",
    "one row a stay in a state, the days in [start, end)",
    (
        Column("state", "text", "the state, such as housed"),
        _PERSON,
        Column("start_on", "day", "first day"),
        Column("end_on", "day", "first day after; missing while the spell is open", True),
        _FEED,
        _FILE,
        _ROW,
    ),
    ("state", "person", "start_on", "feed", "file", "row"),
)
EVENTS = TableLayout(
    "events",
    "one row something that happened on a day",
    (
        Column("kind", "text", "what happened, such as arrest"),
        _PERSON,
        Column("happened_on", "day", "the day"),
        Column("amount", "decimal", "an amount, for events that have one", True),
        _FEED,
        _FILE,
        _ROW,
    ),
    ("kind", "person", "happened_on", "feed", "file", "row"),
)
TRAITS = TableLayout(
    "traits",
    "one row a fact about a person, as of a day where it can change",
    (
        Column("trait", "text", "the fact's name, such as age"),
        _PERSON,
        Column("as_of", "day", "the day it held; missing for facts that do not change", True),
        Column("value", "decimal", "the fact as a number; 1 and 0 for yes and no", True),
        Column("label", "text", "the fact as a word, such as a language, where it is none", True),
        _FEED,
        _FILE,
        _ROW,
    ),
    ("trait", "person", "as_of", "feed", "file", "row"),
)
TABLES = (PEOPLE, ENROLMENTS, SPELLS, EVENTS, TRAITS)

IDENTITIES = TableLayout(
    "identities",
    "one row what one record of a feed says of who a person is; never leaves the linkage zone",
    (
        _PERSON,
        Column("given_name", "text", "first name as written", True),
        Column("middle_name", "text", "middle name as written", True),
        Column("family_name", "text", "last name as written", True),
        Column("name_suffix", "text", "Jr., III and the like", True),
        Column("born_on", "day", "date of birth", True),
        Column("ssn", "text", "social security number as written, whole or its last four", True),
        Column("sex", "text", "female, male or another word the feed has", True),
        Column("street", "text", "street and number", True),
        Column("city", "text", "city", True),
        Column("postcode", "text", "ZIP code", True),
        Column("known_on", "day", "the day on which the agency learnt it", True),
        Column(
            "filters",
            "text",
            "instead of all that: keyed Bloom filters, `field=hexadecimal;...`",
            True,
        ),
        _FEED,
        _FILE,
        _ROW,
    ),
    ("person", "feed", "file", "row"),
)
"""Read by linkage, and where identifiers are held against their checksums at referral; by no other
run. No table of results refers to it."""

CONSENTS = TableLayout(
    "consents",
    "one row one person's consent to one use",
    (
        _PERSON,
        Column("purpose", "text", "what the records may be used for"),
        Column("recipient", "text", "who may receive them", True),
        Column("regime", "text", "the law the form satisfies", True),
        Column("form", "text", "the version of the form"),
        Column("language", "text", "the language the form was read in"),
        Column("given_on", "day", "the day it was given"),
        Column("expires_on", "day", "the last day it holds", True),
        Column("withdrawn_on", "day", "the day it was withdrawn", True),
        _FEED,
        _FILE,
        _ROW,
    ),
    ("person", "purpose", "given_on", "feed", "file", "row"),
)
"""Who agreed to what; read at the door of every feed whose legal basis is consent."""

KEPT_TABLES = (*TABLES, IDENTITIES, CONSENTS)
"""Everything a snapshot holds; `TABLES` alone is what measures may see."""

LINKS = TableLayout(
    "links",
    "one row a pair of records, of two feeds or of one, that were compared and kept",
    (
        Column("one", "text", "the key of one record's person, the smaller of the two"),
        Column("other", "text", "the key of the other"),
        Column("score", "decimal", "the probability that they are one person, to six places"),
        Column("reason", "text", "what agreed: `given_name=3;born_on=2`, higher is nearer"),
        Column("decided", "text", "by threshold, or by the two people who decided", True),
        Column("is_taken", "whole", "1 when the pair counts as one person"),
    ),
    ("one", "other"),
)

LINKED_PEOPLE = TableLayout(
    "linked-people",
    "one row a record's person and the person it was found to be",
    (
        Column("record", "text", "the key under which a feed's rows stand in the snapshot"),
        _PERSON,
    ),
    ("record",),
)

STATES = {
    "housed": "holds a lease or lives in permanent housing",
    "sheltered": "stays in a shelter, safe haven or transitional housing",
    "unsheltered": "was found to sleep in a place not meant for it",
    "jailed": "held in a county jail",
    "imprisoned": "held in a state prison",
    "custody": "held by anyone",
    "hospitalised": "an inpatient",
    "on-probation": "under supervision of a probation department",
    "placed": "a child in out-of-home care",
    "in-school": "enrolled in a school",
    "on-benefits": "receives a benefit",
}
"""The states that the feeds of this house report; a feed may report others of its own."""

EVENTS_KNOWN = {
    "arrest": "was arrested",
    "booking": "was booked into jail",
    "release": "left jail",
    "case-filed": "a court case was filed",
    "hearing": "a hearing took place",
    "missed-hearing": "failed to appear",
    "conviction": "a case ended in a conviction",
    "diversion": "a court granted diversion",
    "violation": "a violation of supervision was recorded",
    "emergency-visit": "visited an emergency department",
    "admission": "was admitted to a hospital",
    "crisis": "a crisis contact in mental health",
    "detox": "a stay for detoxification began",
    "lease": "a lease was signed",
    "move-in": "moved in",
    "move-out": "moved out",
    "exit-permanent": "left a programme for permanent housing",
    "exit-jail": "left a programme for jail or prison",
    "bed-night": "spent a night in a shelter",
    "contact": "met a case manager",
    "session": "took part in a session",
    "outreach-contact": "was met by street outreach",
    "course-completed": "completed a course",
    "certified-unit": "one unit of work that a party certified",
    "deposit": "a deposit on a home was paid; the amount is its sum",
    "financial-assistance": "help with rent or bills was paid; the amount is its sum",
    "wages": "was paid wages in a quarter; the amount is their sum, the day the quarter's last",
    "subsidy": "a subsidy was paid; the amount is its sum",
    "benefit": "a benefit was paid; the amount is its sum",
    "removal": "was placed in out-of-home care",
    "reunification": "went back to their family",
    "absence": "days absent from school; the amount is their number",
    "death": "died",
    "move": "moved out of the records' reach",
    "transfer": "went over to another programme",
}
"""The events that the feeds of this house report; a feed may report others of its own."""

CUSTODY_STATES = ("custody", "jailed", "imprisoned")
"""The states that a measure's `on_custody` speaks of."""

PERSON_ROWS = TableLayout(
    "person-rows",
    "one row what one enrolment adds to one outcome in one period: the person ledger's source",
    (
        Column("outcome", "text", "the outcome, by its name in the deal"),
        Column("period", "whole", "the payment period's number"),
        _PERSON,
        Column("quantity", "decimal", "what the enrolment adds, in the outcome's unit"),
        Column("source", "text", "the rows it rests on: feed:row;feed:row"),
    ),
    ("outcome", "period", "person", "source"),
)
