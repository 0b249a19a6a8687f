from datetime import date

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.html import one, parse, texts, words
from tracker.models import MoveReason
from tracker.services import tasks
from tracker.services.act import Act, Why

DUE, LATER = date(2026, 12, 1), date(2026, 12, 15)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def code(set_up, cast):
    with set_up() as session:
        task = make.task(session, make.stream_of(session, cast), title="=Đo", due=DUE)
        by = Act(person_id=cast["head"].person_id, at=NOW, cause="web")
        why = Why(reason=MoveReason.BUDGET, sentence="+84 chưa có dự toán.")
        tasks.move_forecast(task, LATER, why=why, by=by)
        return task.code


@pytest.mark.parametrize("address", ["/slips", "/groups/HAL/slips"])
def test_the_ledger_lists_moves_and_their_sums(client_for, code, address):
    page = client_for("member").get(address)

    assert words(one(page, ".slips__days b")) == "+14"
    assert texts(page, "#slips-whole b") == ["1", "0", "+14", "0"]
    assert parse(page).find(href=f"/tasks/{code}")
    assert parse(page).find(href=f"{address}?reason=budget")
    fragment = client_for("member").get(address, headers=HTMX)
    assert words(one(fragment, "#slips")) == words(one(page, "#slips"))


def test_filters_stand_in_the_address(client_for, code):
    member = client_for("member")

    assert len(parse(member.get("/slips?reason=budget&strand=metrology")).select("tr[id]")) == 1
    empty = member.get("/slips?reason=no_consensus")
    assert texts(empty, ".empty h2") == ["Không có lần dời nào như vậy"]
    assert (
        len(parse(member.get("/slips?reason=flying&unit=x&kind=y&page=99")).select("tr[id]")) == 1
    )


def test_a_period_that_is_none_is_said_to_be_none(client_for, code):
    page = client_for("member").get("/slips?period=2026-13")

    assert words(one(page, "#period-error")) == "Không có kỳ báo cáo «2026-13»."
    assert len(parse(page).select("tr[id]")) == 1


def test_the_ledger_is_taken_away_as_csv_that_runs_nothing(client_for, code):
    answer = client_for("member").get("/groups/HAL/slips.csv?period=2026-12")

    assert answer.content_type == "text/csv; charset=utf-8"
    assert "HAL-slips_2026-12.csv" in answer.headers["Content-Disposition"]
    head, row = answer.data.decode("utf-8-sig").splitlines()
    assert head.split(";")[1:3] == ["Mã", "Nhiệm vụ, mốc tiến độ"]
    assert row.split(";") == [
        *("23/11/2026", code, "'=Đo", "Tổ công tác Hal", "Đo lường", "", "Dự kiến"),
        *("01/12/2026", "15/12/2026", "14", "10", "Kinh phí", "'+84 chưa có dự toán."),
        *("Nguyễn Thị Đào", "", ""),
    ]


def test_the_ledger_is_taken_away_as_a_workbook(client_for, code):
    answer = client_for("member").get("/slips.xlsx")

    assert answer.data[:2] == b"PK"
    assert client_for("member").get("/slips.pdf").status_code == 404


def test_an_empty_ledger_says_what_belongs_there(client_for):
    assert texts(client_for("member").get("/slips"), ".empty h2") == ["Chưa có ngày nào được dời"]
    assert client_for("head").get("/groups/SOL/slips").status_code == 404
    assert client_for("member").get("/slips?period=").status_code == 200
