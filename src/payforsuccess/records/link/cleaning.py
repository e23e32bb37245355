"""Identifiers made comparable: one spelling of each, and what cannot be true taken as missing."""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from payforsuccess.records.link.phonetics import soundex

SUFFIXES = ("JR", "SR", "II", "III", "IV", "JUNIOR", "SENIOR", "2ND", "3RD", "4TH")
NO_NAMES = (
    "ANONYMOUS",
    "BABY",
    "DECLINED",
    "FNU",
    "INFANT",
    "LNU",
    "NA",
    "NFN",
    "NLN",
    "NMN",
    "NONE",
    "NULL",
    "REFUSED",
    "TEST",
    "UNK",
    "UNKNOWN",
    "XXX",
)
"""What clerks write where they have no name (FNU: first name unknown)."""
NO_SSNS = ("078051120", "123456789", "219099999", "457555462", "987654321")
"""Numbers that were printed in advertisements, or that a finger runs along."""
NO_POSTCODES = ("", "00000", "11111", "12345", "99999")
IDENTIFIERS = (
    "given_name",
    "middle_initial",
    "family_name",
    "name_suffix",
    "born_on",
    "ssn",
    "ssn_last4",
    "sex",
    "street",
    "postcode",
    "given_sound",
    "family_sound",
)
"""The columns of a cleaned identity; all text but `born_on`."""


@ibis.udf.scalar.builtin(name="strip_accents", signature=((dt.string,), dt.string))
def _strip_accents(text: str) -> str:  # type: ignore[empty-body]
    """Letters without their marks; DuckDB's own."""


def clean_identities(identities: ir.Table) -> ir.Table:
    """The identifiers of each row, cleaned, with `person`, `feed` and, if there, `side`.

    Names are in capitals without accents, marks and suffixes; the words for "no name" are missing.
    Days of birth up to 1 January 1900, 1 January 1901 and days after the record was known are
    missing. A social security number that cannot be (area 000 or 666, group 00, serial 0000; the
    SSA's page on randomisation) is missing; numbers from 900 on stay, since taxpayer numbers and
    made-up people have such. The last four stand alone where no more is known. Nothing is guessed:
    nicknames stay as they are.
    """
    given = _names(identities, "given_name")
    family = _names(identities, "family_name")
    t = identities.left_join(given, identities.given_name == given.given_written)
    t = t.left_join(family, t.family_name == family.family_written)
    is_no_one = ((t.family_clean == "DOE") & t.given_clean.isin(["JOHN", "JANE"])).fill_null(False)
    digits = t.ssn.re_replace("[^0-9]", "")
    whole = _issued(digits)
    last4 = ((digits.length() == 4) & (digits != "0000")).ifelse(digits, _none())
    is_birth = (
        (t.born_on >= ibis.date("1900-01-02"))
        & (t.born_on != ibis.date("1901-01-01"))
        & (t.known_on.isnull() | (t.born_on <= t.known_on))
    )
    zip_code = t.postcode.re_extract("^ *([0-9]{5})", 1)
    return t.select(
        *(name for name in ("side", "person", "feed") if name in identities.columns),
        given_name=is_no_one.ifelse(_none(), t.given_clean),
        middle_initial=_name(t.middle_name).substr(0, 1).nullif(""),
        family_name=is_no_one.ifelse(_none(), t.family_clean),
        name_suffix=ibis.coalesce(_suffix_of(t.name_suffix), t.family_suffix),
        born_on=is_birth.ifelse(t.born_on, ibis.null("date")),
        ssn=whole,
        ssn_last4=ibis.coalesce(whole.substr(5, 4), last4),
        sex=t.sex.upper().substr(0, 1).cases(("F", "F"), ("M", "M")),
        street=_street(t.street),
        postcode=zip_code.isin(NO_POSTCODES).ifelse(_none(), zip_code),
        given_sound=is_no_one.ifelse(_none(), t.given_sound),
        family_sound=is_no_one.ifelse(_none(), t.family_sound),
    )


def cleaned_ways(identities: ir.Table) -> ir.Table:
    """What tells whether a person changed between two loads: their identifiers, cleaned."""
    return clean_identities(identities).select("person", *IDENTIFIERS)


def _names(identities: ir.Table, column: str) -> ir.Table:
    """Each way a name is written, once, with what it is cleaned to: names repeat, rows are many.

    In steps, since a step that is used twice would else be written, and computed, twice.
    """
    kind = column.removesuffix("_name")
    t = identities.select(written=identities[column]).filter(ibis._.written.notnull()).distinct()
    t = t.select("written", words=_words(t.written))
    t = t.select("written", suffix=_suffix_in(t.words), bare=_without_suffix(t.words))
    t = t.select("written", "suffix", clean=_named(t.bare))
    t = t.select("written", "suffix", "clean", heard=t.clean.re_extract("^[A-Z]+", 0))
    return t.select(
        t.written.name(f"{kind}_written"),
        t.clean.name(f"{kind}_clean"),
        t.suffix.name(f"{kind}_suffix"),
        soundex(t.heard).name(f"{kind}_sound"),
    )


def _none() -> ir.StringScalar:
    return ibis.null("string")


def _words(text: ir.StringValue) -> ir.StringValue:
    """Capitals without accents, apostrophes dropped, all other marks one space."""
    plain = _strip_accents(text).upper().re_replace("['`´’.]", "")
    return plain.re_replace("[^A-Z0-9]+", " ").strip()


def _name(text: ir.StringValue) -> ir.StringValue:
    return _named(_without_suffix(_words(text)))


def _without_suffix(words: ir.StringValue) -> ir.StringValue:
    words = words.re_replace("[0-9]+[A-Z]*", "")
    return words.re_replace(f"( ({'|'.join(SUFFIXES)}))+$", "").strip()


def _named(bare: ir.StringValue) -> ir.StringValue:
    return (bare.isin(["", *NO_NAMES])).ifelse(_none(), bare)


def _suffix_of(text: ir.StringValue) -> ir.StringValue:
    return _suffix_in(_words(text))


def _suffix_in(words: ir.StringValue) -> ir.StringValue:
    """JR, SR, II, III or IV at the end of a name or standing alone."""
    found = words.re_extract(f"(?:^| )({'|'.join(SUFFIXES)})$", 1)
    return found.cases(
        ("JUNIOR", "JR"),
        ("SENIOR", "SR"),
        ("2ND", "II"),
        ("3RD", "III"),
        ("4TH", "IV"),
        ("", _none()),
        else_=found,
    )


def _issued(digits: ir.StringValue) -> ir.StringValue:
    could_be = (
        digits.re_search("^[0-9]{9}$")
        & ~digits.re_search("^(000|666)")
        & (digits.substr(3, 2) != "00")
        & (digits.substr(5, 4) != "0000")
        & ~digits.isin([*NO_SSNS, *(str(digit) * 9 for digit in range(1, 9))])
    )
    return could_be.ifelse(digits, _none())


def _street(text: ir.StringValue) -> ir.StringValue:
    """The house number and the first word of the street that is no compass point: `1200 MAIN`."""
    words = _words(text)
    bare = words.re_replace("^([0-9]+)[A-Z]? (?:(?:N|S|E|W|NORTH|SOUTH|EAST|WEST) )+", "\\1 ")
    return bare.re_extract("^([0-9]+ [A-Z0-9]+)", 1).nullif("")
