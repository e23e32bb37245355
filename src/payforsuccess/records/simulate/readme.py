"""What the written county says of itself: that it is synthetic, and what was planted in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from payforsuccess.records.simulate.plan import SSN_MISSING, SSN_MISSING_OFTEN, CountyPlan

FEEDS_README = """# Synthetic records of a county that does not exist

Everyone in these files is **made up** by `pfs simulate-county`; they are no record of any person.

- Names are drawn from word lists; thousands of the surnames are put together from two halves.
- Social security numbers begin with 9 and go on with 01 to 49: no such number was ever given out.
- ZIP codes lie below 00501, the post office's lowest; cities, streets and statutes are made up.
- What agencies got wrong (typing errors, other surnames, missing numbers, late rows) was put in by
  chance at stated rates. How often people are jailed or fall ill is made up, no finding.

| feed | layout | what |
|---|---|---|
| `register.csv` | programme-enrolments | the deal's own people: referral, lottery, enrolment |
| `jail/` | jail-bookings | bookings and charges |
| `courts/` | court-cases | cases and hearings |
| `hmis/` | hmis | HUD's CSV export: shelter, outreach, housing |
| `housing/` | housing-subsidy | tenants, leases, rents |
| `health.csv` | health-encounters | emergency visits, hospital stays, crisis, detoxification |
| `wages.csv` | quarterly-wages | wages of people who are not settled |
| `deaths.csv` | deaths | deaths |

Each agency numbers people in its own way. Who is who stands in `../truth/`, which no step of a deal
reads.
"""

TRUTH_README = """# What really happened in the simulated county

Synthetic, as the records beside it. For checking linkage and measures; no step of a deal reads it.

| file | one row |
|---|---|
| `people.csv` | a person, as they are |
| `records.csv` | an agency's number for a person, the person, and the errors in that record |
| `programme.csv` | a person in the lottery: arm, days, homes, outcomes from true days |
| `jail.csv` | a stay in jail as it was |
| `planted.json` | the plan: seed, rates, the effect, and totals of everything above |
"""


def planted(
    plan: CountyPlan,
    *,
    rows: Mapping[str, int],
    records: Mapping[str, int],
    errors: Mapping[str, int],
    lived: Mapping[str, int],
) -> dict[str, object]:
    """What was asked for, and totals of what came of it, as plain values for `planted.json`."""
    return {
        "says": "Synthetic: a simulated county, no record of any person.",
        "people": plan.people,
        "seed": plan.seed,
        "enrolled": plan.enrolled,
        "share_of_jail_stays_prevented": plan.effect,
        "share_still_housed_after_12_months": plan.retention,
        "share_of_enrolled_housed": plan.take_up,
        "records_begin_on": str(plan.begins_on),
        "referrals_from": str(plan.enrols_from),
        "records_end_before": str(plan.ends_on),
        "extracted_on": str(plan.extracted_on),
        "error_rates": {
            **asdict(plan.errors),
            "ssn_missing": {
                "jail": SSN_MISSING_OFTEN,
                "courts": SSN_MISSING_OFTEN,
                "wages": 0.0,
                "others": SSN_MISSING,
            },
        },
        "rows": dict(rows),
        "records": dict(records),
        "errors": dict(errors),
        "lived": dict(lived),
    }
