"""The addresses of the log."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.audit import views

app_name = "audit"
urlpatterns = [path("", views.log, name="log")]
