"""Ask for every kind of work on its page, have the real worker do it: `... tests.web.jobs.doing`.

Says, as JSON, what the page of each job showed at its end; of the one that was cancelled while it
ran; of those that a problem stopped; and what was looked at while one went on.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.web.cast import Cast

WORK = [sys.executable, "-m", "payforsuccess.web", "work", "--until-idle"]
WHO = {
    "load": "data-steward",
    "link": "data-steward",
    "measure": "data-steward",
    "evaluate": "evaluator",
    "report": "evaluator",
    "checks": "validator",
}
"""Who asks for each kind."""


def main() -> None:
    """Do them all, one after another."""
    django.setup()
    from django.conf import settings

    from tests.web.cast import make_cast
    from tests.web.jobs.whole import a_whole_folder

    folder = a_whole_folder(Path(settings.DEALS) / "whole")
    whole = make_cast("whole", "A whole initiative", folder)
    small = make_cast("small", "A small initiative")
    found: dict[str, object] = {}
    for kind in WHO:
        found[kind] = Asked(whole, kind).done()
    found["cancelled"] = Asked(whole, "load").cancelled_midway()
    for kind in ("link", "evaluate"):
        found[f"{kind} of a small deal"] = Asked(small, kind).done()
    (folder / "feeds" / "deaths.csv").unlink()
    found["load without a file"] = Asked(whole, "load").done()
    print(json.dumps(found))


class Asked:
    """One job, asked for on the page of its kind by whoever may."""

    def __init__(self, cast: Cast, kind: str) -> None:
        self.client = cast.sign_in(WHO[kind])
        answer = self.client.post(f"/{cast.slug}/jobs/new/{kind}/", {"confirmed": "yes"})
        assert answer.status_code == 302, (kind, answer.status_code)
        self.url = answer.headers["Location"]

    def page(self) -> str:
        """What its page says, without tags."""
        text = self.client.get(self.url).content.decode()
        inside = text[text.index("<main") : text.index("</main>")]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())

    def progress(self) -> str:
        """What the part says that the page asks for anew."""
        heard = self.client.get(f"{self.url}progress/", headers={"HX-Request": "true"})
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", heard.content.decode())).split())

    def done(self) -> dict[str, object]:
        """What its page said before, on the way, and at the end."""
        waits = self.page()
        worker = subprocess.Popen(WORK, stdout=subprocess.DEVNULL)
        seen: list[str] = []
        while worker.poll() is None:
            said = self.progress()
            if said not in seen:
                seen.append(said)
            time.sleep(0.1)
        assert worker.returncode == 0
        return {"waits": waits, "seen": seen, "end": self.page()}

    def cancelled_midway(self) -> dict[str, object]:
        """What it says when it is cancelled as soon as it runs, and how the worker goes on."""
        worker = subprocess.Popen(WORK, stdout=subprocess.DEVNULL)
        while "Running" not in self.progress():
            assert worker.poll() is None
            time.sleep(0.05)
        answer = self.client.post(f"{self.url}cancel/", {"confirmed": "yes"})
        assert answer.status_code == 302
        return {"worker": worker.wait(600), "end": self.page()}


if __name__ == "__main__":
    main()
