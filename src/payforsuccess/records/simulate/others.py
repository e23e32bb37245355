"""Files of one table each: health encounters, wages, deaths, and the deal's own register."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.records.simulate.draws import Whole
from payforsuccess.records.simulate.extract import Desk, Extract, chosen, only_where
from payforsuccess.records.simulate.lives import ENCOUNTER_CLASSES, Lives
from payforsuccess.records.simulate.people import NEVER
from payforsuccess.records.simulate.plan import SSN_MISSING
from payforsuccess.records.simulate.written import days, numbered

ARMS = ("comparison", "programme")
SITES = ("jail-clinic", "jail-medical", "alternative-court")
REFERRED_BY = ("jail-release", "jail-release", "court")
"""What sort of place each site is, by its position in `SITES`."""
RACES = ("hispanic", "black", "white", "asian", "unknown")
LANGUAGES = ("english", "spanish", "other")


def write_health(desk: Desk, lives: Lives) -> Extract:
    """One row an encounter; those of detoxification fall under 42 CFR Part 2."""
    visits = lives.health
    known = desk.is_known(visits.start)
    is_over = desk.is_known(visits.end) & known
    kind = pa.array(ENCOUNTER_CLASSES).take(pa.array(visits.kind))
    code = np.floor(desk.rng.random(len(visits.who)) * 900).astype(np.int64)
    return _one_file(
        desk,
        lives,
        visits.who,
        {
            "encounter_id": desk.row_numbers(0, len(visits.who)),
            "person_ref": None,
            "encounter_class": kind,
            "started_on": days(visits.start),
            "ended_on": days(np.where(is_over, visits.end, 0), missing=~is_over),
            "facility": chosen(
                desk.rng, len(visits.who), ("General hospital", "East clinic"), (0.7, 0.3)
            ),
            "diagnosis": numbered("Made-up ", 100 + code, 3),
        },
        file="encounters",
        known=known,
        ssn_missing=SSN_MISSING,
    )


def write_wages(desk: Desk, lives: Lives) -> Extract:
    """One row an employer and quarter, a whole quarter after it ended."""
    work = lives.work
    reported = (work.quarter + 2) * 91.3106 - 1970 * 365.2425
    return _one_file(
        desk,
        lives,
        work.who,
        {
            "person_ref": None,
            "year": pa.array(work.quarter // 4),
            "quarter": pa.array(work.quarter % 4 + 1),
            "employer": numbered("E", work.employer, 4),
            "amount": pc.divide(pa.array(work.cents).cast(pa.float64()), 100.0),
        },
        file="wages",
        known=reported.astype(np.int64) <= desk.day,
        ssn_missing=0.0,
    )


def write_deaths(desk: Desk, lives: Lives) -> Extract:
    """One row a death within the records."""
    people = lives.people
    who = np.flatnonzero(people.died < NEVER)
    return _one_file(
        desk,
        lives,
        who,
        {"person_ref": None, "died_on": days(people.died[who])},
        file="deaths",
        known=desk.is_known(people.died[who]),
        ssn_missing=SSN_MISSING,
    )


def write_register(desk: Desk, lives: Lives) -> Extract:
    """One row a person in the lottery; who is offered the programme accepts and enrols."""
    programme, people, rng = lives.programme, lives.people, desk.rng
    size = len(programme.who)
    last_out = np.where(programme.again_in < NEVER, programme.again_out, programme.moved_out)
    known = programme.released <= desk.day
    left = known & programme.is_housed & (last_out < desk.covers_to)
    treated = programme.is_treated
    eligible = programme.referred + (programme.assigned - programme.referred) // 2
    accepted = programme.assigned + (programme.released - programme.assigned) // 2
    score = 8 + np.floor(rng.random(size) * 10).astype(np.int64)
    return _one_file(
        desk,
        lives,
        programme.who,
        {
            "enrolment_id": desk.row_numbers(0, size),
            "person_ref": None,
            "referred_on": days(programme.referred),
            "assigned_on": days(programme.assigned),
            "arm": pa.array(ARMS).take(pa.array(treated.astype(np.int64))),
            "enrolled_on": days(programme.released, missing=~treated),
            "exited_on": days(np.where(left, last_out, 0), missing=~left),
            "referred_by": pa.array(REFERRED_BY).take(pa.array(programme.site)),
            "eligible_on": days(eligible),
            "accepted_on": days(accepted, missing=~treated),
            "site": pa.array(SITES).take(pa.array(programme.site)),
            "stratum": pa.array(np.where(people.is_female[programme.who], "women", "men")),
            "race": chosen(rng, size, RACES, (0.38, 0.32, 0.2, 0.05, 0.05)),
            "disability": chosen(rng, size, ("yes", "no", "unknown"), (0.85, 0.1, 0.05)),
            "language": chosen(rng, size, LANGUAGES, (0.75, 0.2, 0.05)),
            "risk_score": pa.array(score),
            "risk_level": only_where(pa.array(np.where(score > 12, "high", "medium")), score > 0),
        },
        file="enrolments",
        known=known,
        ssn_missing=SSN_MISSING,
    )


def _one_file(
    desk: Desk,
    lives: Lives,
    who: Whole,
    columns: dict[str, pa.Array | None],
    *,
    file: str,
    known: np.ndarray,
    ssn_missing: float,
) -> Extract:
    """The rows known on the day of the extract, each with the identifiers its person has there."""
    files = who * 2
    on_file, place = np.unique(files, return_inverse=True)
    written = desk.write_down(lives.people, on_file, ssn_missing=ssn_missing)
    columns["person_ref"] = desk.person_numbers(lives.people, files)
    table = pa.table({**columns, **written.of(place)}).filter(pa.array(known))
    seen = np.isin(on_file, files[known])
    return Extract(
        files={file: table},
        records=desk.records_of(lives.people, on_file, written).filter(pa.array(seen)),
    )
