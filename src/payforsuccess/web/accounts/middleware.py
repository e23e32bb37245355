"""What holds for every page of someone signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]


def private_pages(get_response: Next) -> Next:
    """Let no browser and no proxy keep a page of someone signed in.

    On a shared desk, the button back after signing out must not show the page again.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware
