"""The addresses of the log."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("check/", views.check, name="check"),
    path("export/", views.export, name="export"),
    path("opened/", views.opened, name="opened"),
    path("entries/<int:number>/", views.entry, name="entry"),
]
