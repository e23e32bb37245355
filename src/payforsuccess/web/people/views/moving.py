"""Someone goes to another site."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.actions.sites import change_site
from payforsuccess.web.people.caseload import address
from payforsuccess.web.people.forms import SiteForm
from payforsuccess.web.people.queries import known_sites
from payforsuccess.web.people.views.doing import do
from payforsuccess.web.people.views.finding import own_enrolment


@needs("record-services")
def to_site(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The site at which someone is from a day on."""
    row = own_enrolment(access, code)
    if row.exited_on is not None:
        raise Http404
    is_own = row.case_manager_id == access.user.pk
    sites = [site for site in known_sites(access) if site != row.site]
    return do(
        request,
        SiteForm(
            request.POST or None,
            sites=[(site, site) for site in sites],
            initial={"on": access.on},
        ),
        lambda said: change_site(by=access, enrolment=row, site=said["site"], on=said["on"]),
        heading=_("Change the site"),
        lead=_("The person is at %(site)s now. Hand over as well if the case manager changes.")
        % {"site": row.site},
        submit=_("Change the site"),
        done=_("The new site is recorded."),
        back=address("one", access, code) if is_own else address("today", access),
        more={"row": row},
    )
