"""The addresses of capital."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.investor import notes, paying_out, steps, views

app_name = "investor"
urlpatterns = [
    path("", views.capital_page, name="capital"),
    path("call/", steps.call, name="new-call"),
    path("calls/<slug:name>/", views.call_page, name="call"),
    path("calls/<slug:name>/answer/", steps.answer, name="answer"),
    path("calls/<slug:name>/certify/<slug:condition>/", steps.certify, name="certify"),
    path("calls/<slug:name>/received/", steps.received, name="received"),
    path("payments/<int:statement>/", paying_out.enter, name="enter"),
    path("distribution/", paying_out.pay_out, name="pay-out"),
    path("costs/", notes.spend, name="spend"),
    path("bank/", notes.bank, name="bank"),
    path("tests/<slug:name>/", notes.test, name="test"),
    path("notices/<slug:kind>/<slug:name>/", notes.notice, name="notice"),
    path("votes/", notes.put, name="put"),
    path("votes/<int:number>/<slug:tranche>/", notes.vote, name="vote"),
    path("pack/", views.make, name="make"),
    path("pack/download.<str:form>", views.download, name="download"),
]
