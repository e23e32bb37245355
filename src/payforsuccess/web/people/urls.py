"""The addresses of people and services."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.people.views import (
    consents,
    contact,
    extracts,
    follow_ups,
    harm,
    joining,
    moving,
    person,
    recording,
    site,
    today,
    wrong,
)

app_name = "people"
urlpatterns = [
    path("", today.today, name="today"),
    path("contacts/", today.contacts, name="contacts"),
    path("follow-ups/", follow_ups.all_of_them, name="follow-ups"),
    path("joining/", joining.joining, name="joining"),
    path("joining/<slug:code>/", joining.join, name="join"),
    path("site/", site.site, name="site"),
    path("hand-over/", site.handing_over, name="hand-over"),
    path("numbers/", site.numbers, name="numbers"),
    path("rights/", consents.rights, name="rights"),
    path("wrong-records/", wrong.every, name="wrong-records"),
    path("harm/", harm.harm, name="harm"),
    path("harm/report/", harm.report, name="report-harm"),
    path("harm/<slug:code>/", harm.one, name="harm-one"),
    path("extracts/", extracts.extracts, name="extracts"),
    path("extracts/<slug:extract>/", extracts.extract, name="extract"),
    path("<slug:code>/", person.one, name="one"),
    path("<slug:code>/contact/", contact.contact, name="contact"),
    path("<slug:code>/contact/draft/", contact.draft, name="draft"),
    path("<slug:code>/follow-up/", follow_ups.ask, name="ask"),
    path("<slug:code>/follow-up/<slug:item>/", follow_ups.close, name="follow-up"),
    path("<slug:code>/consent/", consents.consent, name="consent"),
    path("<slug:code>/consent/<slug:item>/withdraw/", consents.withdraw, name="withdraw"),
    path("<slug:code>/reach/", recording.reached, name="reach"),
    path("<slug:code>/moved-in/", recording.moved_in, name="move-in"),
    path("<slug:code>/moved-out/", recording.moved_out, name="move-out"),
    path("<slug:code>/site/", moving.to_site, name="to-site"),
    path("<slug:code>/left/", recording.left, name="leave"),
    path("<slug:code>/correct/", recording.corrected, name="correct"),
    path("<slug:code>/wrong-record/", wrong.report, name="wrong"),
    path("<slug:code>/wrong-record/<slug:item>/", wrong.one, name="wrong-one"),
]
