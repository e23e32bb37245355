"""The addresses of the log."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.audit import views
from payforsuccess.web.audit.packs import views as packs

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("check/", views.check, name="check"),
    path("export/", views.export, name="export"),
    path("opened/", views.opened, name="opened"),
    path("packs/", packs.packs, name="packs"),
    path("packs/new/", packs.ask_for, name="pack-new"),
    path("packs/<str:code>/file/", packs.download, name="pack-file"),
    path("entries/<int:number>/", views.entry, name="entry"),
]
