"""The layouts this version can read, by name. A new feed adds its folder and one line here."""

from __future__ import annotations

from collections.abc import Iterable

from payforsuccess.records.benefits.layout import LAYOUT as BENEFITS
from payforsuccess.records.child_welfare.layout import LAYOUT as CHILD_WELFARE
from payforsuccess.records.consents.layout import LAYOUT as CONSENTS
from payforsuccess.records.court_cases.layout import LAYOUT as COURT_CASES
from payforsuccess.records.deaths.layout import LAYOUT as DEATHS
from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.health_encounters.layout import LAYOUT as HEALTH_ENCOUNTERS
from payforsuccess.records.hmis.layout import LAYOUT as HMIS
from payforsuccess.records.housing_subsidy.layout import LAYOUT as HOUSING_SUBSIDY
from payforsuccess.records.jail_bookings.layout import LAYOUT as JAIL_BOOKINGS
from payforsuccess.records.job_training.layout import LAYOUT as JOB_TRAINING
from payforsuccess.records.keyed_identities.layout import LAYOUT as KEYED_IDENTITIES
from payforsuccess.records.probation.layout import LAYOUT as PROBATION
from payforsuccess.records.programme_enrolments.layout import LAYOUT as PROGRAMME_ENROLMENTS
from payforsuccess.records.provider_services.layout import LAYOUT as PROVIDER_SERVICES
from payforsuccess.records.quarterly_wages.layout import LAYOUT as QUARTERLY_WAGES
from payforsuccess.records.reentry_experiment.layout import LAYOUT as REENTRY_EXPERIMENT
from payforsuccess.records.school_enrolment.layout import LAYOUT as SCHOOL_ENROLMENT

_ALL: tuple[FeedLayout, ...] = (
    BENEFITS,
    CHILD_WELFARE,
    CONSENTS,
    COURT_CASES,
    DEATHS,
    HEALTH_ENCOUNTERS,
    HMIS,
    HOUSING_SUBSIDY,
    JAIL_BOOKINGS,
    JOB_TRAINING,
    KEYED_IDENTITIES,
    PROBATION,
    PROGRAMME_ENROLMENTS,
    PROVIDER_SERVICES,
    QUARTERLY_WAGES,
    REENTRY_EXPERIMENT,
    SCHOOL_ENROLMENT,
)


def _by_name(layouts: Iterable[FeedLayout]) -> dict[str, FeedLayout]:
    """Each under its own name; a copied layout that kept its neighbour's would hide one of them."""
    found: dict[str, FeedLayout] = {}
    for layout in layouts:
        if layout.name in found:
            raise ValueError(f"two layouts are called {layout.name!r}")
        found[layout.name] = layout
    return found


LAYOUTS = _by_name(_ALL)
