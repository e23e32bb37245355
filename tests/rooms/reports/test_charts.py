"""Figures: they parse, hold their labels, come out the same twice, and can be heard."""

from __future__ import annotations

import subprocess
import sys
import warnings
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.payments import nodes
from payforsuccess.reports import Svg
from payforsuccess.reports.charts import (
    ArmRate,
    FlowArm,
    Piece,
    Point,
    Reason,
    canvas,
    outcome_by_arm,
    participant_flow,
    payment_curve,
)
from payforsuccess.reports.curves import pieces_of
from tests.rooms.reports.cast import a_curve, a_flow, two_arms

FIGURES = {
    "curve": lambda: payment_curve(a_curve()),
    "arms": lambda: outcome_by_arm(two_arms()),
    "flow": lambda: participant_flow(a_flow()),
}


def words_in(image: object) -> str:
    assert isinstance(image, Svg)
    root = ElementTree.fromstring(image.text)
    return " ".join(
        " ".join("".join(text.itertext()).split())
        for text in root.iter()
        if text.tag.endswith("}text")
    )


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_the_same_twice(name):
    assert FIGURES[name]() == FIGURES[name]()


@pytest.mark.parametrize("name", FIGURES)
def test_a_drawing_has_no_style_sheet_date_or_size_of_its_own(name):
    text = FIGURES[name]().image.text
    for unwanted in ("<style", "style=", "metadata", "date", "DOCTYPE", "xlink"):
        assert unwanted not in text
    assert {"width", "height"}.isdisjoint(ElementTree.fromstring(text).attrib)


def test_drawing_leaves_the_settings_of_others_alone():
    import matplotlib

    before = dict(matplotlib.rcParams)
    matplotlib.rcParams["svg.fonttype"] = "path"
    payment_curve(a_curve())

    assert matplotlib.rcParams["svg.fonttype"] == "path"
    matplotlib.rcParams["svg.fonttype"] = before["svg.fonttype"]
    assert dict(matplotlib.rcParams) == before


def test_drawing_takes_nothing_from_the_settings_of_others():
    import matplotlib

    expected = payment_curve(a_curve())
    with matplotlib.rc_context({"font.size": 40, "lines.linewidth": 12, "axes.grid": True}):
        assert payment_curve(a_curve()) == expected


def test_reading_the_charts_loads_no_drawing_library():
    code = (
        f"import sys; sys.path[:0] = {sys.path!r}; import payforsuccess.reports.charts; "
        "print('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def test_without_the_drawing_library_the_refusal_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    with pytest.raises(Refusal, match=r"pip install 'payforsuccess\[analysis\]'"):
        payment_curve(a_curve())


def test_the_size_of_letters_survives_however_the_library_writes_it():
    shorthand = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9pt" height="9pt">'
        "<text style=\"font: bold 9px 'DejaVu Sans', sans-serif; text-anchor: end\">n</text></svg>"
    )
    (text,) = ElementTree.fromstring(canvas.cleaned(shorthand))

    assert text.attrib == {
        "font-size": "9px",
        "font-family": "'DejaVu Sans', sans-serif",
        "font-weight": "bold",
        "text-anchor": "end",
    }


def test_a_hostile_name_stays_text_in_a_drawing():
    hostile = "</text><script>alert(1)</script>\x00$x$"
    figure = outcome_by_arm(two_arms(outcome=hostile))

    assert "<script" not in figure.image.text
    assert "<script>alert(1)</script>\ufffd$x$" in words_in(figure.image)


@pytest.mark.parametrize("name", ["$x_2$ \\alpha", "居住支援", "Vivienda 🏠", "a & b < c", "{}%s"])
def test_a_name_in_any_script_is_drawn_as_it_is_and_without_a_warning(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = payment_curve(a_curve(outcome=name))

    assert name in words_in(figure.image)


class TestPaymentCurve:
    def test_the_drawing_holds_axes_with_units_the_ceiling_and_the_point_paid(self):
        words = words_in(payment_curve(a_curve()).image)

        for label in (
            "Fewer jail days (percent)",
            "Payment (USD)",
            "Ceiling 6,130,000",
            "27.5 percent",
            "pays 4,400,000.00",
        ):
            assert label in words

    def test_the_words_tell_each_piece_each_jump_the_ceiling_and_the_result(self):
        assert payment_curve(a_curve()).alternative == (
            "Payment in USD, by outcome: Fewer jail days. "
            "From 0 to below 20 percent it pays 0. "
            "From 20 to below 30 percent it rises evenly from 3,200,000 to 4,800,000. "
            "From 30 to 65 percent it rises evenly from 4,800,000 to 6,130,000. "
            "At 20 percent the payment jumps from 0 to 3,200,000. "
            "The ceiling is 6,130,000. "
            "The result, 27.5 percent, pays 4,400,000.00."
        )

    def test_a_curve_of_many_pieces_is_told_in_short(self):
        steps = tuple(Piece(Point(at, at * 100), Point(at + 1, at * 100)) for at in range(12))
        figure = payment_curve(a_curve(pieces=steps, paid=None, ceiling=None))

        assert figure.alternative == (
            "Payment in USD, by outcome: Fewer jail days. The curve has 12 pieces, from 0 at "
            "0 percent to 11 at 12 percent; the table lists them all."
        )
        assert len(figure.table.rows) == 12

    def test_a_fall_a_single_point_and_an_end_left_out_are_told(self):
        pieces = (
            Piece(Point(0, 500), Point(1, 100), includes_end=True),
            Piece(Point(1, 0), Point(2, 0), includes_start=False),
            Piece(Point(2, 900), Point(2, 900), includes_end=True),
        )
        said = payment_curve(a_curve(pieces=pieces, unit="", paid=None, ceiling=None)).alternative

        assert "From 0 to 1 it falls evenly from 5 to 1." in said
        assert "From above 1 to below 2 it pays 0." in said
        assert "At 2 it pays 9." in said

    def test_the_table_says_which_ends_belong(self):
        table = payment_curve(a_curve()).table
        cells = [[cell.parts[0] for cell in row] for row in table.rows]

        assert cells[0] == ["0", "below 20", "0.00", "0.00"]
        assert cells[2] == ["30", "65", "4,800,000.00", "6,130,000.00"]

    def test_a_jump_has_one_open_and_one_filled_end(self):
        text = payment_curve(a_curve(paid=None, ceiling=None)).image.text

        assert 'fill="#ffffff"' in text
        assert "stroke-dasharray" in text

    @pytest.mark.parametrize("at", [0, 20, 35, 64, 65])
    def test_the_point_paid_may_lie_anywhere(self, at):
        figure = payment_curve(a_curve(paid=Point(Fraction(at), 320_000_000)))
        assert f"{at} percent" in words_in(figure.image)

    def test_a_flat_curve_of_nothing_and_a_negative_one_can_be_drawn(self):
        flat = (Piece(Point(0, 0), Point(1, 0), includes_end=True),)
        below = (Piece(Point(0, -500), Point(1, -100), includes_end=True),)
        for pieces in (flat, below):
            figure = payment_curve(a_curve(pieces=pieces, paid=None, ceiling=None))
            assert figure.image is not None and words_in(figure.image)
            assert "NaN" not in figure.image.text and "nan" not in figure.alternative

    def test_pieces_out_of_order_or_overlapping_are_refused(self):
        with pytest.raises(ValueError, match="smaller value to the larger"):
            Piece(Point(2, 0), Point(1, 0))
        with pytest.raises(ValueError, match="do not overlap"):
            a_curve(pieces=(Piece(Point(0, 0), Point(5, 0)), Piece(Point(4, 0), Point(6, 0))))
        with pytest.raises(ValueError, match="needs pieces"):
            a_curve(pieces=())


def test_a_long_name_of_an_axis_is_broken_into_lines():
    name = "Percent fewer " + "and fewer " * 9 + "arrests"
    figure = payment_curve(a_curve(outcome=name))

    assert name in words_in(figure.image)
    assert name not in figure.image.text


class TestPiecesOfBands:
    """Bands of a payment term become pieces of a curve, cut to what is drawn."""

    BANDS = nodes.Bands(
        nodes.Outcome("jail_reduction"),
        (
            nodes.Piece(None, False, Fraction(20), False, Fraction(0), Fraction(0)),
            nodes.Piece(
                Fraction(20), True, Fraction(30), False, Fraction(320_000_000), Fraction(16_000_000)
            ),
            nodes.Piece(Fraction(30), True, None, False, Fraction(480_000_000), Fraction(0)),
        ),
        "jail_reduction",
    )

    def test_each_band_is_a_piece_and_open_ends_stop_at_the_frame(self):
        assert pieces_of(self.BANDS, least=Fraction(0), most=Fraction(65)) == (
            Piece(Point(0, 0), Point(20, 0)),
            Piece(Point(20, 320_000_000), Point(30, 480_000_000)),
            Piece(Point(30, 480_000_000), Point(65, 480_000_000), includes_end=True),
        )

    def test_a_band_cut_by_the_frame_pays_what_it_pays_there(self):
        (piece,) = pieces_of(self.BANDS, least=Fraction(21), most=Fraction("29.5"))

        assert piece == Piece(
            Point(21, 336_000_000), Point(Fraction("29.5"), 472_000_000), includes_end=True
        )

    def test_a_frame_without_width_or_without_bands_is_refused(self):
        with pytest.raises(ValueError, match="smaller value"):
            pieces_of(self.BANDS, least=Fraction(5), most=Fraction(5))
        empty = nodes.Bands(nodes.Outcome("x"), (), "x")
        with pytest.raises(ValueError, match="no band"):
            pieces_of(empty, least=Fraction(0), most=Fraction(5))


class TestOutcomeByArm:
    def test_the_drawing_holds_arms_numbers_rates_and_intervals(self):
        words = words_in(outcome_by_arm(two_arms()).image)

        for label in (
            "Control (n = 216)",
            "66 of 216 = 30.6% (24.8% to 37.0%)",
            "48 of 216 = 22.2% (17.2% to 28.3%)",
            "Arrested within 52 weeks (line: 95% interval (Wilson))",
        ):
            assert label in words

    def test_the_words_give_number_denominator_interval_and_date(self):
        assert outcome_by_arm(two_arms()).alternative == (
            "Arrested within 52 weeks, as of 30 June 1980, with 95% interval (Wilson). "
            "Control: 66 of 216, 30.6%, interval 24.8% to 37.0%. "
            "Financial aid: 48 of 216, 22.2%, interval 17.2% to 28.3%."
        )

    def test_a_mean_is_shown_in_its_unit(self):
        arms = (ArmRate("Control", 12.5, 10, 15.25, of=1_200),)
        figure = outcome_by_arm(two_arms(arms=arms, unit="days", as_of=""))

        assert "Control: 1,200 people, 12.5 days, interval 10 to 15.25." in figure.alternative
        assert [column.title for column in figure.table.columns][2] == "Mean (days)"

    def test_arms_differ_in_shape_and_not_in_colour_alone(self):
        root = ElementTree.fromstring(outcome_by_arm(two_arms()).image.text)
        shapes = {
            path.attrib["d"]
            for path in root.iter("{http://www.w3.org/2000/svg}path")
            if "id" in path.attrib
        }
        assert len(shapes) >= 4

    @pytest.mark.parametrize("rate", [0.0, 0.02, 0.5, 1.0])
    def test_rates_at_the_edges_can_be_drawn(self, rate):
        arm = ArmRate("Supportive housing with intensive services", rate, rate, rate, of=50)
        words = words_in(outcome_by_arm(two_arms(arms=(arm,))).image)

        assert "Supportive housing with" in words

    def test_a_rate_and_an_interval_that_differ_in_the_last_digits_are_taken(self):
        assert ArmRate("A", 0.0, 1e-17, 0.08, of=45).rate == 0.0

    @pytest.mark.parametrize(
        "build",
        [
            lambda: ArmRate("A", 0.5, 0.6, 0.7, of=10),
            lambda: ArmRate("A", 0.5, 0.4, 0.6, of=0),
            lambda: ArmRate("A", 0.5, 0.4, 0.6, of=10, number=11),
            lambda: ArmRate("", 0.5, 0.4, 0.6, of=10),
            lambda: two_arms(arms=()),
            lambda: two_arms(arms=(ArmRate("A", 0.5, 0.4, 0.6, of=10),) * 2),
            lambda: two_arms(arms=(ArmRate("A", 2.0, 1.0, 3.0, of=10),)),
            lambda: two_arms(interval=""),
        ],
    )
    def test_numbers_that_cannot_be_are_refused(self, build):
        with pytest.raises(ValueError):
            build()


class TestParticipantFlow:
    def test_the_drawing_holds_every_box(self):
        words = words_in(participant_flow(a_flow()).image)

        for label in (
            "Assessed",
            "n = 500",
            "not eligible: 60",
            "Randomised",
            "n = 432",
            "allocated: n = 216",
            "Followed to the end: n = 210",
            "moved: 4",
            "died: 2",
            "Analysed: n = 216",
        ):
            assert label in words

    def test_the_words_tell_the_same(self):
        assert participant_flow(a_flow()).alternative == (
            "500 people assessed. Excluded: 60, not eligible. Excluded: 8, declined. "
            "Randomised: 432 people. "
            "Financial aid: 216 allocated, 216 followed to the end, 216 analysed. "
            "Control: 216 allocated, 210 followed to the end (4 moved and 2 died), 216 analysed."
        )

    def test_the_table_adds_up_over_the_arms(self):
        rows = participant_flow(a_flow()).table.rows
        assert [row[-1].parts[0] for row in rows] == ["432", "426", "432"]

    @pytest.mark.parametrize("arms", [1, 2, 3, 4])
    def test_one_to_four_arms_can_be_drawn(self, arms):
        flow = a_flow(
            arms=tuple(FlowArm(f"Arm {at}", 10, 9, 9) for at in range(arms)),
            assessed=None,
            excluded=(),
        )
        assert f"Arm {arms - 1}" in words_in(participant_flow(flow).image)

    def test_a_box_grows_with_its_words(self):
        long = "moved out of the county before the window closed and could not be found"
        short, tall = (
            participant_flow(
                a_flow(
                    arms=(FlowArm("Aid", 10, 9, 10, lost=(Reason(why, 1),)),),
                    assessed=None,
                    excluded=(),
                )
            )
            for why in ("moved", long)
        )
        heights = [
            float(ElementTree.fromstring(figure.image.text).attrib["viewBox"].split()[3])
            for figure in (short, tall)
        ]

        assert heights[1] > heights[0]

    @pytest.mark.parametrize(
        "build",
        [
            lambda: FlowArm("A", 10, 11, 10),
            lambda: FlowArm("A", 10, 10, 11),
            lambda: FlowArm("A", 10, 8, 10, lost=(Reason("moved", 1),)),
            lambda: FlowArm("A", 10, 10, 8, left_out=(Reason("moved", 1),)),
            lambda: Reason("moved", -1),
            lambda: Reason("", 1),
            lambda: a_flow(assessed=501),
            lambda: a_flow(assessed=None),
            lambda: a_flow(arms=()),
            lambda: a_flow(arms=(FlowArm("A", 216, 216, 216),) * 2),
        ],
    )
    def test_numbers_that_do_not_add_up_are_refused(self, build):
        with pytest.raises(ValueError):
            build()
