"""Where each field stands in the public spreadsheet form of an INDIGO project.

Source: the form “project_public”, version 19, in the repository `database-app` of the INDIGO
Initiative (MIT licence, Open Data Services Co-operative). This is our own description of it, of the
fields that are read: each with the words that must stand beside or above it, so that another form,
or one that people moved about, is told from this one.
"""

from __future__ import annotations

from dataclasses import dataclass

FORM_VERSION = 19
OVERVIEW = "General Overview"
ID_SHEET, ID_LABEL, ID_CELL = "Introduction", "A2", "B2"
ID_WORDS = "INDIGO Project ID"


@dataclass(frozen=True)
class Single:
    """One field of the overview, in column C. words: in column A of its row, or in B where A is
    empty."""

    row: int
    path: str
    words: str = ""


@dataclass(frozen=True)
class Rows:
    """A table: its sheet, its first row of values, and its columns by letter.

    Each column has the name of its field and the words that stand above it.
    """

    sheet: str
    first: int
    part: str
    columns: dict[str, tuple[str, str]]


_FINANCE = "overall_project_finance"
_PEOPLE = "service_and_beneficiaries"
_CLASSES = "purpose_and_classifications"
_COMMITTED = f"{_FINANCE}/total_investment_commitment"
_MOST = f"{_FINANCE}/maximum_potential_outcome_payment_v2"
_MADE = f"{_FINANCE}/total_outcome_payments_made"
_SERVICE = "service_users_or_beneficiaries"

SINGLES = (
    Single(10, "name", "Impact Bond Name"),
    Single(14, "stage_development"),
    Single(20, "jurisdiction/jurisdiction", "Jurisdiction"),
    Single(22, "jurisdiction/notes", "Notes"),
    Single(25, "dates/outcomes_contract_signed", "Date outcomes contract signed"),
    Single(27, "dates/anticipated_completion_date", "Anticipated completion date"),
    Single(28, "dates/actual_completion_date", "Actual completion date"),
    Single(29, "dates/start_date_of_service_provision", "Start date of service provision"),
    Single(
        30,
        "dates/anticipated_end_date_of_service_provision",
        "Anticipated end date of service provision",
    ),
    Single(
        31, "dates/actual_end_date_of_service_provision", "Actual end date of service provision"
    ),
    Single(35, "dates/notes", "Notes"),
    Single(38, f"{_COMMITTED}/currency", "Total investment commitment"),
    Single(39, f"{_COMMITTED}/amount/min", "(min amount)"),
    Single(40, f"{_COMMITTED}/amount/exact", "(exact amount)"),
    Single(41, f"{_COMMITTED}/amount/max", "(max amount)"),
    Single(45, f"{_MOST}/currency", "Maximum potential outcome payment"),
    Single(46, f"{_MOST}/amount", "(amount)"),
    Single(53, f"{_MADE}/currency", "Total outcome payments made"),
    Single(54, f"{_MADE}/amount", "(amount)"),
    Single(57, f"{_FINANCE}/notes", "Notes"),
    Single(60, f"{_CLASSES}/social_challenge", "Social challenge"),
    Single(61, f"{_CLASSES}/intervention", "Intervention"),
    Single(62, f"{_CLASSES}/policy_sector", "Policy sector"),
    Single(68, f"{_CLASSES}/notes", "Notes"),
    Single(71, f"{_PEOPLE}/target_population", "Target population"),
    Single(
        72,
        f"{_PEOPLE}/targeted_number_{_SERVICE}_total",
        "Targeted number of unique service users Or beneficiaries (total)",
    ),
    Single(
        73,
        f"{_PEOPLE}/unit_type_targeted_{_SERVICE}",
        "Unit type of targeted service users Or beneficiaries",
    ),
    Single(
        75,
        f"{_PEOPLE}/actual_number_{_SERVICE}_total",
        "Actual number of unique service users Or beneficiaries engaged (total)",
    ),
    Single(79, f"{_PEOPLE}/notes", "Notes"),
    Single(81, "notes", "Notes"),
)

ORGANISATIONS = Rows(
    "Organisations", 11, "organisations", {"A": ("id", "ID"), "B": ("name", "Name")}
)

TABLES = (
    Rows(
        "Delivery Locations",
        11,
        "delivery_locations",
        {"B": ("location_name", "Name"), "D": ("location_country", "Country")},
    ),
    Rows(
        "Intermediary services",
        11,
        "intermediary_services",
        {
            "A": ("organisation_id", "ID"),
            "D": ("other_role_description", "Other Role Description"),
            "F": ("notes", "Notes"),
        },
    ),
    Rows(
        "Investments",
        11,
        "investments",
        {
            "A": ("id", "Id"),
            "B": ("organisation_id", "Id"),
            "E": ("investment_commitment/currency", "Currency"),
            "F": ("investment_commitment/amount/min", "Min Amount"),
            "G": ("investment_commitment/amount/exact", "Exact Amount"),
            "H": ("investment_commitment/amount/max", "Max Amount"),
            "P": ("investment_type", "Investment Type"),
            "R": ("notes", "Notes"),
        },
    ),
    Rows(
        "Outcome Metrics",
        11,
        "outcome_metrics",
        {
            "A": ("id", "Id"),
            "B": ("definition", "Outcome Definition"),
            "G": ("outcome_metric_target", "Outcome metric target"),
            "I": ("outcome_validation_method", "Outcome validation Method"),
            "J": ("data_source_for_outcome_validation", "Data source for Outcome validation"),
            "Q": ("notes", "Notes"),
        },
    ),
    Rows(
        "Outcome Payment Commitments",
        11,
        "outcome_payment_commitments",
        {
            "A": ("organisation_id", "ID"),
            "D": ("maximum_potential_outcome_payment/currency", "Currency"),
            "E": ("maximum_potential_outcome_payment/amount", "Amount"),
            "H": ("period/start_date", "Period start"),
            "I": ("period/end_date", "Period end"),
            "M": ("alterations/description", "Description"),
            "N": ("alterations/reason", "Reason"),
            "P": ("notes", "Notes"),
        },
    ),
    Rows(
        "Outcome Payments",
        12,
        "outcome_payments",
        {
            "B": ("period/start_date", "Period Start"),
            "C": ("period/end_date", "Period End"),
            "D": ("payer_organisation_id", "Id"),
            "H": ("type", "Type"),
            "I": ("money/currency", "Currency"),
            "J": ("money/amount", "Amount"),
            "M": ("notes", "Notes"),
        },
    ),
    Rows(
        "Outcome Pricing (Proto)",
        12,
        "outcome_pricings",
        {
            "A": ("outcome_metric_id", "Outcome Metric Id"),
            "B": ("currency", "Currency"),
            "C": ("price_per_unit/amount", "Amount"),
            "E": ("maximum_price_if_all_targets_achieved/amount", "Amount"),
            "G": ("price_description", "Price Description"),
            "I": ("notes", "Notes"),
        },
    ),
    Rows(
        "Performance & Results",
        12,
        "results",
        {
            "A": ("outcome_metric_id", "Outcome Metric Id"),
            "B": ("result_level", "Result level"),
            "C": ("result_type", "Result type"),
            "D": ("period/start_date", "Period start"),
            "E": ("period/end_date", "Period end"),
            "F": ("outcomes_achieved", "Outcomes achieved"),
            "G": ("number_engaged_in_impact_bond", "Number engaged In impact bond"),
            "J": ("outcomes_validator_organisation_ids", "(org ids, comma seperated)"),
            "M": ("notes", "Notes"),
        },
    ),
    Rows(
        "Public Procurement & Contracts",
        11,
        "open_contracting_datas",
        {"A": ("ocid", "OCID"), "C": ("notes", "Notes")},
    ),
    Rows(
        "Service Provisions",
        11,
        "service_provisions",
        {
            "A": ("id", "Id"),
            "B": ("organisation_id", "ID"),
            "J": ("alterations/description", "Description"),
            "K": ("alterations/reason", "Reason"),
            "M": ("notes", "Notes"),
        },
    ),
    Rows(
        "Sources",
        11,
        "sources",
        {
            "A": ("id", "ID"),
            "B": ("name", "Name"),
            "C": ("type", "Type"),
            "E": ("url", "URL"),
            "H": ("publication_date", "Publication Date"),
            "J": ("notes", "Notes"),
        },
    ),
    Rows(
        "Transaction Details (Proto)",
        12,
        "transactions",
        {
            "A": ("investment_id", "Investment ID"),
            "C": ("date", "Date"),
            "H": ("transaction_type", "Transaction Type"),
            "I": ("money/currency", "Currency"),
            "J": ("money/amount", "Amount"),
            "M": ("notes", "Notes"),
        },
    ),
)
