"""Who has an account here: a list, someone new, further roles, their end, and leaving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.actions import (
    add_organisation,
    add_user,
    bring_organisation,
    end_role,
    give_password,
    give_role,
    give_way_back,
    off_board,
)
from payforsuccess.web.accounts.forms import LastDayForm, MemberForm, OrganisationForm, RoleForm
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.accounts.models import Membership, User
from payforsuccess.web.accounts.passwords import new_password
from payforsuccess.web.accounts.queries import caseload_size, held_in, known_in
from payforsuccess.web.ui.cells import link, status
from payforsuccess.web.ui.components import Fact
from payforsuccess.web.ui.tables import Column, Table
from payforsuccess.web.ui.told import told, told_problem


@needs("manage-accounts")
def members(request: HttpRequest, access: Access) -> HttpResponse:
    """Everyone with a role, by name; those who left are asked for."""
    with_ended = "ended" in request.GET
    page = Paginator(held_in(access, with_ended=with_ended), 50).get_page(request.GET.get("page"))
    rows = [
        (
            link(member.user.full_name, address("one", access, member.user.public_id)),
            role_words(member),
            member.organisation.name,
            member.from_on,
            member.until_on,
            member.user.last_login,
        )
        for member in page
    ]
    table = Table(
        caption=_("Accounts and their roles"),
        columns=(
            Column(_("Person")),
            Column(_("Role")),
            Column(_("Organisation")),
            Column(_("From")),
            Column(_("To")),
            Column(_("Last signed in")),
        ),
        rows=rows,
        empty=_("Nobody has a role here. Add the first person."),
        is_caption_hidden=True,
    )
    context = {"table": table, "page": page, "with_ended": with_ended, "links": links(access)}
    return render(request, "accounts/members.html", context)


@needs("manage-accounts")
@freshly_signed_in
def add(request: HttpRequest, access: Access) -> HttpResponse:
    """Someone new with a first role; a first password shows once."""
    form = MemberForm(access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        first = new_password() if said["way"] == "password" else None
        try:
            with transaction.atomic():
                user = add_user(
                    by=access.actor("manage-accounts"),
                    username=said["username"],
                    full_name=said["full_name"],
                    password=first,
                    is_temporary=first is not None,
                )
                give_role(by=access, user=user, **_role(form))
        except Refusal as refusal:
            refused(form, refusal)
        else:
            return _welcome(request, access, user, first)
    context = {"form": form, "heading": _("Add someone"), "links": links(access)}
    return render(request, "accounts/form.html", context)


@needs("manage-accounts")
def organisation(request: HttpRequest, access: Access) -> HttpResponse:
    """An organisation that people work for."""
    form = OrganisationForm(access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, elsewhere = access.actor("manage-accounts"), form.known_elsewhere
        if elsewhere is not None:
            made = bring_organisation(by=by, organisation=elsewhere)
        else:
            made = add_organisation(by=by, **form.cleaned_data)
        messages.success(request, _("%(name)s is added.") % {"name": made.name})
        return redirect(address("add", access))
    context = {"form": form, "heading": _("Add an organisation"), "links": links(access)}
    return render(request, "accounts/form.html", context)


@needs("manage-accounts")
def one(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """One account: its roles, and what can be done with it."""
    user = known(access, code)
    roles = [
        (
            role_words(member),
            member.organisation.name,
            member.from_on,
            member.until_on,
            _state(access, member),
        )
        for member in user.memberships.filter(initiative=access.initiative).order_by("-from_on")
    ]
    table = Table(
        caption=_("Roles"),
        columns=(
            Column(_("Role")),
            Column(_("Organisation")),
            Column(_("From")),
            Column(_("To")),
            Column(_("What you can do")),
        ),
        rows=roles,
    )
    facts = [
        Fact(_("Name to sign in with"), user.username),
        Fact(_("State"), _shut() if not user.is_active else status(word=_("Open"), tone="good")),
        Fact(_("Last signed in"), user.last_login),
    ]
    context = {
        "whose": user,
        "facts": facts,
        "table": table,
        "caseload": caseload_size(access, user),
        "is_own": user == access.user,
        "links": links(access)
        | {name: address(name, access, code) for name in ("give", "password", "leave")},
        "second_step": address("second-step", access, code),
        "opened": f"{reverse('audit:opened', args=[access.initiative.slug])}?by={code}",
    }
    return render(request, "accounts/one.html", context)


@needs("manage-accounts")
@freshly_signed_in
def give(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """A further role for someone known."""
    user = known(access, code)
    form = RoleForm(access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = give_role(by=access, user=user, **_role(form))
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(
                request,
                _("The role is given.")
                if member.confirmed_at
                else _("The role is given, and holds once Counsel confirms it."),
            )
            return redirect(address("one", access, code))
    heading = _("A role for %(name)s") % {"name": user.full_name}
    context = {"form": form, "heading": heading, "links": links(access)}
    return render(request, "accounts/form.html", context)


@needs("manage-accounts")
@freshly_signed_in
def end(request: HttpRequest, access: Access, code: str, item: str) -> HttpResponse:
    """A role ends with a day."""
    user = known(access, code)
    member = user.memberships.filter(initiative=access.initiative, public_id=item).first()
    if member is None:
        raise Http404
    form = LastDayForm(request.POST or None, initial={"until_on": access.on})
    if request.method == "POST" and form.is_valid():
        try:
            end_role(by=access, member=member, until_on=form.cleaned_data["until_on"])
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("The role ends with that day."))
            return redirect(address("one", access, code))
    context = {
        "heading": _("End a role of %(name)s") % {"name": user.full_name},
        "facts": [(_("Role"), role_words(member)), (_("From"), member.from_on)],
        "form": form,
        "submit": _("End the role"),
        "cancel": address("one", access, code),
    }
    return render(request, "ui/confirm.html", context)


@needs("manage-accounts")
@freshly_signed_in
def password(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """A new first password, for who lost theirs; it shows once."""
    user = known(access, code)
    context = {
        "heading": _("A new password for %(name)s") % {"name": user.full_name},
        "warning": _("The old password ends, and every open session with it."),
        "submit": _("Make a new password"),
    }
    return _let_in_again(request, access, user, give_password, context)


@needs("manage-accounts")
@freshly_signed_in
def second_step(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The second step of signing in goes, with a new first password; it shows once."""
    user = known(access, code)
    context = {
        "heading": _("%(name)s lost the second step of signing in") % {"name": user.full_name},
        "warning": _(
            "The second step, the old password and every open session end. Roles that determine, "
            "approve, pay or give roles wait for Counsel again."
        ),
        "submit": _("Remove the second step and make a new password"),
        "is_dangerous": True,
    }
    return _let_in_again(request, access, user, give_way_back, context)


def _let_in_again(
    request: HttpRequest,
    access: Access,
    user: User,
    give: Callable[..., str],
    asks: Mapping[str, object],
) -> HttpResponse:
    """Ask first, then give a new first password and show it; or say why it is refused."""
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        try:
            first = give(by=access, user=user)
        except Refusal as refusal:
            form.is_valid()
            refused(form, refusal)
        else:
            return _welcome(request, access, user, first)
    context = {
        **asks,
        "lead": _("Make sure first that it is they who ask: call the number you have of them."),
        "form": form,
        "cancel": address("one", access, user.public_id),
    }
    return render(request, "ui/confirm.html", context)


@needs("manage-accounts")
@freshly_signed_in
def leave(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Someone leaves: roles and sessions end at once."""
    user = known(access, code)
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        try:
            is_shut = off_board(by=access, user=user)
        except Refusal as refusal:
            form.is_valid()
            refused(form, refusal)
        else:
            messages.success(
                request,
                _("Every role and session has ended, and the account is shut.")
                if is_shut
                else _("Every role here has ended. The account works in another initiative."),
            )
            return redirect(address("one", access, code))
    context = {
        "heading": _("%(name)s leaves") % {"name": user.full_name},
        "lead": _("Every role in this initiative and every open session ends at once."),
        "warning": _("What they did stays in the log under their name."),
        "facts": [(_("People on the caseload"), caseload_size(access, user))],
        "form": form,
        "submit": _("End all roles now"),
        "cancel": address("one", access, code),
        "is_dangerous": True,
    }
    return render(request, "ui/confirm.html", context)


def known(access: Access, code: str) -> User:
    """Someone who has or had a role in the initiative; others do not exist here."""
    user = known_in(access).filter(public_id=code).first()
    if user is None:
        raise Http404
    return user


def refused(form: forms.Form, refusal: Refusal) -> None:
    """Each problem above the form."""
    for problem in refusal.problems:
        form.add_error(None, ValidationError(told_problem(problem)))


def address(name: str, access: Access, *parts: str) -> str:
    """A page of accounts."""
    return reverse(f"accounts:{name}", args=[access.initiative.slug, *parts])


def links(access: Access) -> dict[str, str]:
    """The pages that others lead to."""
    return {name: address(name, access) for name in ("members", "add", "organisation")}


def role_words(member: Membership) -> str:
    """The role's title, with the site."""
    words = [told(ROLES[member.role].title), member.site]
    if member.is_supervisor:
        words.append(_("supervises"))
    return ", ".join(word for word in words if word)


def _role(form: RoleForm) -> dict[str, Any]:
    names = ("role", "site", "is_supervisor", "from_on")
    return {name: form.cleaned_data[name] for name in names} | {"organisation": form.employer}


def _state(access: Access, member: Membership) -> object:
    if member.until_on is not None and member.until_on < access.on:
        return _("Ended")
    if member.confirmed_at is None:
        waits = status(word=_("Waits for Counsel"), tone="waiting")
        return format_html("{} {}", waits, _ending(access, member))
    return _ending(access, member)


def _ending(access: Access, member: Membership) -> SafeString:
    url = address("end", access, member.user.public_id, member.public_id)
    return link(_("End this role"), url)


def _shut() -> object:
    return status(word=_("Shut"), tone="unknown")


def _welcome(request: HttpRequest, access: Access, user: User, first: str | None) -> HttpResponse:
    """The page with the first password, which no other page shows."""
    context = {"whose": user, "first": first, "links": links(access)}
    return render(request, "accounts/welcome.html", context)
