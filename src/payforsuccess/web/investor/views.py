"""Capital as investors see it: where it stands, whose turn it is, one call, the quarter's pack."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.finance.capital_record.calls import CallState
from payforsuccess.runs.folder import open_folder
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.audit.actions import Actor
from payforsuccess.web.initiatives.worked_out import kept_in
from payforsuccess.web.investor import actions, tables
from payforsuccess.web.investor.books import Books, books_or_404, read_books
from payforsuccess.web.investor.own import parties_of
from payforsuccess.web.investor.packs import FORMS, Pack, newest_pack
from payforsuccess.web.investor.queries import pack_job, untold_books
from payforsuccess.web.investor.steps import facts_of, may_answer, may_certify
from payforsuccess.web.investor.words import address_of, is_turn_of, label_of, sentence_of
from payforsuccess.web.jobs.actions import ask
from payforsuccess.web.jobs.models import FAILED, Job
from payforsuccess.web.jobs.words import STATE_OF
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.told import told_problem

Step = tuple[str, str, str]


@needs("see-investor-pack")
def capital_page(request: HttpRequest, access: Access) -> HttpResponse:
    """Balances, what waits and for whom, calls, what was paid out, and the odds."""
    try:
        books = read_books(access)
    except Refusal as refusal:
        problems = [told_problem(each) for each in refusal.problems]
        return render(request, "investor/capital.html", {"problems": problems})
    if untold_books(access.initiative):  # asked first: a look holds up nobody who writes
        system = Actor("", "The system", initiative=access.initiative.slug)
        actions.catch_up(by=system, initiative=access.initiative)
    folder, code = open_folder(access.initiative.path), books.currency
    status, record = books.status, books.record
    found, pack, job = kept_in(folder), newest_pack(folder), pack_job(access)
    fits = pack is not None and pack.fits(folder)
    context = {
        "status": status,
        "next": _next(access, books, fits=fits, job=job),
        "keeps": bool(access.may("call-capital")),
        "waiting": tables.waiting_table(access, record, status),
        "tranches": tables.tranches_table(status),
        "calls": tables.calls_table(access, status),
        "tests": tables.tests_table(record, status.deal) if status.deal.triggers else None,
        "votes": tables.votes_table(status) if status.votes else None,
        "closing": tables.closing_table(record),
        "paid_out": tables.paid_out_table(record, code, on=access.on),
        "bank": tables.bank_table(status),
        "has_accounts": bool(record.accounts),
        "notices": tables.notices_table(status),
        "found": found,
        "odds": tables.odds_table(found, code) if found and found.odds else None,
        "odds_are_old": found is not None and found.is_old(folder, access.on),
        "pack": pack,
        "fits": fits,
        "job": job,
        "job_state": _state_of(job),
        "job_problems": job.problems if job and job.state == FAILED else [],
        "forms": tuple(FORMS),
    }
    return render(request, "investor/capital.html", context)


@needs("see-investor-pack")
def call_page(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """One call: its certificates, its answer, what came, and what comes next."""
    books = books_or_404(access)
    state = books.call(name)
    given = {(each.condition, each.by): each for each in state.call.certificates}
    certificates = [
        (needed, given.get((needed.name, needed.certified_by)))
        for needed in books.record.draw_conditions
    ]
    context = {
        "heading": _("Call “%(name)s”") % {"name": name},
        "state": state,
        "facts": facts_of(books, state),
        "next": _next_of(access, state),
        "certificates": tables.certificates_table(
            certificates, lambda needed: _certify_url(access, state, needed.name)
        ),
        "received": tables.received_table(state, books.currency),
        "keeps": bool(access.may("call-capital")) and state.stands not in ("paid", "refused"),
        "answers": may_answer(access, state),
    }
    return render(request, "investor/call.html", context)


@needs("see-investor-pack")
@freshly_signed_in
def make(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask whether to make the pack, and have the worker make it."""
    back = reverse("investor:capital", args=[access.initiative.slug])
    if request.method == "POST":
        ask(by=access, kind="pack")
        messages.success(request, _("The pack is being made. Download it here once it is done."))
        return redirect(back)
    context = {
        "heading": _("Make the quarter’s pack"),
        "lead": _(
            "The forecast is made anew from the results signed so far, and simulated on the same "
            "draws that the payor sees. It is made by itself; you need not stay on the page."
        ),
        "submit": _("Make the pack"),
        "cancel": back,
    }
    return render(request, "ui/confirm.html", context)


@needs("see-investor-pack")
@freshly_signed_in
def download(request: HttpRequest, access: Access, form: str) -> HttpResponse:
    """The newest pack as a file."""
    pack: Pack | None = newest_pack(open_folder(access.initiative.path))
    if pack is None or form not in FORMS:
        raise Http404
    answer = HttpResponse(
        actions.take_out(by=access, pack=pack, form=form), content_type=FORMS[form]
    )
    answer["Content-Disposition"] = f'attachment; filename="investors-{pack.on}.{form}"'
    return answer


def _next(access: Access, books: Books, *, fits: bool, job: Job | None) -> Step:
    """What this reader does next: their own turn first, then whom to remind, then the pack."""
    for each in books.status.waits:
        if is_turn_of(access, each):
            url = address_of(access, each)
            words = sentence_of(books.record, each, pays=each.who in parties_of(access))
            return words, url, label_of(each) if url else ""
    for each in books.status.waits:
        if each.who:
            words = _("Call “%(call)s” waits for %(who)s. Remind them.")
            if each.what == "certify":
                words = _("Call “%(call)s” waits for a certificate of %(who)s. Remind them.")
            elif each.what == "vote":
                words = _("%(who)s has not voted for %(call)s yet. Remind them.")
            return words % {"call": each.name, "who": each.who}, "", ""
    if fits:
        return _("Nothing here waits for you today. The pack is up to date."), "", ""
    if job is not None and job.is_open:
        return _("The quarter’s pack is being made. Come back in a minute."), "", ""
    url = reverse("investor:make", args=[access.initiative.slug])
    words = _("The quarter’s pack is not made from what is known today.")
    return words, url, _("Make the pack")


def _next_of(access: Access, state: CallState) -> Step:
    """What comes next of a call, and the button for who does it."""
    slug, name = access.initiative.slug, state.call.name
    if state.stands == "refused":
        return _("Nothing is owed on it. If the money is still needed, make a new call."), "", ""
    if state.stands == "paid":
        return _("All of it came. Nothing is left to do here."), "", ""
    for needed in state.lacking:
        url = _certify_url(access, state, needed.name)
        if url:
            words = _("Certify: “%(says)s”.") % {"says": needed.says.rstrip(".")}
            return words, url, _("Certify")
    if state.stands == "to-answer" and may_answer(access, state):
        url = reverse("investor:answer", args=[slug, name])
        return _("All is certified. Consent to the call, or refuse it."), url, _("Answer the call")
    if state.stands in ("to-pay", "overdue") and access.may("call-capital"):
        url = reverse("investor:received", args=[slug, name])
        return _("Note the money once the bank shows it."), url, _("Note the money")
    if state.stands in ("to-pay", "overdue") and state.party in parties_of(access):
        values = {"name": name, "day": cells.day_words(state.call.due_on)}
        return _("Pay call “%(name)s” by %(day)s.") % values, "", ""
    who = ", ".join(state.turn_of)
    return _("It waits for %(who)s.") % {"who": who}, "", ""


def _certify_url(access: Access, state: CallState, condition: str) -> str:
    """Where someone certifies a condition; empty for who may not, or where it is given."""
    needed = next((each for each in state.lacking if each.name == condition), None)
    if needed is None or not may_certify(access, needed.certified_by):
        return ""
    return reverse("investor:certify", args=[access.initiative.slug, state.call.name, condition])


def _state_of(job: Job | None) -> object:
    if job is None:
        return None
    word, tone = STATE_OF[job.state]
    return cells.status(word=word, tone=tone)
