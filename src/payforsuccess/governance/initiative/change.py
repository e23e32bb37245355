"""Change in people's work: the plan, training, hours, notes, incentives, scale."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import (
    Amount,
    CountedDay,
    Exact,
    ExactFromZero,
    Name,
    Text,
    WholeFromOne,
    WholeFromZero,
)
from payforsuccess.deal.model import Model
from payforsuccess.governance.initiative.evidence import Paper

Lever = Literal["policy", "technology", "contracts", "capacity"]


class Adoption(Model):
    """How far a new routine is used, measured on a day."""

    on: CountedDay = Field(description="The day.")
    value: ExactFromZero = Field(description="What was counted.")
    of: ExactFromZero = Field(description="Out of how many.")


class Routine(Model):
    """A change in someone's day."""

    who: Text = Field(description="Who is affected.")
    changes: Text = Field(description="What changes in their day.")
    why: Text = Field(description="Why.")
    training: Text = Field(description="The training for it.")
    owner: Text = Field(description="Who brings it about.")
    due: CountedDay | None = Field(None, description="By when.")
    measure: Text = Field(description="How its use is seen.")
    adoption: tuple[Adoption, ...] = Field((), description="What was seen, in order.")


class SystemsChange(Model):
    """What the pilot is to change beyond itself: rules, data and streams of others, by when."""

    rules: Text = Field(description="Whose rules.")
    data: Text = Field(description="Whose data.")
    funding_streams: Text = Field(description="Which funding streams.")
    by: CountedDay = Field(description="By when.")


class Training(Model):
    """Someone was taught how outcomes contracts work."""

    person: Text = Field(description="Who, as the department's list has it.")
    department: Text = Field(description="The department.")
    role: Text = Field(description="The person's role.")
    module: Text = Field(description="The lesson.")
    on: CountedDay = Field(description="When.")


class Headcount(Model):
    """How many people of a department should be taught."""

    department: Text = Field(description="The department.")
    people: WholeFromOne = Field(description="How many.")


class Hours(Model):
    """Staff hours by phase and lever."""

    phase: Literal["contracting", "implementation"] = Field(description="Before or after signing.")
    lever: Lever = Field(description="The lever they were spent on.")
    hours: ExactFromZero = Field(description="How many.")
    on: CountedDay = Field(description="The day, or the last day of the time they cover.")


class LearningNote(Model):
    """What others can learn from this initiative."""

    name: Name = Field(description="Unique in the file.")
    on: CountedDay = Field(description="When it was written.")
    says: Text = Field(description="The lesson.")
    evidence: tuple[Text, ...] = Field(min_length=1, description="What it rests on.")
    read_by: tuple[Text, ...] = Field((), description="Departments that read it.")
    reused_by: tuple[Text, ...] = Field((), description="Initiatives that used it.")


class Incentive(Model):
    """What a leader gets for taking up outcomes work for a whole funding stream."""

    kind: Text = Field(description="Its kind.")
    recipient: Text = Field(description="The department.")
    condition: Text = Field(description="On what condition.")
    value: Text = Field(description="What it is worth, with its source.")
    taken_up_on: CountedDay | None = Field(None, description="When it was taken up.")


class ScaleStep(Model):
    """A step from demonstration to scale, with the evidence that allowed it."""

    to: Literal["pilot", "replicated", "funding-stream"] = Field(description="The new scale.")
    on: CountedDay = Field(description="When.")
    evidence: tuple[Paper, ...] = Field((), description="What allowed it.")


class PracticeChange(Model):
    """The provider changed how it works because a metric was off track."""

    on: CountedDay = Field(description="The day.")
    site: Text | None = Field(None, description="Where; everywhere, if left out.")
    says: Text = Field(description="What changed.")
    reason: Text = Field(description="Why.")
    metric: Text = Field(description="The metric that asked for it.")


class Reused(Model):
    """A document of this initiative, and whether it was made anew or taken over."""

    document: Text = Field(description="What it is.")
    origin: Literal["new", "reused", "adapted"] = Field(description="How it came about.")
    from_: Text | None = Field(None, alias="from", description="Where it was taken from.")


class Target(Model):
    """A metric of the initiative with its baseline, target and where it stands."""

    name: Name = Field(description="Unique in the file; of an outcome of the deal, its name.")
    says: Text = Field(description="What is counted.")
    kind: Literal["homelessness", "return-to-custody", "public-spending", "other"] = Field(
        description="Which of the tracked subjects it belongs to."
    )
    unit: Text = Field(description="Its unit.")
    baseline: Exact | None = Field(None, description="Before; unknown, if left out.")
    baseline_source: Text | None = Field(None, description="Where it comes from.")
    target: Exact | None = Field(None, description="What is aimed at; unknown, if left out.")
    current: Exact | None = Field(None, description="Now; unknown, if left out.")
    current_on: CountedDay | None = Field(None, description="As of when.")
    denominator: WholeFromZero | None = Field(None, description="Out of how many people.")


class SupportMoney(Model):
    """Money for outside advice, kept apart from capital and from success payments."""

    by: Text = Field(description="Who gives it.")
    to: Text = Field(description="Who gets it.")
    amount: Amount = Field(description="How much.")
    for_: Text = Field(alias="for", description="For what.")
    on: CountedDay | None = Field(None, description="When.")
