"""The evaluator's report as a file, once the work that writes it is done."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from payforsuccess.runs.folder import open_folder
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.desk import actions


@needs("plan-evaluation")
@freshly_signed_in
def report(request: HttpRequest, access: Access) -> HttpResponse:
    """The report that was written last, with small numbers hidden; that it left is in the log."""
    file = open_folder(access.initiative.path).out / "reports" / actions.REPORT
    if not file.is_file():
        raise Http404
    content = actions.hand_out_report(by=access, content=file.read_bytes())
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{actions.REPORT}"'
    return answer
