"""The roles, by name."""

from __future__ import annotations

from payforsuccess.errors import sentence
from payforsuccess.governance.roles.actions import BLINDING, OF_PEOPLE
from payforsuccess.governance.roles.role import Role

CASE_MANAGER = Role(
    "case-manager",
    sentence("Case manager"),
    sentence(
        "Someone employed by a provider who works with people of the programme; nobody of a jail, "
        "a court or the police."
    ),
    (
        "see-public-summary",
        "see-totals",
        "see-own-caseload",
        "see-identifiers",
        "see-contact-details",
        "see-notes-and-health",
        "see-bookings",
        "answer-referrals",
        "record-services",
        "record-consent",
        "report-harm",
        "open-in-emergency",
    ),
    never=BLINDING,
)
PROVIDER = Role(
    "provider",
    sentence("Provider's manager"),
    sentence("Someone who manages the services of a provider, and speaks for it in the contract."),
    (
        "see-public-summary",
        "see-totals",
        "see-terms-and-statements",
        "see-harm-log",
        "answer-referrals",
        "report-harm",
        "change-practice",
        "dispute-lines",
        "answer-amendments",
    ),
    never=(*BLINDING, "determine-outcomes", "validate-determinations", "review-links"),
)
JAIL_LIAISON = Role(
    "jail-liaison",
    sentence("Jail liaison"),
    sentence("Someone of the custody agency who refers people before release."),
    ("see-public-summary", "refer-people", "see-own-referrals", "report-harm"),
    never=("see-contact-details", "see-notes-and-health", "see-own-caseload", *BLINDING),
)
COURT_CONTACT = Role(
    "court-contact",
    sentence("Court contact"),
    sentence("Someone of the court, of defence or of prosecution who refers people."),
    ("see-public-summary", "refer-people", "see-own-referrals", "report-harm"),
    never=("see-contact-details", "see-notes-and-health", "see-own-caseload", *BLINDING),
)
EVALUATOR = Role(
    "evaluator",
    sentence("Evaluator"),
    sentence(
        "Someone of the evaluating organisation, which has no interest contingent on results."
    ),
    (
        "see-public-summary",
        "see-totals",
        "see-small-counts",
        "see-terms-and-statements",
        "see-linked-records",
        "see-arms",
        "see-control-group",
        "see-outcomes-by-arm",
        "assign-at-random",
        "plan-evaluation",
        "determine-outcomes",
        "answer-amendments",
    ),
    never=(
        "approve-payments",
        "mark-paid",
        "prepare-statements",
        "see-contact-details",
        "manage-accounts",
    ),
)
VALIDATOR = Role(
    "validator",
    sentence("Validator"),
    sentence(
        "Someone who checks determinations and gaming for the parties, and determined none of them."
    ),
    (
        "see-public-summary",
        "see-totals",
        "see-small-counts",
        "see-terms-and-statements",
        "see-linked-records",
        "see-dollars-at-risk",
        "validate-determinations",
    ),
    never=("approve-payments", "mark-paid", "prepare-statements", "determine-outcomes"),
)
MONITORING_BOARD = Role(
    "monitoring-board",
    sentence("Monitoring board"),
    sentence(
        "A member of the named board that looks at interim outcomes; nobody of a payor, a provider "
        "or a lender."
    ),
    ("see-public-summary", "see-totals", "see-outcomes-by-arm", "see-harm-log"),
    never=("approve-payments", "mark-paid", "approve-capital-call"),
)
PAYOR = Role(
    "payor",
    sentence("Payor"),
    sentence("Someone who can commit an end payor, by delegation or by decision of its body."),
    (
        "see-public-summary",
        "see-totals",
        "see-terms-and-statements",
        "see-dollars-at-risk",
        "see-harm-log",
        "approve-intervention",
        "approve-outcomes",
        "approve-payments",
        "dispute-lines",
        "answer-amendments",
    ),
    never=(
        *OF_PEOPLE,
        *BLINDING,
        "determine-outcomes",
        "validate-determinations",
        "review-links",
        "manage-accounts",
    ),
)
INVESTOR = Role(
    "investor",
    sentence("Investor"),
    sentence("Someone of an organisation that lends, grants or guarantees."),
    (
        "see-public-summary",
        "see-totals",
        "see-terms-and-statements",
        "see-investor-pack",
        "approve-capital-call",
        "dispute-lines",
        "answer-amendments",
    ),
    never=(
        *OF_PEOPLE,
        *BLINDING,
        "see-small-counts",
        "determine-outcomes",
        "validate-determinations",
        "review-links",
    ),
)
COORDINATOR = Role(
    "coordinator",
    sentence("Project coordinator"),
    sentence("The person whom an end payor assigned or funds to manage the project for it."),
    (
        "see-public-summary",
        "see-totals",
        "see-terms-and-statements",
        "see-harm-log",
        "report-harm",
        "keep-initiative",
        "report-to-payor",
        "prepare-statements",
    ),
    never=(*OF_PEOPLE, *BLINDING, "manage-accounts"),
)
PROJECT_MANAGER = Role(
    "project-manager",
    sentence("Project manager of the backbone"),
    sentence("The person named for the month by the backbone organisation."),
    (
        "see-public-summary",
        "see-totals",
        "see-terms-and-statements",
        "see-investor-pack",
        "report-harm",
        "keep-initiative",
        "call-capital",
        "prepare-statements",
        "answer-amendments",
    ),
    never=(*OF_PEOPLE, *BLINDING, "manage-accounts"),
)
AUDITOR_CONTROLLER = Role(
    "auditor-controller",
    sentence("Auditor-Controller"),
    sentence(
        "Someone of the office that issues warrants; nobody of the department that pays for "
        "services."
    ),
    (
        "see-public-summary",
        "see-totals",
        "see-small-counts",
        "see-terms-and-statements",
        "see-audit-log",
        "mark-paid",
    ),
    never=(
        "prepare-statements",
        "approve-payments",
        "determine-outcomes",
        *BLINDING,
        "manage-accounts",
    ),
)
COUNSEL = Role(
    "counsel",
    sentence("Counsel"),
    sentence("Someone of the office that advises the government on law."),
    (
        "see-public-summary",
        "see-totals",
        "see-terms-and-statements",
        "see-harm-log",
        "see-audit-log",
        "clear-participation",
        "give-opinion",
        "approve-disclosure",
        "answer-records-requests",
        "confirm-roles",
    ),
    never=("approve-payments", "mark-paid", "manage-accounts"),
)
BOARD_OFFICE = Role(
    "board-office",
    sentence("Board office"),
    sentence("Someone of the governing body's clerk or of a member's office."),
    (
        "see-public-summary",
        "see-totals",
        "see-terms-and-statements",
        "record-board-decisions",
        "answer-amendments",
        "remove-priority",
        "answer-records-requests",
    ),
    never=(*OF_PEOPLE, *BLINDING),
)
DATA_STEWARD = Role(
    "data-steward",
    sentence("Data steward"),
    sentence(
        "Someone of a data holder, or of the data desk that holders named in their agreements."
    ),
    (
        "see-public-summary",
        "see-totals",
        "see-identifiers",
        "see-audit-log",
        "load-feeds",
        "release-extracts",
        "retire-records",
        "disclose-to-law-enforcement",
        "manage-accounts",
    ),
    never=(
        *BLINDING,
        "prepare-statements",
        "approve-payments",
        "mark-paid",
        "approve-disclosure",
        "confirm-roles",
    ),
)
LINK_REVIEWER = Role(
    "link-reviewer",
    sentence("Link reviewer"),
    sentence("Someone who decides uncertain matches; nobody of a provider, a lender or a payor."),
    ("see-public-summary", "see-identifiers", "review-links"),
    never=(
        *BLINDING,
        "see-dollars-at-risk",
        "see-linked-records",
        "see-terms-and-statements",
        "see-investor-pack",
    ),
)
PARTICIPANT_REPRESENTATIVE = Role(
    "participant-representative",
    sentence("Participant representative"),
    sentence("Someone whom participants or their community chose to speak for them."),
    ("see-public-summary", "see-totals", "see-harm-log", "report-harm", "speak-for-participants"),
    never=(*OF_PEOPLE, *BLINDING),
)
PUBLIC = Role(
    "public",
    sentence("Public"),
    sentence("Anyone."),
    ("see-public-summary",),
)

ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        CASE_MANAGER,
        PROVIDER,
        JAIL_LIAISON,
        COURT_CONTACT,
        EVALUATOR,
        VALIDATOR,
        MONITORING_BOARD,
        PAYOR,
        INVESTOR,
        COORDINATOR,
        PROJECT_MANAGER,
        AUDITOR_CONTROLLER,
        COUNSEL,
        BOARD_OFFICE,
        DATA_STEWARD,
        LINK_REVIEWER,
        PARTICIPANT_REPRESENTATIVE,
        PUBLIC,
    )
}
