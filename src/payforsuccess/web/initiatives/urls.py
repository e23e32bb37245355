"""The addresses of an initiative itself."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.initiatives import arms, views

app_name = "initiatives"
urlpatterns = [
    path("", views.start, name="start"),
    path("overview/", views.overview, name="overview"),
    path("overview/work-out/", views.work_out, name="work-out"),
    path("arms/", arms.arms, name="arms"),
    path("arms/<slug:look>/", arms.one_look, name="look"),
    path("summary/", views.summary, name="summary"),
]
