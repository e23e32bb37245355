"""The addresses of payments."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.payments import (
    again_steps,
    objections,
    reconciling,
    steps,
    views,
    vouchers,
    warrants,
)

app_name = "payments"
urlpatterns = [
    path("", views.all_of_them, name="list"),
    path("books/", reconciling.books, name="books"),
    path("books/list/", reconciling.bring, name="books-list"),
    path("books/<slug:code>/", reconciling.explain, name="books-explain"),
    path("<int:period>/", views.one_period, name="period"),
    path("<int:period>/lines/<int:line>/", views.one_line, name="line"),
    path("<int:period>/sign/", steps.sign, name="sign"),
    path("<int:period>/sign-again/", again_steps.sign_again, name="sign-again"),
    path("<int:period>/statement/", steps.state, name="state"),
    path("<int:period>/answer/", steps.answer, name="answer"),
    path("<int:period>/approve/", steps.approve, name="approve"),
    path("<int:period>/return/", steps.send_back, name="return"),
    path("<int:period>/dispute/", objections.dispute, name="dispute"),
    path("<int:period>/disputes/<slug:dispute>/", objections.settled, name="settled"),
    path("<int:period>/export/<slug:form>/", views.export, name="export"),
    path("<int:period>/voucher/", vouchers.shown, name="voucher"),
    path("<int:period>/voucher/<slug:form>/", vouchers.download, name="voucher-file"),
    path("<int:period>/warrant/", warrants.warrant, name="warrant"),
    path("<int:period>/warrant/<slug:code>/", warrants.correct, name="correct-warrant"),
]
