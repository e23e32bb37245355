"""The addresses of jobs."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.all_of_them, name="list"),
    path("new/<slug:kind>/", views.ask_for, name="ask"),
    path("<str:code>/", views.one, name="one"),
    path("<str:code>/progress/", views.progress, name="progress"),
    path("<str:code>/cancel/", views.cancel_it, name="cancel"),
]
