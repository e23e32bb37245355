"""The frame of every page, and the pages of what went wrong."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

WRONG = {"/400": 400, "/403": 403, "/csrf": 403, "/404": 404, "/500": 500}


@pytest.mark.parametrize(("address", "code"), WRONG.items())
def test_what_went_wrong_is_told_with_what_to_do(address: str, code: int) -> None:
    answer = Client().get(address)
    html = answer.content.decode()

    assert answer.status_code == code
    assert "What you can do" in html and html.count("<h1>") == 1
    assert not re.search(r"Traceback|Exception|\b[45]\d\d\b(?!\.css)", html.split("<main")[1])


@pytest.mark.parametrize("name", ["429.html", "500.html", "ui/locked_out.html"])
def test_a_page_of_a_failure_needs_nothing_that_may_have_failed(name: str) -> None:
    assert "What you can do" in render_to_string(name)


def test_the_frame_has_what_each_page_needs() -> None:
    html = Client().get("/all").content.decode()

    assert html.index("usa-skipnav") < html.index("<header")
    assert "Synthetic data, illustrative prices." in html
    assert html.count('aria-current="page"') >= 2 and 'aria-live="polite"' in html
    assert '<html lang="en-us">' in html and "Español" in html
    assert 'action="/sign-in/out/"' in html and 'name="csrfmiddlewaretoken"' in html


def test_the_language_follows_the_reader() -> None:
    html = Client(headers={"accept-language": "es"}).get("/404").content.decode()

    assert '<html lang="es">' in html and "No existe" in html and "English" in html


def test_no_page_holds_a_style_or_a_script_of_its_own() -> None:
    for address in ("/all", "/form?wrong=1", "/confirm", "/refused", *WRONG):
        html = Client().get(address).content.decode()

        assert not re.search(r"<style|\sstyle=|<script(?![^>]*src=)|\son[a-z]+=", html), address


def test_a_refusal_says_why_and_who_can() -> None:
    html = Client().get("/refused").content.decode()

    assert "that you measured" in html and "finance officer" in html


def test_a_confirmation_shows_what_will_be_done_and_asks_by_post() -> None:
    html = Client().get("/confirm").content.decode()

    assert 'method="post"' in html and 'name="confirmed"' in html
    assert "USD 184,250.00" in html and "No, go back" in html


def test_a_false_host_is_a_bad_request_and_no_fault_of_ours(client: Client) -> None:
    answer = client.get("/all", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "could not read this request" in answer.content.decode()
