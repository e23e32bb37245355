"""Every address of the application, a line for each app."""

from __future__ import annotations

from django.urls import include, path

from payforsuccess.web.accounts.views import home as accounts

urlpatterns = [
    path("", accounts.home, name="home"),
    path("sign-in/", include("payforsuccess.web.accounts.sign_in_urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("<slug:initiative>/", include("payforsuccess.web.initiatives.urls")),
    path("<slug:initiative>/referrals/", include("payforsuccess.web.referrals.urls")),
    path("<slug:initiative>/people/", include("payforsuccess.web.people.urls")),
    path("<slug:initiative>/payments/", include("payforsuccess.web.payments.urls")),
    path("<slug:initiative>/amendments/", include("payforsuccess.web.amendments.urls")),
    path("<slug:initiative>/investors/", include("payforsuccess.web.investor.urls")),
    path("<slug:initiative>/accounts/", include("payforsuccess.web.accounts.urls")),
    path("<slug:initiative>/jobs/", include("payforsuccess.web.jobs.urls")),
    path("<slug:initiative>/data/", include("payforsuccess.web.desk.urls")),
    path("<slug:initiative>/audit/", include("payforsuccess.web.audit.urls")),
]
handler400 = "payforsuccess.web.ui.errors.bad_request"
handler403 = "payforsuccess.web.ui.errors.refused"
handler404 = "payforsuccess.web.ui.errors.not_found"
handler500 = "payforsuccess.web.ui.errors.failed"
