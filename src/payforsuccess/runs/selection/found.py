"""Which concept a competition beside an initiative chose, as far as its gates have to know."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.errors import Problem, Refusal
from payforsuccess.governance.facts import SelectionFound
from payforsuccess.runs.selection.solicitations import FILE, ranked_solicitation, read_solicitation
from payforsuccess.selection.award import check_award
from payforsuccess.selection.names import plain_name


def selection_found(folder: Path) -> SelectionFound | None:
    """The outcome of the competition for concepts; None where there is none in the folder.

    Refuses a file that cannot be read. An award that must not be, or a ranking that is refused,
    comes back as problems, which a gate says.
    """
    if not (folder / FILE).is_file():
        return None
    solicitation = read_solicitation(folder / FILE)
    if solicitation.for_ != "concept":
        return None
    award = solicitation.award
    place, problems = 0, tuple[Problem, ...]()
    if award is not None:
        try:
            found = ranked_solicitation(folder)
        except Refusal as refusal:
            problems = refusal.problems
        else:
            ranked = found.ranking.place_of(award.proposal)
            place = ranked.place if ranked is not None else 0
            problems = tuple(
                check_award(
                    solicitation,
                    found.ranking,
                    checksum=found.checksum,
                    superseded=found.superseded,
                )
            )
    return SelectionFound(
        chosen=solicitation.proposal(award.proposal).title if award else "",
        decided_by=award.decided_by if award else "",
        decided_on=award.on if award else None,
        place=place,
        proposals=len(solicitation.proposals),
        departments=len({plain_name(each.by) for each in solicitation.proposals}),
        standing=solicitation.standing,
        problems=tuple(each.what for each in problems),
    )
