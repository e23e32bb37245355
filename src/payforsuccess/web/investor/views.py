"""Capital as investors see it: where it stands, what comes next, and the quarter's pack."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.errors import Refusal
from payforsuccess.runs.finance.capital import capital
from payforsuccess.runs.finance.capital_file import capital_record_of
from payforsuccess.runs.folder import DealFolder, open_folder
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.initiatives.worked_out import kept_in
from payforsuccess.web.investor import actions, tables
from payforsuccess.web.investor.packs import FORMS, Pack, newest_pack
from payforsuccess.web.ui.cells import day_words
from payforsuccess.web.ui.told import told_problem


@needs("see-investor-pack")
def capital_page(request: HttpRequest, access: Access) -> HttpResponse:
    """Balances, calls with their certificates, what was paid out, and the odds."""
    folder = open_folder(access.initiative.path)
    deal = access.initiative.deal
    try:
        status = capital(folder.root, as_of=access.on)
        record, _file = capital_record_of(folder, folder.history().latest, needed=True)
    except Refusal as refusal:
        problems = [told_problem(each) for each in refusal.problems]
        return render(request, "investor/capital.html", {"problems": problems})
    found, pack = kept_in(folder), newest_pack(folder)
    context = {
        "status": status,
        "next": _next(access, record, folder, pack),
        "tranches": tables.tranches_table(status),
        "calls": tables.calls_table(record, deal.currency, on=access.on),
        "closing": tables.closing_table(record),
        "paid_out": tables.paid_out_table(record, deal.currency, on=access.on),
        "bank": tables.bank_table(status),
        "notices": tables.notices_table(status),
        "found": found,
        "odds": tables.odds_table(found, deal.currency) if found and found.odds else None,
        "pack": pack,
        "fits": pack is not None and pack.fits(folder),
        "forms": tuple(FORMS),
    }
    return render(request, "investor/capital.html", context)


@needs("see-investor-pack")
@freshly_signed_in
def make(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask whether to make the pack, and make it."""
    back = reverse("investor:capital", args=[access.initiative.slug])
    problems: list[str] = []
    if request.method == "POST":
        try:
            actions.make(by=access, on=access.on)
        except Refusal as refusal:
            problems = [told_problem(each) for each in refusal.problems]
        else:
            messages.success(request, _("The pack is made. Download it below."))
            return redirect(back)
    context = {
        "heading": _("Make the quarter’s pack"),
        "lead": _(
            "The forecast is made anew from the results signed so far, and simulated on the same "
            "draws that the payor sees. It takes up to a minute; stay on the page."
        ),
        "submit": _("Make the pack"),
        "problems": problems,
        "cancel": back,
    }
    return render(request, "investor/make.html", context, status=409 if problems else 200)


@needs("see-investor-pack")
@freshly_signed_in
def download(request: HttpRequest, access: Access, form: str) -> HttpResponse:
    """The newest pack as a file."""
    pack = newest_pack(open_folder(access.initiative.path))
    if pack is None or form not in FORMS:
        raise Http404
    answer = HttpResponse(
        actions.take_out(by=access, pack=pack, form=form), content_type=FORMS[form]
    )
    answer["Content-Disposition"] = f'attachment; filename="investors-{pack.on}.{form}"'
    return answer


def _next(
    access: Access, record: CapitalRecord, folder: DealFolder, pack: Pack | None
) -> tuple[str, str, str]:
    """What this reader does next: a certificate, money that is due, or the pack."""
    own = {organisation.party for organisation in access.organisations}
    lent = {each.name for each in access.initiative.deal.capital if each.party in own}
    for call in record.calls:
        came = sum(each.amount for each in call.received if each.on <= access.on)
        if call.asked_on > access.on or came >= call.amount:
            continue
        lacking = tables.lacking_of(record, call, on=access.on)
        for says, by in lacking:
            if by in own:
                return _certify(call.name, says, call.due_on), "", ""
        if call.tranche in lent and not lacking:
            words = _("Call “%(call)s” is certified. Pay it by %(day)s.")
            return words % {"call": call.name, "day": day_words(call.due_on)}, "", ""
        if lacking:
            who = ", ".join(by for _says, by in lacking)
            words = _("Call “%(call)s” waits for a certificate of %(who)s. Remind them.")
            return words % {"call": call.name, "who": who}, "", ""
    if pack is None or not pack.fits(folder):
        url = reverse("investor:make", args=[access.initiative.slug])
        return (
            _("The quarter’s pack is not made from what is known today."),
            url,
            _("Make the pack"),
        )
    return _("Nothing here waits for you today. The pack is up to date."), "", ""


def _certify(call: str, says: str, due: date) -> str:
    words = _(
        "Call “%(call)s” needs your certificate by %(day)s: “%(says)s”. Send it to the project "
        "manager, who enters it in the books."
    )
    return words % {"call": call, "day": day_words(due), "says": says.rstrip(".")}
