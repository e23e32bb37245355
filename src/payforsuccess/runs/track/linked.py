"""All counts of the page as one set of facts, so that no table tells what another hides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from payforsuccess.disclosure import Facts, difference, joined
from payforsuccess.runs.track.flow import Flows, flow_facts
from payforsuccess.runs.track.trends import Course, course_facts


def linked_facts(flows: Flows, courses: Sequence[Course], *, threshold: int) -> Facts:
    """The flow and every course together, with the differences that tell of few people.

    Who was enrolled and who has a result are much the same people, and so are those of two
    outcomes in the periods in which they come due: one taken from the other counts who moved out,
    died or was lost. Each such difference is protected like a count.
    """
    parts = [course_facts(course) for course in courses]
    if flows.of_all.referred:
        parts.append(flow_facts(flows))
    facts = joined(parts)
    members = dict(flows.members)
    for course in courses:
        members |= course.members
    pairs = alike(facts, members, threshold=threshold)
    return joined([facts, *(difference(facts, one, other) for one, other in pairs)])


def alike(
    facts: Facts, members: Mapping[str, frozenset[str]], *, threshold: int
) -> Iterable[tuple[str, str]]:
    """Pairs of large counts that differ by few, the people of one within those of the other,
    or nearly so.

    A small count is hidden itself, so that nothing can be taken from it.
    """
    known = [
        name for name, cell in facts.cells.items() if cell.value > threshold and members.get(name)
    ]
    for one, other in combinations(known, 2):
        more, less = sorted((one, other), key=lambda name: -facts.cells[name].value)
        by = facts.cells[more].value - facts.cells[less].value
        # Where some are outside, the difference still tells about how many are left.
        if 1 <= by <= threshold and 2 * len(members[less] - members[more]) <= by:
            yield one, other
