"""The addresses of payments."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.payments import views

app_name = "payments"
urlpatterns = [path("", views.all_of_them, name="list")]
