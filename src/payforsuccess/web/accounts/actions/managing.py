"""Giving and ending roles, new passwords, and what happens when someone leaves."""

from __future__ import annotations

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from payforsuccess.errors import Problem, Refusal
from payforsuccess.governance.roles.holding import Employer, why_not_held
from payforsuccess.governance.roles.second_person import waits_for_counsel
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import Membership, Organisation, User
from payforsuccess.web.accounts.passwords import new_password
from payforsuccess.web.audit.actions import Actor, record


@action
def give_role(
    *,
    by: Access,
    user: User,
    organisation: Organisation,
    role: str,
    from_on: date,
    site: str = "",
    is_supervisor: bool = False,
) -> Membership:
    """Someone takes a role in the initiative; the account of who had left is opened again.

    A role that determines, approves, pays or gives roles waits for Counsel. Refuses oneself, a role
    that the employer spoils, and one that does not go with those held.
    """
    by.require("manage-accounts")
    _refuse_self(by, user)
    _refuse_unfit(by, user, organisation, role)
    member = Membership(
        user=user,
        organisation=organisation,
        initiative=by.initiative,
        role=role,
        from_on=from_on,
        site=site,
        is_supervisor=is_supervisor and role == "case-manager",
        given_by=by.user,
    )
    counsel = by.initiative.memberships.filter(role="counsel", confirmed_at__isnull=False)
    had_counsel = role == "counsel" and counsel.exists()
    waits = waits_for_counsel(role, had_counsel=had_counsel)
    if not waits:
        member.confirmed_at = timezone.now()
    member.full_clean()
    member.save()
    after: dict[str, object] = {
        "account": user.public_id,
        "role": role,
        "from_on": from_on,
        "site": site,
    }
    if waits:
        after |= {"waits_for_counsel": True}
    elif role == "counsel":
        after |= {"is_first_counsel": True}
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        after |= {"is_opened_again": True}
    record(by.actor("manage-accounts"), "membership.began", member, after=after)
    return member


@action
def end_role(*, by: Access, member: Membership, until_on: date) -> None:
    """Someone gives up a role with the end of a day; what they did under it stays.

    Refuses a role that has ended, a day before its first, and one later than its last.
    """
    by.require("manage-accounts")
    _refuse_self(by, member.user)
    _refuse_longer(by, member, until_on)
    record(
        by.actor("manage-accounts"),
        "membership.ended",
        member,
        before={"until_on": member.until_on},
        after={"account": member.user.public_id, "role": member.role, "until_on": until_on},
    )
    member.until_on = until_on
    member.save()


@action
def off_board(*, by: Access, user: User) -> bool:
    """Someone leaves now: every role of the initiative ends, and every open session.

    With no role left in another initiative the account is shut too; returns whether it is. Who has
    one signs in again there, and sees nothing of this initiative. Refuses who works only elsewhere.
    """
    by.require("manage-accounts")
    _refuse_self(by, user)
    _refuse_elsewhere(by, user)
    running = _running(by, user)
    here = running.filter(initiative=by.initiative)
    is_shut = not running.exclude(initiative=by.initiative).exists()
    ended = here.update(until_on=by.on - timedelta(days=1))
    if is_shut:
        user.is_active = False
        user.save(update_fields=["is_active"])
    record(
        by.actor("manage-accounts"),
        "account.off-boarded",
        user,
        after={"roles_ended": ended, "sessions_ended": _end_sessions(user), "is_shut": is_shut},
    )
    return is_shut


@action
def give_password(*, by: Access, user: User) -> str:
    """A new password that holds until the next sign-in, for who lost theirs; sessions end.

    Refuses who works only elsewhere: whoever gives a password could sign in as them there.
    """
    by.require("manage-accounts")
    _refuse_self(by, user)
    _refuse_elsewhere(by, user)
    password = new_password()
    user.set_password(password)
    user.is_password_temporary = True
    user.save(update_fields=["password", "is_password_temporary"])
    record(
        by.actor("manage-accounts"),
        "account.password-given",
        user,
        after={"sessions_ended": _end_sessions(user)},
    )
    return password


@action
def give_way_back(*, by: Access, user: User) -> str:
    """A new password for who lost the second step of signing in; the old step is gone.

    Whoever gives it could sign in as them until they do: roles of theirs that determine, approve or
    pay wait for Counsel again. Refuses oneself, and who works only elsewhere.
    """
    by.require("manage-accounts")
    _refuse_self(by, user)
    _refuse_elsewhere(by, user)
    waiting = [
        member.pk
        for member in _running(by, user)
        if waits_for_counsel(member.role, had_counsel=True)
    ]
    user.memberships.filter(pk__in=waiting).update(
        given_by=by.user, confirmed_by=None, confirmed_at=None
    )
    password, told = _begin_anew(user)
    after = {**told, "roles_waiting": len(waiting)}
    record(by.actor("manage-accounts"), "account.way-back-given", user, after=after)
    return password


@action
def recover_account(*, by: Actor, user: User) -> str:
    """The same from the server, for the only one who manages accounts; roles stay as they are."""
    password, told = _begin_anew(user)
    record(by, "account.way-back-given", user, after=told)
    return password


def _begin_anew(user: User) -> tuple[str, dict[str, object]]:
    """A new first password, and what ended with the old one, for the log."""
    password = new_password()
    user.set_password(password)
    user.is_password_temporary = True
    user.save(update_fields=["password", "is_password_temporary"])
    factors, _each = Authenticator.objects.filter(user=user).delete()
    return password, {"factors": factors, "sessions_ended": _end_sessions(user)}


def _end_sessions(user: User) -> int:
    """End every open session of an account; returns how many there were."""
    own = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=timezone.now())
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=own).delete()
    return len(own)


def _refuse_self(by: Access, user: User) -> None:
    """Nobody gives, ends or resets what is their own: a second person must."""
    if by.user == user:
        raise Refusal(
            [
                Problem(
                    _("You cannot change your own account or roles."),
                    _("Ask another person who manages accounts."),
                )
            ]
        )


def _running(by: Access, user: User) -> QuerySet[Membership]:
    """The roles that someone has today or is going to have, wherever."""
    return user.memberships.filter(Q(until_on=None) | Q(until_on__gte=by.on))


def _refuse_elsewhere(by: Access, user: User) -> None:
    """An account that serves other initiatives alone is kept by those who manage it there."""
    initiatives = set(_running(by, user).values_list("initiative", flat=True))
    if initiatives and by.initiative.pk not in initiatives:
        raise Refusal(
            [
                Problem(
                    _("They have no role here any more, and work in another initiative."),
                    _("Ask whoever manages accounts there."),
                )
            ]
        )


def _refuse_longer(by: Access, member: Membership, until_on: date) -> None:
    """A role that is ended is not made longer by it: that would be a role given anew."""
    last = member.until_on
    if last is not None and last < by.on:
        problem = Problem(_("This role has ended."), _("Give it anew, where it is needed again."))
    elif until_on < member.from_on:
        problem = Problem(
            _("The day is before the first day of the role."), _("Write that day or a later one.")
        )
    elif last is not None and until_on > last:
        problem = Problem(
            _("The role ends earlier than that already."),
            _("Write an earlier day, or give the role anew once it has ended."),
        )
    else:
        return
    raise Refusal([problem])


def _refuse_unfit(by: Access, user: User, organisation: Organisation, role: str) -> None:
    """The rule of `governance` on who may hold a role, with what the deal says of the employer."""
    employer = Employer(
        by.initiative.roles_of({organisation.party} - {""}), organisation.is_law_enforcement
    )
    held = _running(by, user).filter(initiative=by.initiative)
    besides = held.values_list("role", flat=True)
    if role in besides:
        problem = Problem(_("They have this role already."), _("End it first, to give it anew."))
        raise Refusal([problem])
    if why := why_not_held(role, employer, besides=besides):
        raise Refusal(
            [Problem(why, _("Choose another role, or give it to someone of another organisation."))]
        )
