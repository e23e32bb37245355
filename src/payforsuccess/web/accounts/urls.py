"""The addresses of accounts, emergencies and disclosures of an initiative."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.accounts.views import confirming, disclosures, emergencies, members

app_name = "accounts"
urlpatterns = [
    path("", members.members, name="members"),
    path("add/", members.add, name="add"),
    path("organisation/", members.organisation, name="organisation"),
    path("roles/", confirming.roles, name="roles"),
    path("roles/<slug:code>/", confirming.confirm, name="confirm"),
    path("emergency/", emergencies.emergency, name="emergency"),
    path("openings/", emergencies.openings, name="openings"),
    path("openings/<slug:code>/", emergencies.opening, name="opening"),
    path("disclosures/", disclosures.disclosures, name="disclosures"),
    path("disclosures/ask/", disclosures.ask, name="ask"),
    path("disclosures/<slug:code>/", disclosures.disclosure, name="disclosure"),
    path("of/<slug:code>/", members.one, name="one"),
    path("of/<slug:code>/role/", members.give, name="give"),
    path("of/<slug:code>/role/<slug:item>/end/", members.end, name="end"),
    path("of/<slug:code>/password/", members.password, name="password"),
    path("of/<slug:code>/second-step/", members.second_step, name="second-step"),
    path("of/<slug:code>/leave/", members.leave, name="leave"),
]
