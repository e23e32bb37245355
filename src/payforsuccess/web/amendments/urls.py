"""The addresses of amendments."""

from __future__ import annotations

from django.urls import path

from payforsuccess.web.amendments.views import answering, listing, proposing

app_name = "amendments"
urlpatterns = [
    path("", listing.all_of_them, name="list"),
    path("new/", proposing.propose, name="propose"),
    path("version/<int:number>/", listing.version, name="version"),
    path("<str:code>/", listing.one, name="one"),
    path("<str:code>/file/", listing.file, name="file"),
    path("<str:code>/put/", proposing.put, name="put"),
    path("<str:code>/withdraw/", proposing.withdraw, name="withdraw"),
    path("<str:code>/<int:which>/<slug:said>/", answering.answer, name="answer"),
]
