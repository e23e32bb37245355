"""The columns of keyed filters, as `pfs link filters` writes them at the agency."""

from __future__ import annotations

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout
from payforsuccess.records.keyed_identities.clean import clean
from payforsuccess.records.link.bloom import BITS, FIELDS
from payforsuccess.records.named_people import PERSON_REF

COLUMNS = (
    PERSON_REF,
    FeedColumn("known_on", "day", "the day on which the agency learnt it", may_be_missing=True),
    *(
        FeedColumn(
            f"{name}_filter",
            "text",
            f"the keyed Bloom filter of {name}, in hexadecimal",
            "identifier",
            pattern=f"^[0-9a-f]{{{BITS // 4}}}$",
            may_be_missing=True,
        )
        for name in FIELDS
    ),
)

KEYED_IDENTITIES = FeedFile(
    "keyed_identities",
    "one row a way in which the agency writes a person",
    COLUMNS,
    person="person_ref",
)

LAYOUT = FeedLayout(
    name="keyed-identities",
    says="Who an agency's people are, as keyed Bloom filters that name nobody.",
    files=(KEYED_IDENTITIES,),
    reports=(),
    clean=clean,
)
