"""What happened, in plain words: each verb of the log, each kind of thing, each field."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

VERBS: dict[str, Text] = {
    "account.added": _("made an account"),
    "account.locked-out": _("an account was locked after five wrong passwords"),
    "account.off-boarded": _("shut an account and ended its roles"),
    "account.password-changed": _("changed the own password"),
    "account.password-given": _("gave an account a new password"),
    "account.second-factor-added": _("added a second step of signing in"),
    "account.second-factor-removed": _("removed a second step of signing in"),
    "account.sessions-ended": _("ended the open sessions of an account"),
    "account.sign-in-failed": _("somebody failed to sign in"),
    "account.signed-in": _("signed in"),
    "account.signed-out": _("signed out"),
    "amendment.consented": _("consented to an amendment"),
    "amendment.downloaded": _("downloaded a proposed amendment"),
    "amendment.in-force": _("put an amendment in force"),
    "amendment.not-needed": _("said that a consent to an amendment is not needed"),
    "amendment.proposed": _("proposed an amendment"),
    "amendment.refused": _("refused an amendment"),
    "amendment.withdrawn": _("withdrew an amendment"),
    "audit-pack.asked": _("asked for the auditor's pack"),
    "audit-pack.downloaded": _("downloaded the auditor's pack"),
    "audit-pack.made": _("made the auditor's pack"),
    "booking.told": _("brought in a booking or a release"),
    "books.taken": _("brought a list of the paying office's books"),
    "caseload.handed-over": _("handed people over to another case manager"),
    "consent.recorded": _("recorded a consent or a refusal"),
    "consent.withdrawn": _("recorded that a consent was withdrawn"),
    "contact-details.kept": _("changed how to reach a person"),
    "contact.logged": _("logged a contact"),
    "contacts.logged": _("logged a contact with several people"),
    "day.corrected": _("put a day right"),
    "decisions.closed": _("closed the decisions on matches"),
    "difference.explained": _("explained a difference to the paying office's books"),
    "disclosure.approved": _("approved a disclosure to law enforcement"),
    "disclosure.asked": _("asked for a disclosure to law enforcement"),
    "disclosure.made": _("disclosed records to law enforcement"),
    "disclosure.refused": _("refused a disclosure to law enforcement"),
    "dispute.opened": _("disputed a line of a statement"),
    "dispute.settled": _("settled a disputed line"),
    "draft.begun": _("began a draft of a note"),
    "draft.dropped": _("dropped a draft of a note"),
    "emergency.looked-at": _("looked at an opening in an emergency"),
    "emergency.opened": _("opened a record in an emergency"),
    "enrolment.began": _("enrolled a person"),
    "enrolment.ended": _("recorded that a person left the programme"),
    "extract.given-out": _("gave out an extract"),
    "feed.problems-downloaded": _("downloaded the problems of a feed"),
    "feed.taken": _("took in a file of a feed"),
    "follow-up.asked": _("asked for a follow-up"),
    "follow-up.closed": _("closed a follow-up"),
    "harm.reported": _("reported harm"),
    "harm.settled": _("settled a report of harm"),
    "harm.told": _("told somebody of harm"),
    "home.moved-in": _("recorded a move into a home"),
    "home.moved-out": _("recorded a move out of a home"),
    "initiative.opened": _("opened the initiative here"),
    "initiative.worked-out": _("had the initiative worked out"),
    "investor-pack.downloaded": _("downloaded the investors' pack"),
    "investor-pack.made": _("made the investors' pack"),
    "job.asked": _("asked for long work"),
    "job.begun": _("long work began"),
    "job.cancelled": _("cancelled long work"),
    "job.done": _("long work is done"),
    "job.failed": _("long work failed"),
    "job.given-back": _("gave long work back"),
    "job.went-on": _("long work went on"),
    "keys.dropped": _("forgot the older keys of locked fields"),
    "keys.rotated": _("locked every field under a new key"),
    "line.people-viewed": _("opened the people behind a line of a statement"),
    "log.checked": _("checked the chain of this log"),
    "log.exported": _("exported this log"),
    "log.openings-read": _("read whose records an account opened"),
    "membership.began": _("gave a role"),
    "membership.ended": _("ended a role"),
    "organisation.added": _("added an organisation"),
    "outcomes-by-arm.read": _("read outcomes by group"),
    "pair.decided": _("decided a match"),
    "pair.unsure": _("was unsure of a match"),
    "pair.viewed": _("looked at a match"),
    "participant.merged": _("joined two records of one person"),
    "participant.told-apart": _("decided that two records are two people"),
    "participant.viewed": _("opened the record of a person"),
    "records.found": _("found records in the folder of the deal"),
    "referral.acknowledged": _("acknowledged a referral"),
    "referral.changed": _("changed the state of a referral"),
    "referral.completed": _("completed the facts of a referral"),
    "referral.decided": _("had a referral decided"),
    "referral.hearing": _("recorded a hearing"),
    "referral.made": _("referred a person"),
    "referral.message": _("wrote on a referral"),
    "referral.release-expected": _("changed when a release is expected"),
    "referral.released": _("recorded a release"),
    "results.determined": _("signed results"),
    "statement.approved": _("approved a statement"),
    "statement.exported": _("downloaded a statement"),
    "statement.issued": _("issued a statement"),
    "statement.paid": _("recorded a payment"),
    "statement.returned": _("returned a statement"),
    "voucher.exported": _("downloaded a voucher"),
    "wrong-record.answered": _("recorded the answer to a wrong record"),
    "wrong-record.reported": _("reported a wrong record"),
    "wrong-record.told": _("told the holder of a wrong record"),
}
"""Each verb, as the rest of a sentence that begins with who did it."""

KINDS: dict[str, Text] = {
    "auditpack": _("auditor's pack"),
    "booking": _("booking"),
    "books": _("list of the books"),
    "consent": _("consent"),
    "contact": _("contact"),
    "determination": _("results"),
    "difference": _("difference to the books"),
    "disclosure": _("disclosure"),
    "emergency": _("opening in an emergency"),
    "enrolment": _("enrolment"),
    "extract": _("extract"),
    "followup": _("follow-up"),
    "harmreport": _("report of harm"),
    "initiative": _("initiative"),
    "membership": _("role"),
    "organisation": _("organisation"),
    "participant": _("person"),
    "payment": _("payment"),
    "placement": _("home"),
    "proposal": _("amendment"),
    "referral": _("referral"),
    "statement": _("statement"),
    "user": _("account"),
    "wrongrecord": _("wrong record"),
}

LOOKS = ("participant.viewed", "emergency.opened")
"""The verbs of someone who opened the record of one person; the subject is the person."""


def told(verb: str) -> Text:
    """The verb in words; one that nobody put into words yet is at least readable."""
    return VERBS.get(verb) or verb.replace(".", ": ").replace("-", " ")


def kind_of(kind: str) -> Text:
    """The kind of thing in a word."""
    return KINDS.get(kind) or kind.replace("-", " ")


def field_of(name: str) -> str:
    """A field of what was there before or after, as people read it."""
    return name.replace("_", " ").replace("-", " ").capitalize()
