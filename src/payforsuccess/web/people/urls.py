"""The addresses of people and services."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.people import views

app_name = "people"
urlpatterns = [path("", views.today, name="today")]
