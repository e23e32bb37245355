"""Which referrals someone sees, and how they stand together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from payforsuccess.governance.look_alike import why_alike
from payforsuccess.governance.referral import ENDS
from payforsuccess.governance.roles.actions import Action
from payforsuccess.governance.roles.cases import Case
from payforsuccess.governance.roles.may import No
from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.accounts.access import Access, Refused
from payforsuccess.web.accounts.models import Organisation
from payforsuccess.web.fields import blind_index
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.people.models import Participant
from payforsuccess.web.referrals.lottery import is_by_lot
from payforsuccess.web.referrals.models import Apart, Change, Referral
from payforsuccess.web.referrals.words import ALIKE, Text

if TYPE_CHECKING:
    from payforsuccess.web.referrals.actions import Person

OWN = Case(is_own=True)
UNANSWERED = ("made", "unclear", "eligible")
TOLD = ("placed", "services-as-usual")


def visible_to(access: Access) -> QuerySet[Referral]:
    """A referring office's own referrals; a provider's all; nobody else's any.

    Where chance decides, the provider sees whoever was placed and nobody else: not who waits for
    the draw, and not who has services as usual (R117).
    """
    every = access.initiative.referrals.select_related("participant", "office", "earlier")
    if access.may("answer-referrals"):
        if not is_by_lot(access.initiative):
            return every
        placed = Change.objects.filter(state="placed")
        return every.filter(
            ~Q(state="joined") & Exists(placed.filter(referral=OuterRef("pk")))
            | Q(state="joined") & Exists(placed.filter(referral=OuterRef("earlier")))
        )
    if access.may("see-own-referrals", OWN):
        return every.filter(office__in=access.organisations)
    return every.none()


def same_person(initiative: Initiative, person: Person) -> Participant | None:
    """Who is here already: by Social Security number, or by name and date of birth.

    Two people of one name and birthday with two numbers are two. Returns the row that was here
    first where somebody has several.
    """
    known = Participant.objects.filter(initiative=initiative).order_by("pk")
    named = known.filter(
        name_mark=blind_index(person.family_name, person.given_name, person.born_on.isoformat())
    )
    if not person.ssn:
        found = named.first()
    else:
        number = blind_index(person.ssn)
        found = known.filter(ssn_mark=number).first() or named.filter(ssn_mark="").first()
    return found.first if found else None


def standing_of(participant: Participant, *, office: Organisation | None = None) -> Referral | None:
    """The referral of a person that a new one meets: the first draw, or one still active.

    Of those that are active, one with an answer comes before one that waits for it.

    office: of those that this office made alone.
    """
    of_person = Referral.objects.filter(participant__in=participant.rows())
    of_person = of_person.exclude(state="joined").order_by("made_at", "pk")
    if office is not None:
        of_person = of_person.filter(office=office)
    if is_by_lot(participant.initiative):
        told = Change.objects.filter(referral=OuterRef("pk"), state__in=TOLD).order_by("at", "pk")
        drawn = of_person.annotate(told_at=Subquery(told.values("at")[:1])).exclude(told_at=None)
        if first := drawn.order_by("told_at", "made_at", "pk").first():
            return first
    active = of_person.exclude(state__in=ENDS)
    return active.exclude(state__in=UNANSWERED).first() or active.first()


def met_before(referral: Referral) -> Referral | None:
    """The other referral of the same person whose answer stands, if one does."""
    standing = standing_of(referral.participant)
    if standing is None or standing == referral or standing.state in UNANSWERED:
        return None
    return standing


def is_served_otherwise(participant: Participant) -> bool:
    """Whether someone whom the first draw did not place was enrolled after a later one."""
    standing = standing_of(participant)
    if standing is None or standing.state != "services-as-usual":
        return False
    served = Referral.objects.filter(participant__in=participant.rows())
    return served.exclude(pk=standing.pk).exclude(enrolment=None).exists()


def office_of(access: Access, action: Action) -> Organisation:
    """The organisation for which someone acts: the one in whose role they may."""
    held = (m.organisation for m in access.memberships if action in ROLES[m.role].may)
    return next(held, access.organisations[0])


def keys_of(referral: Referral) -> tuple[str, ...]:
    """The keys under which the list may hold the person: the row's own, then the first row's."""
    own = referral.participant
    return (own.key,) if own.alias_of is None else (own.key, own.alias_of.key)


@dataclass(frozen=True)
class Pair:
    """Two rows that could be one person, and why."""

    one: Participant
    other: Participant
    why: str

    @property
    def reason(self) -> Text:
        """Why, in the reader's language."""
        return ALIKE.get(self.why, self.why)

    @property
    def two(self) -> tuple[Participant, Participant]:
        """Both, the one that was here first before the other."""
        return self.one, self.other


def may_judge(access: Access) -> bool:
    """Whether someone decides if two rows are one person."""
    if access.may("review-links"):
        return True
    is_supervisor = any(membership.is_supervisor for membership in access.memberships)
    return bool(
        is_supervisor and access.may("answer-referrals") and access.may("see-identifiers", OWN)
    )


def require_judge(access: Access) -> None:
    """Refused to all but a provider's supervisor and those who decide uncertain matches."""
    if not may_judge(access):
        raise Refused(
            No(
                "Whether two rows are one person is decided by a supervisor.",
                "A supervisor of the provider, or a link reviewer.",
            )
        )


def people_judged_by(access: Access) -> QuerySet[Participant]:
    """The people about whom someone may decide: a supervisor's visible ones, a reviewer's all."""
    people = Participant.objects.filter(initiative=access.initiative, alias_of=None)
    if access.may("review-links"):
        return people
    return people.filter(pk__in=visible_to(access).values("participant"))


def alike(access: Access) -> Iterator[Pair]:
    """Rows of one family name that could be one person, but for those that were told apart."""
    people = people_judged_by(access)
    marks = (
        people.values("family_mark")
        .annotate(alike=Count("pk"))
        .filter(alike__gt=1)
        .values("family_mark")
    )
    by_mark: dict[str, list[Participant]] = {}
    for person in people.filter(family_mark__in=marks).order_by("pk"):
        by_mark.setdefault(person.family_mark, []).append(person)
    apart = set(
        Apart.objects.filter(one__initiative=access.initiative).values_list("one_id", "other_id")
    )
    for rows in by_mark.values():
        for one, other in combinations(rows, 2):
            why = why_alike(one.given_name, one.born_on, other.given_name, other.born_on)
            if why and (one.pk, other.pk) not in apart:
                yield Pair(one, other, why)
