import re
from dataclasses import replace
from datetime import date

import pytest

from tests.exports.reports import make_facts, whole_facts
from tracker.exports.report import tables
from tracker.exports.report.measure import width
from tracker.exports.report.paper import LYING_WIDTH, MAKERS, TEXT_WIDTH, paper
from tracker.exports.report.shapes import Column, Paragraph, Row, Table
from tracker.models import Orientation
from tracker.queries.report_facts import Name, StageCount, StagesFact
from tracker.words import LANGUAGES, language

EVERY = MAKERS


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_no_word_of_a_head_is_wider_than_its_column(name, code):
    table = EVERY[name](whole_facts(groups=3), language(code))

    too_wide = {
        word: column.width
        for column in table.columns
        for word in re.split(" (?!/)", column.head)
        if width(word, table.size, is_bold=True) + 2.4 > column.width
    }
    assert too_wide == {}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_no_date_is_wider_than_its_column(name, code):
    table = EVERY[name](whole_facts(groups=3), language(code))

    too_wide = {
        word: column.width
        for row in table.rows
        if row.kind == "plain"
        for column, cell in zip(table.columns, row.cells, strict=True)
        for word in cell.split()
        if re.search(r"\d\d/\d\d/\d{4}", word) and width(word, table.size) + 2.4 > column.width
    }
    assert too_wide == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_note_has_room_for_more_than_a_syllable_on_a_line(code):
    table = tables.tasks(whole_facts(), language(code))

    assert table.columns[9].width >= width("đang chờ", table.size) + 2.4


def test_the_english_name_of_a_unit_is_broken_between_its_words():
    table = tables.tasks(whole_facts(), language("en"))
    units = [
        column for column in table.columns if column.head in {"Lead unit", "Cooperating units"}
    ]

    assert len(units) == 2
    words = ("Accreditation", "Certification", "International", "Department", "Management")
    widest = max(width(word, table.size) for word in words) + 2.4
    assert [column.head for column in units if column.width < widest] == []


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_a_table_of_the_text_is_as_wide_as_the_text(name, code):
    columns = EVERY[name](whole_facts(groups=3), language(code)).columns

    assert sum(column.width for column in columns) == TEXT_WIDTH


def test_what_a_lead_declared_stands_beside_the_computed_colour_with_its_grounds():
    late = replace(
        make_facts().workstreams[0],
        declared="on_track",
        declared_note="Chờ GCC trả lời.",
        recovery="Họp trực tuyến trước 05/12.",
        declared_by="Nguyễn Thu Hà",
        declared_on=date(2026, 11, 13),
    )

    table = tables.workstreams(make_facts(workstreams=(late,)), language("vi"))

    cells = dict(zip([column.head for column in table.columns], table.rows[0].cells, strict=True))
    assert cells["Tình trạng"] == "Chậm tiến độ"
    assert cells["Tổ tự đánh giá"] == "Đúng tiến độ\n(tốt hơn số liệu)"
    assert cells["Căn cứ"].splitlines()[1:] == [
        "Tổ tự đánh giá (Nguyễn Thu Hà, 13/11/2026): Chờ GCC trả lời.",
        "Biện pháp khắc phục: Họp trực tuyến trước 05/12.",
    ]


@pytest.mark.parametrize(
    ("coverage", "said"),
    [
        ((41, 48), ["Số mục đang mở (nhiệm vụ, mốc tiến độ) đã được xác nhận: 41/48."]),
        ((0, 0), []),  # also of a report that was kept before this was known
    ],
)
def test_the_report_says_how_far_its_figures_were_confirmed_and_what_was_not(coverage, said):
    confirmed, to_confirm = coverage
    stream = replace(
        make_facts().workstreams[0],
        confirmed=confirmed,
        to_confirm=to_confirm,
        stale_days=23 if said else 0,
    )
    task = replace(make_facts().tasks[0], status="doing", lateness="", stale_days=23)
    facts = make_facts(workstreams=(stream,), tasks=(task,))

    health = tables.workstreams(facts, language("vi")).rows[0].cells[1]
    told = [
        part.text for part in paper(facts, language("vi")).blocks if isinstance(part, Paragraph)
    ]

    assert [text for text in told if "xác nhận" in text] == said
    assert health.splitlines()[1:] == (["(chưa cập nhật 23 ngày)"] if said else [])
    assert tables.task_cells(task, "1", "", "", language("vi"))[8].splitlines() == [
        "Đang thực hiện",
        "(chưa cập nhật 23 ngày)",
    ]


def test_stages_that_are_empty_in_both_periods_are_not_printed_and_that_is_said():
    def table(*counts):
        stages = [
            StageCount(f"s{at}", Name(f"Bước {at}"), "way", now, before)
            for at, (now, before) in enumerate(counts)
        ]
        kind = StagesFact("tcvn", Name("TCVN"), "standards", 3, stages=tuple(stages))
        return tables.stages(make_facts(stages=(kind,)), language("vi"))

    some, every = table((2, 1), (0, 0), (0, 2)), table((1, 1), (0, 2))

    assert [row.cells[0] for row in some.rows[1:]] == ["Bước 0", "Bước 2"]
    assert some.note == "Không in các giai đoạn không có sản phẩm nào ở cả hai kỳ."
    assert every.note == ""


# ---------------------------------------------------------------- how wide columns are


def a_table(*rows, widths=(80, 80), head="Việc"):
    columns = tuple(Column(head, width_) for width_ in widths)
    return Table("Bảng", columns, tuple(Row(row) for row in rows))


def test_a_column_of_few_words_gives_its_room_to_one_of_many():
    long = "Biên soạn dự thảo tiêu chuẩn quốc gia về thực phẩm Halal, yêu cầu chung " * 9

    first, second = tables.balanced(a_table(("15/10/2026", long)), 160).columns

    assert first.width + second.width == 160
    assert width("15/10/2026", 11) + 2.4 <= first.width < 30


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("orientation", Orientation)
def test_balanced_tables_keep_their_breadth_and_break_no_word_that_was_whole(orientation, code):
    facts = whole_facts(groups=3, orientation=orientation)
    to = TEXT_WIDTH if orientation is Orientation.PORTRAIT else LYING_WIDTH
    made = [(table, tables.balanced(table, to)) for table in
            (make(facts, language(code)) for make in EVERY.values())]  # fmt: skip

    broken = [
        (after.title, word)
        for before, after in made
        for row in (Row(tuple(column.head for column in before.columns)), *before.rows)
        if row.kind == "plain"
        for old, new, cell in zip(before.columns, after.columns, row.cells, strict=True)
        for word in cell.split()
        if new.width < width(word, after.size) + 2.4 <= old.width
    ]
    assert broken == []
    assert {round(sum(column.width for column in after.columns), 2) for _, after in made} == {to}


def test_tables_that_gain_nothing_stay_as_they_were_made():
    empty, short = a_table(), a_table(("12", "3"), ("4", "56"))

    assert tables.balanced(empty, 160) == empty
    assert tables.balanced(short, 160) == short


def test_a_long_note_in_one_of_many_rows_is_given_room():
    rows = [("Nhiệm vụ", "")] * 500
    rows[333] = ("Nhiệm vụ", "Chờ ý kiến của đoàn đánh giá nước ngoài, dự kiến quý sau. " * 8)

    columns = tables.balanced(a_table(*rows, widths=(140, 20)), 160).columns

    assert columns[1].width > 100
