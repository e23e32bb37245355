"""The whole deal in plain words, made from the same rules that compute payments."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.sections import Section, sections_before_money, sections_of_contract
from payforsuccess.payments.words import sections_of_money
from payforsuccess.runs.folder import DealPath, open_folder, read_deal

_WIDTH = 96


@dataclass(frozen=True, repr=False)
class Explanation:
    """A deal as headed lists of sentences; prints as text, `lines` gives the same line by line."""

    title: str
    standing: str
    sections: tuple[Section, ...]

    def lines(self) -> list[str]:
        """The text, wrapped, line by line."""
        lines = [self.title, "=" * min(len(self.title), _WIDTH)]
        if self.standing:
            lines += [self.standing.upper()]
        for section in self.sections:
            lines += ["", section.title, "-" * len(section.title)]
            for entry in section.entries:
                if entry.heading:
                    lines += _wrap(entry.heading, first="", rest="")
                indent = "  " if entry.heading else ""
                for sentence in entry.sentences:
                    lines += _wrap(sentence, first=f"{indent}- ", rest=f"{indent}  ")
        return lines

    def __str__(self) -> str:
        return "\n".join(self.lines())

    __repr__ = __str__


def explain(deal: Deal | DealPath) -> Explanation:
    """The deal in plain words; of a folder with amendments the version in force last.

    Raises Refusal with every problem when the deal cannot be read.
    """
    if not isinstance(deal, Deal):
        folder = open_folder(deal)
        is_whole_folder = folder.deal_file.name == "deal.yaml" and folder.amendment_files
        deal = folder.history().latest if is_whole_folder else read_deal(deal)
    sections = (
        *sections_before_money(deal),
        *sections_of_money(deal),
        *sections_of_contract(deal),
    )
    standing = "" if deal.standing == "contract" else deal.standing.replace("-", " ")
    return Explanation(deal.deal, standing, tuple(s for s in sections if s.entries))


def _wrap(text: str, *, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
