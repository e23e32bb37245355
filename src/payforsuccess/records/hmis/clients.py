"""What an HMIS export says of who its people are: identities and facts that do not change."""

from __future__ import annotations

import functools
import operator

import ibis
import ibis.expr.types as ir

from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.hmis.codes import ESTIMATED, RACES, UNHASHED

SEVERAL = "several"
"""The race of a person with more than one."""


def client_identities(feed: Feed) -> ir.Table:
    """One row a client: its identifiers, known from the day the row last changed on.

    An export whose names and numbers are hashed gives none; an estimated birth date is left out,
    because it would be compared as though it were known.
    """
    export = feed.tables["Export"]
    hashed = export.filter(export.HashStatus != UNHASHED).select("ExportID")
    clients = feed.tables["Client"].anti_join(hashed, "ExportID")
    return canonical.identities(
        feed,
        "Client",
        clients,
        person=clients.PersonalID,
        given_name=clients.FirstName,
        middle_name=clients.MiddleName,
        family_name=clients.LastName,
        name_suffix=clients.NameSuffix,
        born_on=(clients.DOBDataQuality == ESTIMATED)
        .fill_null(False)
        .ifelse(ibis.null("date"), clients.DOB),
        ssn=_ssn(clients),
        sex=_sex(clients),
        known_on=clients.DateUpdated,
    )


def _ssn(clients: ir.Table) -> ir.StringValue:
    """The number as written; of one with digits not known (x) its last four, if those are known.

    Any other four digits of it would be compared as though they were the last.
    """
    last_four = clients.SSN.re_extract("([0-9]{4}) *$", 1).nullif("")
    return clients.SSN.re_search("[xX]").ifelse(last_four, clients.SSN)


def _sex(clients: ir.Table) -> ir.StringValue:
    """From `Sex` (FY2026), else from `Woman` and `Man` (FY2024) where one of the two is yes."""
    woman, man = clients.Woman.fill_null(0) == 1, clients.Man.fill_null(0) == 1
    return ibis.coalesce(
        clients.Sex.cases((0, "female"), (1, "male")),
        ibis.cases((woman & ~man, "female"), (man & ~woman, "male")),
    )


def client_traits(feed: Feed) -> tuple[ir.Table, ...]:
    """Race, and whether a veteran; no row where the export does not know."""
    clients = feed.tables["Client"]
    spelt = clients.mutate(
        HispanicLatinao=ibis.coalesce(clients.HispanicLatinao, clients.HispanicLatinaeo)
    )
    is_race = {name: spelt[name].fill_null(0) == 1 for name in RACES}
    count = functools.reduce(operator.add, (yes.cast("int64") for yes in is_race.values()))
    race = ibis.cases(
        (count > 1, SEVERAL), *((is_race[name], word) for name, word in RACES.items())
    )
    return (
        canonical.traits(feed, "Client", spelt, trait="race", person=spelt.PersonalID, label=race),
        canonical.traits(
            feed,
            "Client",
            spelt,
            trait="veteran",
            person=spelt.PersonalID,
            value=spelt.VeteranStatus,
        ),
    )
