"""The addresses of referrals."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.referrals.views import (
    answering,
    dates,
    flows,
    listing,
    making,
    one,
    releases,
    same,
)

app_name = "referrals"
urlpatterns = [
    path("", listing.all_of_them, name="list"),
    path("new/", making.new, name="new"),
    path("several/", making.several, name="several"),
    path("paper/", making.paper, name="paper"),
    path("releases/", releases.releases, name="releases"),
    path("flow/", flows.flow, name="flow"),
    path("same-person/", same.same, name="same"),
    path("<slug:code>/", one.one, name="one"),
    path("<slug:code>/receipt/", making.receipt, name="receipt"),
    path("<slug:code>/facts/", making.facts, name="facts"),
    path("<slug:code>/answer/", answering.answer, name="answer"),
    path("<slug:code>/draw/", answering.draw, name="draw"),
    path("<slug:code>/release/", dates.release, name="release"),
    path("<slug:code>/expected/", dates.expected, name="expected"),
    path("<slug:code>/hearing/", dates.hearing, name="hearing"),
]
