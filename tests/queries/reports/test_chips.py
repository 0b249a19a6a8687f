"""What facts say in the text of a report; no database is asked."""

from dataclasses import replace
from datetime import date

import pytest

from tests.exports.reports import RISKS, make_facts, make_task, make_workstreams
from tracker.lib.lateness import FourCells
from tracker.queries.report_facts import (
    CellsRow,
    Name,
    PlanMilestoneFact,
    QuestionFact,
    Statistics,
)
from tracker.queries.reports.chips import missing, values

MILESTONE = PlanMilestoneFact(
    "HAL-M3", "Công bố", "HAL", "standards", date(2026, 11, 1), date(2026, 12, 5), None, 34
)
WHOLE, STRAND = FourCells(5, 1, 1200, 3, 1), FourCells(1, 0, 4, 2)
NUMBERS = Statistics(
    WHOLE, FourCells(3, 1, 10, 2), (CellsRow("metrology", STRAND),), (CellsRow("HAL", WHOLE),)
)


def facts(**given):
    return make_facts(**{"milestones": (MILESTONE,), "risks": RISKS, "statistics": NUMBERS} | given)


def said(text, told=None, **given):
    found = values(told or facts(), [text], **given)
    return next(iter(found.values()), None)


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("[[tổng số]]", "1.209", "1,209"),
        ("[[quá hạn]]", "3", ""),
        ("[[dừng thực hiện]]", "1", ""),
        ("[[kỳ trước: hoàn thành]]", "4", ""),
        ("[[đến hạn]]", "9", ""),
        ("[[tỷ lệ hoàn thành]]", "66,67%", "66.67%"),
        ("[[lần dời ngày]]", "2", ""),
        ("[[ngày chốt số liệu]]", "14/11/2026", ""),
        ("[[Đo lường: quá hạn]]", "2", ""),
        ("[[metrology: total]]", "7", ""),
        ("[[HAL: tổng số]]", "1.209", "1,209"),
        ("[[HAL]]", "Tổ công tác Halal", "Halal working group"),
        ("[[Đo lường]]", "Đo lường", "Metrology"),
    ],
)
def test_numbers_are_those_of_the_report(text, vi, en):
    assert said(text) == Name(vi, en)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[[Tiêu chuẩn: tình trạng]]", "Chậm tiến độ"),
        ("[[Tiêu chuẩn: độ lệch]]", "chậm 34 ngày"),
        ("[[Thanh tra, kiểm tra: độ lệch]]", None),
        ("[[HAL đo lường: mốc tiếp theo]]", "Trình công bố TCVN"),
        ("[[HAL đo lường: dự kiến]]", "15/12/2026"),
        ("[[HAL đo lường]]", "Đo lường"),
    ],
)
def test_a_workstream_says_how_it_stands(text, value):
    found = said(text)

    assert (found and found.vi) == value


def test_in_a_report_on_several_groups_a_strand_alone_is_no_workstream():
    told = make_facts(groups=2)

    assert said("[[Tiêu chuẩn: tình trạng]]", told) is None
    assert said("[[SOL tiêu chuẩn: tình trạng]]", told).vi == "Chậm tiến độ"
    assert said("[[SOL: tổng số]]", told) == Name("11")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[[HAL-2]]", "Xây dựng quy trình thử nghiệm DNA lợn trong gelatin (HAL-2)"),
        ("[[hal-2: thời hạn]]", "02/11/2026"),
        ("[[HAL-2: người phụ trách]]", "Nguyễn Thị Hồng Ánh"),
        ("[[HAL-2: tiến độ]]", "40%"),
        ("[[HAL-1: ngày hoàn thành]]", "30/10/2026"),
        ("[[HAL-2: ngày hoàn thành]]", None),
        ("[[HAL-M3: kế hoạch]]", "01/11/2026"),
        ("[[HAL-M3: độ lệch]]", "chậm 34 ngày"),
        ("[[HAL-R4]]", "Thiếu chuẩn đo (HAL-R4)"),
        ("[[HAL-Q1: tên]]", "Thuê phòng nào?"),
        ("[[HAL-Q1: thời hạn]]", "20/11/2026"),
        ("[[HAL-999]]", None),
        ("[[HAL-2: màu]]", None),
        ("[[HAL-2: tổng số]]", None),
        ("[[không có gì]]", None),
        ("[[kỳ trước]]", None),
    ],
)
def test_a_task_a_milestone_and_the_like_are_told_by_their_code(text, value):
    question = QuestionFact("HAL-Q1", "Thuê phòng nào?", "HAL", wanted_by=date(2026, 11, 20))
    found = said(text, facts(questions=(question,)))

    assert (found and found.vi) == value


def test_days_early_and_days_as_planned_have_their_words():
    streams = make_workstreams(["HAL"])
    told = [facts(workstreams=(replace(streams[0], slip=days),)) for days in (0, -3)]

    words = [said("[[HAL tiêu chuẩn: độ lệch]]", one).vi for one in told]
    assert words == ["đúng kế hoạch", "sớm 3 ngày"]


def test_units_have_their_english_names():
    english = {"Viện Tiêu chuẩn Chất lượng Việt Nam": "Vietnam Standards Institute"}

    assert said("[[HAL-2: đơn vị chủ trì]]", facts(english_names=english)) == Name(
        "Viện Tiêu chuẩn Chất lượng Việt Nam", "Vietnam Standards Institute"
    )


def test_a_task_that_the_page_does_not_hold_is_handed_over():
    outline = replace(facts(), tasks=(), finished=())
    more = [make_task(8)]

    assert said("[[HAL-9: tiến độ]]", outline) is None
    assert said("[[HAL-9: tiến độ]]", outline, more=more) == Name("40%")


def test_what_people_wrote_names_what_it_misses():
    narrative = {"results": "[[quá hạn]] [[HAL-999]]", "next_en": "[[overdue]] [[HAL-2: màu]]"}
    told = facts(narrative=narrative)
    told = replace(told, chips=values(told))

    assert told.chips == {":open_overdue": Name("3")}
    assert missing(told) == ["[[HAL-999]]", "[[HAL-2: màu]]"]
