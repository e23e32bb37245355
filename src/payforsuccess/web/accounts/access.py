"""What someone may see and do in one initiative: memberships, and the answer of `governance`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, wraps
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from payforsuccess.deal import parties
from payforsuccess.governance.roles.actions import Action
from payforsuccess.governance.roles.cases import Case
from payforsuccess.governance.roles.may import No, Yes, may
from payforsuccess.governance.roles.role import Role
from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.accounts.models import Membership, Organisation, User
from payforsuccess.web.audit.actions import Actor
from payforsuccess.web.initiatives.models import Initiative

P = ParamSpec("P")
R = TypeVar("R")


class Refused(Exception):
    """Someone may not do what they asked for; the page says why, and who can."""

    def __init__(self, answer: No) -> None:
        super().__init__(answer.reason)
        self.answer = answer


@dataclass(frozen=True)
class Access:
    """One person in one initiative, on one day."""

    user: User
    initiative: Initiative
    memberships: tuple[Membership, ...]
    on: date

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The roles held today, each once."""
        return tuple(ROLES[name] for name in dict.fromkeys(m.role for m in self.memberships))

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        """The organisations worked for, each once."""
        return tuple({m.organisation_id: m.organisation for m in self.memberships}.values())

    def is_a(self, role: str) -> bool:
        """Whether the person holds the role."""
        return any(m.role == role for m in self.memberships)

    @property
    def supervises(self) -> bool:
        """Whether the person supervises case managers."""
        return any(m.is_supervisor and m.role == "case-manager" for m in self.memberships)

    def may(self, action: Action, case: Case | None = None) -> Yes | No:
        """Whether the person may see or do it, in this case.

        Who asks and what the employer is in the deal are filled in; the caller says the rest.
        """
        case = replace(
            case or Case(), person=self.user.full_name, employer_holds=self.employer_holds
        )
        return may(self.roles, action, case)

    def require(self, action: Action, case: Case | None = None) -> Yes:
        """The permission, or Refused with the reason."""
        answer = self.may(action, case)
        if isinstance(answer, No):
            raise Refused(answer)
        return answer

    @cached_property
    def employer_holds(self) -> tuple[parties.Role, ...]:
        """What the person's organisations are in the deal in force."""
        names = {organisation.party for organisation in self.organisations} - {""}
        return self.initiative.roles_of(names)

    def actor(self, action: Action | None = None) -> Actor:
        """How the log names the person: in the role that allows the action, else in the first."""
        held = next(
            (m for m in self.memberships if action and action in ROLES[m.role].may),
            self.memberships[0],
        )
        return Actor(
            self.user.public_id,
            self.user.full_name,
            held.role,
            held.organisation.name,
            self.initiative.slug,
        )


def access_to(user: User, slug: str) -> Access:
    """The person's access to an initiative today; 404 for whoever has none: it does not exist."""
    on = timezone.localdate()
    memberships = tuple(
        Membership.objects.filter(
            Q(until_on=None) | Q(until_on__gte=on),
            user=user,
            user__is_active=True,
            initiative__slug=slug,
            from_on__lte=on,
            confirmed_at__isnull=False,
        ).select_related("organisation", "initiative")
    )
    if not memberships:
        raise Http404
    return Access(user, memberships[0].initiative, memberships, on)


View = Callable[..., HttpResponse]
"""Takes the request, the access, and what the address names."""


def needs(*actions: Action, case: Case | None = None) -> Callable[[View], View]:
    """A page for members of the initiative who may do one of the actions.

    Others of the initiative are told why and who can (403). To everyone else it does not exist
    (404). The case holds for the page as a whole: `Case(is_own=True)` where every row on it comes
    from a query of the person's own. The actions are kept on the view, for the test that holds
    every address to every role.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        @login_required
        def page(request: HttpRequest, initiative: str, **rest: Any) -> HttpResponse:
            access = access_to(request.user, initiative)  # type: ignore[arg-type]
            request.access = access  # type: ignore[attr-defined]
            answers = [access.may(action, case) for action in actions]
            try:
                if not any(answers):
                    raise Refused(next(a for a in answers if isinstance(a, No)))
                return view(request, access, **rest)
            except Refused as refused:
                return render(request, "ui/refused.html", {"answer": refused.answer}, status=403)

        page.needs = actions  # type: ignore[attr-defined]
        return page

    return wrap


def action(write: Callable[P, R]) -> Callable[P, R]:
    """A writer: one transaction, in which the change and its event stand or fall together."""

    @wraps(write)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            return write(*args, **kwargs)

    whole.is_action = True  # type: ignore[attr-defined]
    return whole
