"""The page on which the evaluator signs anew, where a newer measurement is not what was signed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.folder import open_folder
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.payments import actions
from payforsuccess.web.payments.again import again_of
from payforsuccess.web.payments.anew import signed_and_found
from payforsuccess.web.payments.checks import checks_words
from payforsuccess.web.payments.doing import Doing, back_to, do
from payforsuccess.web.payments.forms import AgainForm
from payforsuccess.web.payments.turns import page_of, period_words, url_of
from payforsuccess.web.ui import cells


@needs("determine-outcomes", case=Case())
@freshly_signed_in
def sign_again(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """The evaluator signs what was found now in place of what was signed, with a reason."""
    page = page_of(access, period)
    again = again_of(open_folder(access.initiative.path), period)
    if again is None and page.facts.determined_on is None:
        raise Http404
    if again is None:
        return back_to(request, access, page, _("The newest measurement is what was signed."))
    form = AgainForm(request.POST or None, initial={"seen": again.checksum})
    doing = Doing(
        _("Sign anew"),
        _("What you sign takes the place of what was signed. The first stays on record."),
        _("Sign anew"),
        _("The results are signed. What they change comes as a correction in the next statement."),
        lambda: actions.sign_again(
            by=access,
            period=period,
            reason=form.cleaned_data["reason"],
            on=access.on,
            seen=form.cleaned_data["seen"],
        ),
        [
            (_("Period"), period_words(page)),
            (_("Signed by"), again.was.signed_by),
            (_("Day"), cells.day(again.was.on)),
            (_("Checks"), checks_words(access, open_folder(access.initiative.path))),
        ],
        warning=_("A signed result is never changed. A later one takes its place, with a reason."),
        results=signed_and_found(access, again.differs, again.was.results, again.results),
        renewed=lambda: _renewed(access, period, form),
    )
    return do(request, doing, form, back=url_of("period", access, page))


def _renewed(access: Access, period: int, sent: AgainForm) -> AgainForm:
    """The form with the reason as it was written, and the checksum of what is shown now."""
    again = again_of(open_folder(access.initiative.path), period)
    seen = "" if again is None else again.checksum
    return AgainForm(initial={"seen": seen, "reason": sent.cleaned_data["reason"]})
