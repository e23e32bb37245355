"""The lottery of Coaching by Lot: both holders commit to a share, and it is opened.

The shares and their passphrases lie on the server as a county's would. The passphrases are known to
everybody, since they stand here, so that the shares are not locked at the usual cost: nobody's
chance hangs on them.
"""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

from payforsuccess.evaluation.lottery.shares import Holder
from payforsuccess.runs.assign.commit import commit_share, open_lottery
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.referrals.lottery import custody

HELD_BY: dict[Holder, tuple[str, str, str]] = {
    "evaluator": ("Example University", "Emery Cliff", "made up words of the evaluator"),
    "payor": ("Example County", "Avery Park", "made up words of the payor"),
}
"""Each holder's party, person and passphrase."""
_QUICK = 1 << 8


def seal(initiative: Initiative, *, on: date) -> None:
    """Both commitments and the opening, all on one day."""
    home = custody(initiative)
    home.mkdir(mode=0o700, parents=True)
    with patch("payforsuccess.runs.assign.share_file.COST", _QUICK):
        for holder, (party, person, words) in HELD_BY.items():
            commit_share(
                initiative.path,
                holder=holder,
                party=party,
                by=person,
                to=home / f"{holder}.share",
                passphrase=lambda of: HELD_BY[of][2],
                on=on,
                today=on,
            )
            written = home / f"{holder}.words"
            written.touch(mode=0o600)
            written.write_text(words + "\n", "utf-8")
    open_lottery(initiative.path, by=HELD_BY["payor"][1], on=on, today=on)
