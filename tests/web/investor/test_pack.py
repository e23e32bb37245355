"""The quarter's pack (R133): made by the worker, downloaded after a fresh sign-in, logged."""

from __future__ import annotations

import subprocess
import sys

from payforsuccess.web.audit.models import Event
from payforsuccess.web.jobs.models import Job
from tests.web.cast import Cast
from tests.web.investor.investing import SLUG, again, make_the_pack, page, with_assumptions, work

PACK = f"/{SLUG}/investors/pack/"


def test_the_pack_is_made_and_taken_out_after_a_fresh_sign_in_and_logged(county: Cast) -> None:
    with_assumptions()
    assert county.sign_in("investor").get(PACK).status_code == 302
    browser = county.sign_in("investor", fresh=True)

    assert make_the_pack(browser).state == "done"
    html = browser.get(f"{PACK}download.html")
    pdf = browser.get(f"{PACK}download.pdf")

    assert b"<html" in html.content and html["Content-Disposition"].startswith("attachment")
    assert pdf.content.startswith(b"%PDF")
    assert browser.get(f"{PACK}download.exe").status_code == 404
    verbs = list(Event.objects.order_by("number").values_list("verb", flat=True))
    assert verbs[-5:] == [
        "job.begun",
        "investor-pack.made",
        "job.done",
        *["investor-pack.downloaded"] * 2,
    ]
    stale = county.sign_in("investor").get(f"{PACK}download.pdf")
    assert stale.status_code == 302


def test_the_page_says_that_a_pack_is_being_made(county: Cast) -> None:
    with_assumptions()
    browser = county.sign_in("investor", fresh=True)
    browser.post(PACK, {"confirmed": "yes"})

    assert "A pack is being made:" in page(county)
    assert not Event.objects.filter(verb="investor-pack.made").exists()
    browser.post(PACK, {"confirmed": "yes"})
    assert Job.objects.count() == 1
    work()
    assert "A pack is being made:" not in page(county) and "Download as PDF" in page(county)


def test_a_pack_says_when_it_no_longer_fits_what_it_was_made_from(county: Cast) -> None:
    with_assumptions()
    make_the_pack(county.sign_in("project-manager", fresh=True))
    assert "make it again" not in page(county)

    again()

    assert "make it again" in page(county)


def test_a_pack_that_cannot_be_made_says_why(county: Cast) -> None:
    browser = county.sign_in("investor", fresh=True)

    assert make_the_pack(browser).state == "failed"

    html = page(county)
    assert "The last pack could not be made:" in html and "There is no assumptions.yaml" in html
    assert not Event.objects.filter(verb__startswith="investor-pack").exists()


def test_no_page_of_capital_loads_what_simulates() -> None:
    """The first page after a start would wait for it: half a minute on a busy machine."""
    code = """
import django, sys
django.setup()
import payforsuccess.web.investor.urls
print(*({"scipy", "numpy", "matplotlib"} & set(sys.modules)), end="")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == ""
