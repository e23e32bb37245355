"""Who joins: accounts, organisations, and roles as the office that installs gives them."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from payforsuccess.web.accounts.access import action
from payforsuccess.web.accounts.models import Membership, Organisation, User
from payforsuccess.web.audit.actions import Actor, record
from payforsuccess.web.initiatives.models import Initiative


@action
def add_user(
    *,
    by: Actor,
    username: str,
    full_name: str,
    password: str | None = None,
    is_temporary: bool = False,
) -> User:
    """A new account; without a password it can sign in through an identity provider alone.

    is_temporary: whether the password is to be changed at the first sign-in.
    """
    user = User(username=username, full_name=full_name, is_password_temporary=is_temporary)
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    record(by, "account.added", user)
    return user


@action
def add_organisation(
    *, by: Actor, name: str, party: str = "", is_law_enforcement: bool = False
) -> Organisation:
    """An organisation that people work for."""
    organisation = Organisation(name=name, party=party, is_law_enforcement=is_law_enforcement)
    organisation.full_clean()
    organisation.save()
    record(by, "organisation.added", organisation, after={"name": name, "party": party})
    return organisation


@action
def bring_organisation(*, by: Actor, organisation: Organisation) -> Organisation:
    """An organisation that people of another initiative work for can be chosen in this one too."""
    after = {"name": organisation.name, "party": organisation.party}
    record(by, "organisation.added", organisation, after=after)
    return organisation


@action
def add_member(
    *,
    by: Actor,
    user: User,
    organisation: Organisation,
    initiative: Initiative,
    role: str,
    from_on: date,
    site: str = "",
    is_supervisor: bool = False,
) -> Membership:
    """Someone takes a role at once: the office that installs answers for it."""
    member = Membership(
        user=user,
        organisation=organisation,
        initiative=initiative,
        role=role,
        from_on=from_on,
        site=site,
        is_supervisor=is_supervisor,
        confirmed_at=timezone.now(),
    )
    member.full_clean()
    member.save()
    record(
        by,
        "membership.began",
        member,
        after={"account": user.public_id, "role": role, "from_on": from_on, "site": site},
    )
    return member
