"""The addresses of the data desk."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.desk.views import checks, feeds, intake, links, report

app_name = "desk"
urlpatterns = [
    path("", feeds.all_of_them, name="feeds"),
    path("drop/", intake.drop, name="drop"),
    path("checks/", checks.checks, name="checks"),
    path("checks/entries/", checks.entries, name="entries"),
    path("matches/", links.queue, name="links"),
    path("matches/close/", links.close, name="close"),
    path("matches/<str:code>/", links.pair, name="pair"),
    path("report/", report.report, name="report"),
    path("risk/", links.risk, name="risk"),
    path("feeds/<str:feed>/", feeds.one, name="feed"),
    path("feeds/<str:feed>/upload/", intake.upload, name="upload"),
    path("feeds/<str:feed>/problems/download/", feeds.problems, name="problems"),
]
