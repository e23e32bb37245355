"""The addresses of referrals."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.referrals import views

app_name = "referrals"
urlpatterns = [path("", views.all_of_them, name="list")]
