"""A block of the county in files: what each agency writes, and the truth beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from payforsuccess.records.simulate.courts import write_courts
from payforsuccess.records.simulate.extract import AGENCIES, Desk
from payforsuccess.records.simulate.homeless_services import write_hmis
from payforsuccess.records.simulate.housing import write_housing
from payforsuccess.records.simulate.jail import write_jail
from payforsuccess.records.simulate.lives import live
from payforsuccess.records.simulate.others import (
    write_deaths,
    write_health,
    write_register,
    write_wages,
)
from payforsuccess.records.simulate.people import make_people
from payforsuccess.records.simulate.plan import CountyPlan
from payforsuccess.records.simulate.truth import true_jail, true_people, true_programme


@dataclass(frozen=True)
class Block:
    """One block's rows: tables by feed and file, and the truth by name."""

    feeds: Mapping[str, Mapping[str, pa.Table]]
    truth: Mapping[str, pa.Table]


def make_block(plan: CountyPlan, block: int) -> Block:
    """The rows of one block, which depend on the plan and the block's number alone."""
    lives = live(plan, block, make_people(plan, block))
    desks = {agency: Desk(plan, block, agency) for agency in AGENCIES}
    jail, arrests = write_jail(desks["jail"], lives)
    made = {
        "register": write_register(desks["register"], lives),
        "jail": jail,
        "courts": write_courts(desks["courts"], lives, arrests),
        "hmis": write_hmis(desks["hmis"], lives),
        "housing": write_housing(desks["housing"], lives),
        "health": write_health(desks["health"], lives),
        "wages": write_wages(desks["wages"], lives),
        "deaths": write_deaths(desks["deaths"], lives),
    }
    return Block(
        # By a number that means nothing: the order of people would tell who is who across agencies.
        feeds={
            feed: {name: table.sort_by(table.column_names[0]) for name, table in one.files.items()}
            for feed, one in made.items()
        },
        truth={
            "people": true_people(lives),
            "programme": true_programme(plan, lives),
            "jail": true_jail(lives),
            "records": pa.concat_tables([extract.records for extract in made.values()]),
        },
    )
