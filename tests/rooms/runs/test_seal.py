"""Plans under seal: frozen before results are known, with the shell of their final report."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.assign import share_file
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.run.deliver import evaluate
from payforsuccess.runs.run.run import run
from payforsuccess.runs.statement.determine import determine
from payforsuccess.runs.study.exploratory import explore
from payforsuccess.runs.study.kept import read_seals
from payforsuccess.runs.study.look import look
from payforsuccess.runs.study.seal import SealedStudy, seal_study
from payforsuccess.runs.study.shell import differences, make_shell, shell_document
from payforsuccess.runs.study.standing import seals_standing
from tests.lib.deals import EVALUATOR
from tests.lib.sealed import an_open_lottery
from tests.lib.watched import BOARD, END, PLAN, a_watched_deal, amend, edit_plan, see_through

ON, TODAY = date(2024, 1, 1), date(2025, 2, 1)


def sealed(folder: Path, **changes: Any) -> SealedStudy:
    usual: dict[str, Any] = {"party": EVALUATOR, "by": "Eve Name", "on": ON, "today": TODAY}
    return seal_study(folder, **{**usual, **changes})


def refused(folder: Path, **changes: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        sealed(folder, **changes)
    return str(refusal.value)


@pytest.fixture(scope="module")
def sealed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = a_watched_deal(tmp_path_factory.mktemp("sealed") / "deal", through=END)
    sealed(folder)
    return folder


@pytest.fixture
def deal(sealed_once: Path, tmp_path: Path) -> Path:
    """A sealed deal of this test's own, seen to the end."""
    return Path(shutil.copytree(sealed_once, tmp_path / "deal"))


def test_a_seal_holds_the_plan_and_the_shell_of_its_report(tmp_path: Path) -> None:
    """R146."""
    deal = a_watched_deal(tmp_path / "deal")
    found = sealed(deal, shell=[tmp_path / "shell.html"])
    (plan,) = found.seal.plans

    assert json.loads(plan.stated) == json.loads(json.dumps(_plain_plan(deal)))
    assert plan.shell is not None and len(plan.shell.tables) >= 3
    assert "Publish the seal: sha256:" in str(found) and found.files == (tmp_path / "shell.html",)
    assert read_seals(open_folder(deal)) == (found.seal,)


def test_every_table_of_the_shell_says_that_it_is_simulated(tmp_path: Path) -> None:
    """R146: nobody takes made-up numbers for found ones."""
    deal = a_watched_deal(tmp_path / "deal")
    sealed(deal, shell=[tmp_path / "shell.html"])
    page = (tmp_path / "shell.html").read_text()

    captions = page.split("<caption")[1:] + page.split("<figcaption")[1:]
    assert captions and all("SIMULATED" in each[:200] for each in captions)
    assert "people who do not exist" in page and "50% of people without the programme" in page


def test_the_same_plan_gives_the_same_shell(tmp_path: Path, sealed_once: Path) -> None:
    other = sealed(a_watched_deal(tmp_path / "deal", through=END))

    assert other.seal.plans == read_seals(open_folder(sealed_once))[0].plans


def test_a_plan_that_was_not_changed_runs(deal: Path) -> None:
    assert [int(arm.total) for arm in evaluate(deal).estimates[0].arms] == [15, 35]


@pytest.mark.parametrize("step", [evaluate, run])
def test_a_plan_changed_after_the_seal_does_not_run(deal: Path, step: Any) -> None:
    edit_plan(deal, confidence="90%", test="fisher")

    with pytest.raises(Refusal) as refusal:
        step(deal)
    said = str(refusal.value)
    assert (
        "was changed after it was sealed on 2024-01-01 by Eve Name for Dogwood University" in said
    )
    assert "test was z-pooled and is fisher" in said
    assert "touches: [plan]" in said


def test_a_plan_taken_away_after_the_seal_is_told(deal: Path) -> None:
    text = (deal / "deal.yaml").read_text().replace('"bookings": {', '"other": {')
    (deal / "deal.yaml").write_text(text.replace('"estimate": "bookings"', '"estimate": "other"'))

    with pytest.raises(Refusal, match="not in the deal any more"):
        evaluate(deal)


def test_a_sealed_plan_is_not_sealed_twice(deal: Path) -> None:
    assert "Every plan is sealed: bookings on 2024-01-01" in refused(deal)


def test_a_change_in_the_file_itself_cannot_be_sealed(deal: Path) -> None:
    edit_plan(deal, test="fisher")

    assert "the file itself is changed" in refused(deal)


def test_an_amendment_with_its_consents_can_be_sealed_before_results(deal: Path) -> None:
    amend(deal, test="fisher")
    with pytest.raises(Refusal, match="test was z-pooled and is fisher"):
        evaluate(deal)

    again = sealed(deal, on=date(2025, 1, 2))
    assert (again.seal.number, again.seal.amendment) == (2, 1)
    assert evaluate(deal).estimates[0].test is not None


def test_an_amendment_without_a_consent_is_not_in_force_for_the_plan(deal: Path) -> None:
    amend(deal, consents=False, test="fisher")

    with pytest.raises(Refusal, match="evaluator"):
        sealed(deal, on=date(2025, 1, 2))


def test_a_plan_whose_results_are_determined_is_not_sealed(tmp_path: Path) -> None:
    deal = a_watched_deal(tmp_path / "deal", through=END)
    evaluate(deal, to=tmp_path / "results.json")
    determine(
        deal,
        party=EVALUATOR,
        role="evaluator",
        signed_by="Eve Name",
        on=date(2025, 2, 1),
        results=tmp_path / "results.json",
    )

    assert "were determined on 2025-02-01" in refused(deal)


def test_results_of_a_plan_changed_after_the_seal_are_not_determined(
    deal: Path, tmp_path: Path
) -> None:
    evaluate(deal, to=tmp_path / "results.json")
    edit_plan(deal, test="fisher")

    with pytest.raises(Refusal, match="was changed after it was sealed"):
        determine(
            deal,
            party=EVALUATOR,
            role="evaluator",
            signed_by="Eve Name",
            on=date(2025, 2, 1),
            results=tmp_path / "results.json",
        )


def test_a_plan_that_was_looked_at_is_not_sealed_anew(deal: Path) -> None:
    look(deal, "halfway", reader=BOARD, by="Bo Other", on=date(2024, 9, 2), today=TODAY)
    amend(deal, test="fisher")

    assert "were given out on 2024-09-02, at the look halfway" in refused(deal, on=date(2025, 1, 2))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"party": "Nobody"}, "“Nobody” is not a party"),
        ({"by": " "}, "name of who seals is empty"),
        ({"on": date(2030, 1, 1)}, "lies ahead"),
    ],
)
def test_who_seals_is_a_party_with_a_name_and_a_day(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    assert said in refused(a_watched_deal(tmp_path / "deal"), **changes)


def test_a_plan_that_this_version_does_not_compute_is_sealed_without_a_shell(
    tmp_path: Path,
) -> None:
    """Another program computes it; `pfs determine --from` takes what that found."""
    deal = a_watched_deal(tmp_path / "deal", plan={"standard_errors": "cr1"})
    found = sealed(deal)

    assert found.seal.plans[0].shell is None
    assert "sealed without a shell" in str(found.findings[0])


@pytest.mark.parametrize("file", ["0001.json", "chain.json"])
def test_a_seal_that_was_changed_is_noticed(deal: Path, file: str) -> None:
    path = deal / "out" / "study" / file
    path.write_text(path.read_text().replace("sha256:", "sha256:0", 1))

    with pytest.raises(Refusal):
        evaluate(deal)


def test_the_opening_of_a_lottery_seals_its_plans(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R137: what `pfs assign open` froze needs no other seal, and takes the shell on top."""
    monkeypatch.setattr(share_file, "COST", 16)
    lottery = an_open_lottery(tmp_path / "lottery")
    folder = open_folder(lottery.deal)
    before = seals_standing(folder, folder.history())
    assert all(each.by_lottery and each.sealed is None for each in before.values())

    sealed(lottery.deal, party="Example University", on=date(2026, 3, 2), today=date(2026, 6, 1))
    after = seals_standing(folder, folder.history())
    assert all(each.by_lottery and each.sealed is not None for each in after.values())
    assert {n: e.fingerprint for n, e in after.items()} == {
        n: e.fingerprint for n, e in before.items()
    }


def test_the_final_report_says_which_shell_it_fulfils(deal: Path, tmp_path: Path) -> None:
    """R146."""
    shell = read_seals(open_folder(deal))[0].plans[0].shell
    assert shell is not None
    evaluate(deal, report=[tmp_path / "report.html"], small_numbers=True)

    page = (tmp_path / "report.html").read_text()
    assert "What was sealed before launch" in page and shell.document in page
    told = page.split("but for these tables:")[1].split("</ul>")[0]
    assert told.count("<li") == 1
    assert "participants from assignment to analysis” has 3 rows, and the shell 7." in told


def test_a_table_that_is_not_as_in_the_shell_is_named(deal: Path) -> None:
    """R146."""
    sealed_shell = read_seals(open_folder(deal))[0].plans[0].shell
    assert sealed_shell is not None
    history = open_folder(deal).history().latest
    document = shell_document(history, [make_shell(history, "bookings")])
    assert differences(sealed_shell, document) == ()

    first, second, *others = sealed_shell.tables
    wider = second.model_copy(update={"columns": (*second.columns, "One more")})
    missing = first.model_copy(update={"title": "A promised table"})
    promised = sealed_shell.model_copy(update={"tables": (missing, wider, *others)})
    told = differences(promised, document)
    assert "“A promised table” is missing." in told
    assert f"“{first.title}” was not in the shell." in told
    assert any(each.startswith(f"“{second.title}” has other columns") for each in told)


def test_an_analysis_in_no_plan_is_labelled_and_gives_no_result(deal: Path, tmp_path: Path) -> None:
    found = explore(deal, _asked(tmp_path, test="fisher"))

    assert str(found).startswith("EXPLORATORY: in no plan that was agreed before.")
    assert [estimate.plan for estimate in found.estimates] == ["by_fisher"]
    assert "results" not in found.as_plain() and found.as_plain()["is_exploratory"] is True


def test_an_analysis_in_no_plan_waits_for_the_end(tmp_path: Path) -> None:
    """R139: it is no way around the looks."""
    deal = a_watched_deal(tmp_path / "deal")
    early = {"population": {"says": "The first", "starts_to": "2024-02-01"}}
    asked = _asked(tmp_path, measure={**PLAN["measure"], **early})

    with pytest.raises(Refusal, match="60 of 120 windows are not yet seen"):
        explore(deal, asked)
    see_through(deal, END)
    assert len(explore(deal, asked).estimates) == 1


def test_an_analysis_takes_no_plans_name(deal: Path, tmp_path: Path) -> None:
    file = _asked(tmp_path, name="bookings")

    with pytest.raises(Refusal, match="The deal has a plan called bookings"):
        explore(deal, file)


def _asked(folder: Path, *, name: str = "by_fisher", **plan: Any) -> Path:
    stated = {key: value for key, value in PLAN.items() if key not in ("looks", "monitoring")}
    file = folder / "asked.yaml"
    asks = "Whether another test would say the same."
    exploratory = {name: {**stated, **plan}}
    file.write_text(json.dumps({"format": 1, "asks": asks, "exploratory": exploratory}))
    return file


def _plain_plan(deal: Path) -> object:
    return open_folder(deal).history().latest.evaluation["bookings"].as_plain()


def test_a_seal_says_when_it_was_written_and_what_lay_beside_it(tmp_path: Path) -> None:
    deal = a_watched_deal(tmp_path / "deal")
    found = sealed(deal)
    told = " ".join(map(str, found.findings))

    assert (found.seal.on, found.seal.written_on) == (ON, TODAY)
    assert found.seal.records_through == date(2024, 8, 31)
    assert "signed for 2024-01-01 and written on 2025-02-01" in told
    assert "Records complete through 2024-08-31 lie beside it" in told


def test_a_seal_before_any_record_of_the_day_says_nothing_more(tmp_path: Path) -> None:
    deal = a_watched_deal(tmp_path / "deal")
    shutil.rmtree(deal / "feeds")
    found = sealed(deal, today=ON)

    assert found.seal.records_through is None and found.findings == ()


def test_a_back_dated_seal_is_told_wherever_it_is_used(deal: Path) -> None:
    """R137: by the day on which it was written, every outcome could be known."""
    says = "sealed on 2024-01-01 by Eve Name for Dogwood University, and the record of it was "
    says += "written on 2025-02-01; by then 120 of 120 windows were over"

    assert says in " ".join(each.what for each in evaluate(deal).findings)


def test_a_seal_of_its_day_is_not_told_of(tmp_path: Path) -> None:
    deal = a_watched_deal(tmp_path / "deal", through=END)
    sealed(deal, today=ON)

    assert not [each for each in evaluate(deal).findings if each.topic == "seal"]


def test_a_seal_once_windows_are_over_is_told(tmp_path: Path) -> None:
    late = date(2024, 8, 1)
    deal = a_watched_deal(tmp_path / "deal", through=END)
    sealed(deal, on=late, today=late)

    (told,) = [each.what for each in evaluate(deal).findings if each.topic == "seal"]
    assert "by then 60 of 120 windows were over" in told and "was written" not in told


def test_a_plan_without_a_seal_on_record_is_told(deal: Path) -> None:
    """Whoever takes the records of seals away cannot do so unseen."""
    shutil.rmtree(deal / "out" / "study")

    (told,) = [each.what for each in evaluate(deal).findings if each.topic == "seal"]
    assert told.startswith("No seal of the plan bookings is on record, although it has looks")


def test_a_determination_names_the_seal_and_misses_it(deal: Path, tmp_path: Path) -> None:
    evaluate(deal, to=tmp_path / "results.json")
    signed: dict[str, Any] = {"party": EVALUATOR, "role": "evaluator", "signed_by": "Eve Name"}
    record = determine(deal, **signed, on=date(2025, 3, 1), results=tmp_path / "results.json")
    shutil.rmtree(deal / "out" / "study")

    (named,) = record.seals
    assert (named.plan, named.on) == ("bookings", ON)
    assert "by the plan bookings as sealed on 2024-01-01" in str(record)
    with pytest.raises(Refusal, match="Determination 1 rests on a seal of the plan bookings"):
        evaluate(deal)
