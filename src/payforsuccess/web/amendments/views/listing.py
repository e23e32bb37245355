"""All amendments, and one with what it changes and who consented."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from payforsuccess.governance.amended import amendments_found
from payforsuccess.runs.diff import diff
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.amendments import actions, shown
from payforsuccess.web.amendments.queries import (
    Standing,
    may_answer,
    one_of,
    standing_of,
    visible_to,
    waits_for,
)
from payforsuccess.web.amendments.words import STATES, TOUCHED, who_is_next
from payforsuccess.web.initiatives.deals import history_of
from payforsuccess.web.ui import cells


@needs("see-terms-and-statements")
def all_of_them(request: HttpRequest, access: Access) -> HttpResponse:
    """Every amendment, how it stands, and whose turn it is."""
    proposals = [standing_of(each, access) for each in visible_to(access)]
    here = {one.proposal.number for one in proposals if one.state in ("in-force", "to-come")}
    versions = [
        found
        for found in amendments_found(history_of(access.initiative.path).versions, on=access.on)
        if found.amendment.number not in here
    ]
    mine = waits_for(access)
    context = {
        "table": shown.amendments_table(access, proposals, versions),
        "mine": mine,
        "may_propose": access.may("keep-initiative"),
    }
    return render(request, "amendments/list.html", context)


@needs("see-terms-and-statements")
def one(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """One amendment: what it changes, whose consent it needs, and what was answered."""
    standing = one_of(access, code)
    proposal, proposed = standing.proposal, standing.proposed
    word, tone = STATES[standing.state]
    facts: list[tuple[str, object]] = [
        (_("How it stands"), cells.status(word=word, tone=tone)),
        (_("What changes"), proposal.says),
        (_("Proposed by"), proposal.by.full_name),
        (_("Proposed"), proposal.at),
    ]
    context: dict[str, object] = {
        "standing": standing,
        "title": shown.title_of(proposal.number),
        "who_is_next": who_is_next(standing),
        "mine": _mine(access, standing),
        "file_url": shown.url_of("file", access, standing),
    }
    if proposed is not None:
        touches = ", ".join(str(TOUCHED[each]) for each in proposed.amendment.touches)
        facts += [
            (_("Touches"), touches),
            (_("Governs from"), proposed.deal.in_force_from),
            (_("Checksum of the terms"), proposed.deal.terms_fingerprint),
        ]
        if standing.is_open:
            facts.append((_("Clock"), shown.clock_of(proposed.deal, on=access.on)))
        context |= {
            "changes": shown.changes_table(proposed.difference),
            "money": shown.money_table(proposed.difference),
            "consents": shown.consents_table(access, standing),
        }
    if access.may("keep-initiative") and standing.is_open:
        context["withdraw_url"] = shown.url_of("withdraw", access, standing)
        if standing.state == "complete":
            context["put_url"] = shown.url_of("put", access, standing)
    context["facts"] = facts
    return render(request, "amendments/one.html", context)


def _mine(access: Access, standing: Standing) -> str:
    """The page on which this person answers what nobody answered yet; empty without one."""
    for which in shown.waiting_of(standing):
        if may_answer(access, standing, which):
            return shown.url_of("answer", access, standing, which, "consented")
    return ""


@needs("see-terms-and-statements")
def version(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """An amendment that is a version of the deal, and was not proposed on these pages."""
    versions = history_of(access.initiative.path).versions
    found = amendments_found(versions, on=access.on)
    for at, each in enumerate(found, 1):
        if each.amendment.number != number:
            continue
        difference = diff(versions[at - 1], versions[at])
        state = "in-force" if each.in_force_from <= access.on else "to-come"
        word, tone = STATES[state]  # type: ignore[index]
        context = {
            "title": shown.title_of(number),
            "facts": [
                (_("How it stands"), cells.status(word=word, tone=tone)),
                (_("What changes"), each.amendment.says),
                (_("Governs from"), each.in_force_from),
            ],
            "changes": shown.changes_table(difference),
            "money": shown.money_table(difference),
            "consents": shown.recorded_table(each),
            "who_is_next": _("Nobody’s turn: nothing is left to do."),
        }
        return render(request, "amendments/one.html", context)
    raise Http404


@needs("see-terms-and-statements")
def file(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The amended deal file as it was proposed, to be read whole before anyone answers."""
    standing = one_of(access, code)
    actions.download(by=access, proposal=standing.proposal)
    answer = HttpResponse(standing.proposal.text, content_type="application/octet-stream")
    name = f"amendment-{standing.proposal.number}.yaml"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
