from datetime import UTC, date, datetime

from tracker.exports import slips
from tracker.lib.periods import parse
from tracker.models import MoveReason, Strand
from tracker.queries.slips import Line, Total, Totals
from tracker.words import language

LINE = Line(
    id=1,
    kind="task",
    code="HAL-1",
    title=None,
    group_key="HAL",
    group_name="Tổ Hal",
    group_name_en="Halal group",
    strand=Strand.METROLOGY,
    unit="VMI",
    field="due",
    from_day=date(2026, 12, 1),
    to_day=date(2026, 11, 26),
    days=-5,
    working_days=-3,
    reason=None,
    sentence="",
    agreed_by="",
    person="",
    at=datetime(2026, 11, 23, tzinfo=UTC),
    moved_on=date(2026, 11, 23),
    cause="import",
    cause_id="7",
)
SUM = Total(MoveReason.BUDGET, 1, 14, 0, 0)
TOTALS = Totals(
    whole=SUM._replace(key=None),
    reasons=[SUM, SUM._replace(key=None)],
    strands=[SUM._replace(key=Strand.METROLOGY)],
    units=[SUM._replace(key=(7, "VMI"))],
    periods=[SUM._replace(key=parse("2026-11"))],
)


def test_a_move_that_came_with_an_import_says_so():
    assert slips.cause(LINE, language("vi")) == "nhập từ Excel"
    text = slips.as_csv([LINE], language("vi")).decode("utf-8-sig")
    assert text.splitlines()[1].split(";")[-8:] == [
        *("26/11/2026", "-5", "-3", "", "", "", "", "nhập từ Excel")
    ]


def test_the_workbook_has_the_moves_and_their_sums():
    made = slips.as_xlsx([LINE], TOTALS, language("vi"), date(2026, 11, 23))

    assert made[:2] == b"PK"
    assert made == slips.as_xlsx([LINE], TOTALS, language("vi"), date(2026, 11, 23))
