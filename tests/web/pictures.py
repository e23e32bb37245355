"""The pictures of the tutorial: `python -m tests.web.pictures` walks it and takes them anew.

What the tutorial tells a newcomer to press is pressed here, by the same words. A word that is not
on a page any more stops the walk.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import django

from tests.web.browser.serving import a_county
from tests.web.browser.visit import Visit
from tests.web.browser.walk import WALK
from tests.web.looking import a_browser

TO = Path(__file__).resolve().parents[2] / "docs" / "tutorial" / "pictures"
PEOPLE = 140


def main() -> None:
    """Walk and take the pictures."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.settings"
    django.setup()
    from payforsuccess.web.demo.cast import PASSWORD

    TO.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        a_county(Path(home), people=PEOPLE) as address,
        a_browser() as browser,
    ):
        visit = Visit(address, browser, PASSWORD)
        visit.page.set_viewport_size({"width": 1100, "height": 760})
        for step in WALK:
            step.walk(visit)
            assert step.then in visit.text(), f"{step.walk.__name__}: {visit.text()[:600]}"
            if step.picture:
                visit.page.screenshot(path=str(TO / f"{step.picture}.png"))
                sys.stdout.write(f"{step.picture}\n")
        visit.close()
        assert visit.said == [], visit.said


if __name__ == "__main__":
    main()
