from datetime import date

import pytest

from tests.html import assert_swap_equals_reload, form, texts
from tests.services.acts import BY
from tracker.lib.periods import PeriodBasis, PeriodKind
from tracker.models import Report
from tracker.services import regimes as do

HTMX = {"HX-Request": "true"}
MONTHLY = {"period_kind": PeriodKind.MONTH, "basis": PeriodBasis.DECREE}


@pytest.fixture
def owed(set_up, cast):
    """HAL owes November and December; all groups are reported on by the director's secretary."""
    with set_up():
        common = {"starts_on": date(2026, 11, 1), "by": BY, **MONTHLY}
        do.create("Báo cáo tháng", group_id=cast.groups["HAL"], **common)
        do.create("Báo cáo tổng hợp", responsible_id=cast["member"].person_id, **common)


def test_what_is_due_is_shown_late_ones_first_to_who_sees_the_groups(client_for, owed):
    def rows(role, show="all"):
        return texts(client_for(role).get(f"/reports/due?show={show}"), "tbody tr")

    seen = rows("director")
    assert seen[0] == (
        "Báo cáo tổng hợp Tháng 11 năm 2026 Tất cả các tổ 16/11/2026 ■ quá hạn 5 ngày làm việc"
        " 14/11/2026 Phạm Văn Ổn Chưa bắt đầu"
    )
    assert seen[3] == (
        "Báo cáo tháng Tháng 12 năm 2026 Tổ công tác Hal 15/12/2026 còn 16 ngày làm việc"
        " 14/12/2026 Tổ trưởng, thư ký Chưa bắt đầu"
    )
    assert len(seen) == 4
    assert len(rows("secretary", "mine")) == 2
    assert len(rows("outsider", "late")) == 1  # a group is hidden from them: so are all of them


def test_a_reader_lands_on_what_is_theirs(client_for, owed):
    chips = texts(client_for("secretary").get("/reports/due"), "[aria-current=page].chip")

    assert chips == ["Của tôi 2"]
    assert texts(client_for("director").get("/reports/due"), "[aria-current=page].chip") == [
        "Tất cả 4"
    ]


def test_the_parts_are_swapped_as_they_are_loaded(client_for, owed):
    director, at = client_for("director"), "/reports/due?show=late"

    assert assert_swap_equals_reload(director, director.get(at, headers=HTMX), at) == ["due"]


def test_a_report_that_somebody_asks_for_is_the_one_that_is_owed(client_for, owed, set_up):
    secretary = client_for("secretary")
    asked = {"group": "HAL", "period": "2026-11"}

    begun = [secretary.post("/reports", data=asked).location for _ in range(2)]
    secretary.post("/reports", data=asked | {"period": "2026-Q3"})

    assert begun[0] == begun[1]
    assert "hạn gửi 16/11/2026" in texts(secretary.get(begun[0]), "main header")[0]
    with set_up() as session:
        reports = session.query(Report).order_by(Report.id).all()
        assert [(one.period, one.regime_id) for one in reports] == [
            ("2026-11", 1),
            ("2026-Q3", None),
        ]


def test_the_secretary_begins_what_is_owed_once(client_for, owed, set_up):
    secretary = client_for("secretary")
    button = form(secretary.get("/reports/due"), "tbody tr:first-child form")

    first = secretary.post("/reports/due", data=button)
    again = secretary.post("/reports/due", data=button)

    assert (first.status_code, first.location) == (303, again.location)
    with set_up() as session:
        (report,) = session.query(Report).all()
        assert (report.period, report.due_on) == ("2026-11", date(2026, 11, 16))
    assert client_for("member").post("/reports/due", data=button).status_code == 403
    assert client_for("secretary").post("/reports/due", data={}).status_code == 404
