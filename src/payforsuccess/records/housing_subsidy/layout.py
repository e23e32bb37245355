"""The columns of a housing subsidy's records: tenants, their leases, and what was paid."""

from __future__ import annotations

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Reference, Rule
from payforsuccess.records.housing_subsidy.clean import clean
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF


def _day(name: str, says: str) -> FeedColumn:
    return FeedColumn(name, "day", says, may_be_missing=True)


TENANTS = FeedFile(
    "tenants",
    "one row a tenant",
    (PERSON_REF, _day("recorded_on", "the day the identifiers were recorded"), *IDENTIFIERS),
    person="person_ref",
    key=("person_ref",),
)

LEASES = FeedFile(
    "leases",
    "one row a home that was let to a tenant",
    (
        FeedColumn("lease_id", "text", "the number of the lease"),
        PERSON_REF,
        _day("leased_on", "the day the lease was signed"),
        _day("moved_in_on", "the day the tenant moved in; empty until then"),
        _day("moved_out_on", "the first day the tenant no longer lived there; empty until then"),
        FeedColumn(
            "moved_out_to",
            "text",
            "where the tenant went",
            codes=(
                "permanent-housing",
                "other-housing",
                "institution",
                "jail",
                "homeless",
                "died",
            ),
            unknown=("unknown",),
            may_be_missing=True,
        ),
    ),
    person="person_ref",
    key=("lease_id",),
    references=(Reference("person_ref", "tenants", "person_ref"),),
    rules=(
        Rule(
            "moved-out-before-moving-in",
            "nobody moves out before they move in",
            ("moved_in_on", "moved_out_on"),
            lambda rows: rows.moved_out_on < rows.moved_in_on,
        ),
        Rule(
            "moved-out-without-moving-in",
            "only those who moved in can move out",
            ("moved_in_on", "moved_out_on"),
            lambda rows: rows.moved_out_on.notnull() & rows.moved_in_on.isnull(),
        ),
        Rule(
            "went-without-moving-out",
            "where a tenant went is known from the day they moved out on",
            ("moved_out_on", "moved_out_to"),
            lambda rows: rows.moved_out_to.notnull() & rows.moved_out_on.isnull(),
        ),
    ),
)

PAYMENTS = FeedFile(
    "payments",
    "one row a payment for a lease",
    (
        FeedColumn("payment_id", "text", "the number of the payment"),
        FeedColumn("lease_id", "text", "the lease it was paid for"),
        FeedColumn("paid_on", "day", "the day it was paid"),
        FeedColumn(
            "kind",
            "text",
            "rent or utilities are a subsidy; a deposit is one of its own",
            codes=("rent", "utilities", "deposit"),
        ),
        FeedColumn("amount", "decimal", "the amount; less than zero when it was paid back"),
    ),
    key=("payment_id",),
    references=(Reference("lease_id", "leases", "lease_id"),),
    may_be_missing=True,
)

LAYOUT = FeedLayout(
    name="housing-subsidy",
    says="Homes let under a housing subsidy: leases, moves in and out, and what was paid.",
    files=(TENANTS, LEASES, PAYMENTS),
    reports=(
        "housed",
        "lease",
        "move-in",
        "move-out",
        "exit-permanent",
        "exit-jail",
        "deposit",
        "subsidy",
    ),
    clean=clean,
)
