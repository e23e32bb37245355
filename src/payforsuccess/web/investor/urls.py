"""The addresses of capital."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.investor import views

app_name = "investor"
urlpatterns = [
    path("", views.capital_page, name="capital"),
    path("pack/", views.make, name="make"),
    path("pack/download.<str:form>", views.download, name="download"),
]
