"""What a report says, before any format: words, headings, sections, tables and annexes."""

from datetime import date

import pytest

from tests.exports.reports import (
    ENGLISH,
    RISKS,
    VIETNAMESE,
    empty_facts,
    make_facts,
    make_task,
)
from tracker.exports.report.formats import FORMATS
from tracker.exports.report.headings import name_lines, rule_length, subject_lines
from tracker.exports.report.measure import width
from tracker.exports.report.paper import paper
from tracker.exports.report.shapes import Heading, Paragraph, Table, listed
from tracker.exports.report.tables import exceptions, standing, tasks
from tracker.exports.report.wording import (
    GAP,
    clean,
    letter,
    number,
    one_line,
    period,
    reason,
    share,
    without_title,
)
from tracker.lib.lateness import FourCells
from tracker.lib.periods import parse
from tracker.queries.report_facts import Name, Organisation, ReasonFact, Signature, Statistics


def paragraphs(page):
    return [block.text for block in page.blocks if isinstance(block, Paragraph)]


def tables_of(page):
    return [block for block in page.blocks if isinstance(block, Table)]


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [(0.9862, "98,62%", "98.62%"), (1.0, "100%", "100%"), (0.5, "50%", "50%"), (None, "–", "–")],
)
def test_shares_are_written_as_published_ones(value, vietnamese, english):
    assert (share(value, VIETNAMESE), share(value, ENGLISH)) == (vietnamese, english)


def test_thousands_are_parted_as_the_language_does():
    assert number(21914, VIETNAMESE) == "21.914"
    assert number(21914, ENGLISH) == "21,914"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("2026-11", "tháng 11 năm 2026"),
        ("2026-Q4", "quý IV năm 2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026-H2", "6 tháng cuối năm 2026"),
        ("2026", "năm 2026"),
        ("2026-W47", "tuần 47 năm 2026"),
        ("2026-10-15..2026-11-01", "từ ngày 15/10/2026 đến ngày 01/11/2026"),
    ],
)
def test_a_period_is_named_as_in_a_subject_line(word, said):
    assert period(parse(word), VIETNAMESE) == said


def test_a_month_has_its_english_name():
    assert period(parse("2026-11"), ENGLISH) == "November 2026"


def test_text_loses_what_could_deceive_or_break_a_reader():
    assert clean("a\x00b\u202etxt\u2066\r\nc \ud800") == "abtxt\nc"
    assert clean("Tiêu") == "Tiêu"
    assert one_line(" a \n\t b ") == "a b"


def test_a_signer_has_no_academic_title():
    assert without_title("PGS. TS. Trần Văn Bình") == "Trần Văn Bình"
    assert without_title("Thsương Văn Tsang") == "Thsương Văn Tsang"


def test_points_follow_the_vietnamese_alphabet():
    assert [letter(position) for position in (0, 3, 4, 5, 22, 23)] == [
        *("a)", "d)", "đ)", "e)", "y)", "-"),
    ]


def test_a_reason_without_a_sentence_is_its_code():
    assert reason(ReasonFact("no_such_sentence", {"day": "2026-11-01"}), VIETNAMESE) == (
        "no_such_sentence"
    )


def test_a_list_ends_its_items_as_state_documents_do():
    assert listed(["Như trên", "Ban A;", "Lưu: VT."]) == ["- Như trên;", "- Ban A;", "- Lưu: VT."]


# ---------------------------------------------------------------- headings


def test_a_long_name_breaks_between_words_not_within_them():
    name = "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia"

    lines = name_lines(name, 66, 12).split("\n")

    assert " ".join(lines) == name.upper()
    assert {line.split()[0] for line in lines} <= {"ỦY", "TIÊU", "ĐO", "CHẤT", "QUỐC"}
    assert all(width(line, 12, is_bold=True) <= 66 for line in lines)


def test_a_name_typed_on_two_lines_stays_on_them():
    assert name_lines("Ủy ban\nQuốc gia", 66, 12) == "ỦY BAN\nQUỐC GIA"


def test_a_long_subject_breaks_before_whose_it_is():
    subject = (
        "Tình hình thực hiện nhiệm vụ tháng 11 năm 2026 của các tổ công tác về hạ tầng chất lượng"
    )

    assert subject_lines(subject, 160, 14).split("\n")[1].startswith("của các tổ công tác")


def test_a_heading_of_no_end_wraps_by_itself():
    assert subject_lines("dài " * 200, 160, 14) == ("dài " * 200).strip()


def test_a_rule_is_a_third_to_a_half_of_its_line():
    assert 1 / 3 <= rule_length("QUỐC GIA", 66, 12) / width("QUỐC GIA", 12, is_bold=True) <= 1 / 2


# ---------------------------------------------------------------- the page


def test_the_head_leaves_number_and_date_to_the_clerk():
    page = paper(make_facts(), VIETNAMESE)

    assert page.country == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert page.motto == "Độc lập - Tự do - Hạnh phúc"
    assert page.superior == "BỘ KHOA HỌC VÀ CÔNG NGHỆ"
    assert page.number == f"Số: {GAP}/BC-TĐC"
    assert page.place_and_date == f"Hà Nội, ngày {GAP} tháng {GAP} năm {GAP}"
    assert (page.authority, page.post, page.signer) == (
        "TM. TỔ CÔNG TÁC",
        "TỔ TRƯỞNG",
        "Trần Văn Bình",
    )


def test_recipients_begin_with_as_above_and_end_with_the_archive():
    page = paper(make_facts(recipients=("Như trên", "Ban Kế hoạch;", "Lưu: VT")), VIETNAMESE)

    assert page.recipients == ("- Như trên;", "- Ban Kế hoạch;", "- Lưu: VT, TCCL.")


def test_a_report_to_nobody_above_has_no_as_above():
    assert paper(empty_facts(), VIETNAMESE).recipients == (
        "- Các thành viên Tổ công tác;",
        "- Ban Kế hoạch – Tài chính;",
        "- Lưu: VT, TCCL.",
    )


def test_a_body_without_symbol_or_unit_leaves_them_out():
    plain = Organisation(issuing=Name("Tổ"), signature=Signature(Name("Tổ trưởng")))

    page = paper(make_facts(organisation=plain), VIETNAMESE)

    assert (page.number, page.superior) == (f"Số: {GAP}/BC", "")
    assert page.recipients[-1] == "- Lưu: VT."


def test_the_sections_are_those_of_a_progress_report():
    page = paper(make_facts(), VIETNAMESE)

    assert [b.text for b in page.blocks if isinstance(b, Heading)] == [
        "I. TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
        "1. Kết quả chung",
        "2. Nhiệm vụ hoàn thành, mốc tiến độ đạt được trong kỳ",
        "3. Tình trạng các cấu phần",
        "4. Thay đổi thời hạn và nguyên nhân",
        "II. KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN",
        "III. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI",
        "IV. KIẾN NGHỊ, ĐỀ XUẤT",
    ]
    assert paragraphs(page)[-1].endswith("./.")


def test_shares_are_reckoned_on_the_tasks_due():
    """The published figures of 2017: 16,051 and 223 of 16,274 due, not of 21,914."""
    year = FourCells(14_068, 1_983, 5_640, 223)

    said = paragraphs(paper(make_facts(statistics=Statistics(year)), VIETNAMESE))

    assert said[1:5] == [
        "Tổng số nhiệm vụ được theo dõi là 21.914 nhiệm vụ, trong đó:",
        "a) Đã hoàn thành: 16.051 nhiệm vụ (đúng hạn: 14.068; quá hạn: 1.983);",
        "b) Chưa hoàn thành: 5.863 nhiệm vụ (trong hạn: 5.640; quá hạn: 223).",
        (
            "Tính trên 16.274 nhiệm vụ đến hạn (đã hoàn thành và chưa hoàn thành quá hạn),"
            " tỷ lệ hoàn thành là 98,63%, tỷ lệ quá hạn là 1,37%."
        ),
    ]


def test_nothing_due_is_said_and_not_divided():
    said = paragraphs(paper(make_facts(statistics=Statistics(FourCells(0, 0, 3, 0))), VIETNAMESE))

    assert "Đến hết kỳ báo cáo chưa có nhiệm vụ nào đến hạn." in said


def test_an_empty_period_has_sentences_and_no_tables():
    page = paper(empty_facts(), VIETNAMESE)

    assert tables_of(page) == []
    assert page.appendices == ()
    assert paragraphs(page)[1:] == [
        "Trong kỳ chưa có nhiệm vụ nào được giao.",
        "Trong kỳ không có nhiệm vụ nào hoàn thành.",
        "Trong kỳ không có mốc tiến độ nào đạt được.",
        "Chưa có cấu phần nào có kế hoạch.",
        "Trong kỳ không có thay đổi về thời hạn.",
        "Trong kỳ không có khó khăn, vướng mắc; không có nhiệm vụ quá hạn.",
        "Không có nhiệm vụ, mốc tiến độ đến hạn trong kỳ tới.",
        "Không có kiến nghị, đề xuất.",
        (
            "Trên đây là Báo cáo tình hình thực hiện nhiệm vụ tháng 11 năm 2026"
            " của Tổ công tác Halal./."
        ),
    ]


def test_difficulties_and_grave_risks_stand_beside_blocked_tasks():
    said = paragraphs(paper(make_facts(groups=1, risks=RISKS, difficulties=()), VIETNAMESE))

    first = said.index("Khó khăn, vướng mắc đang xử lý:")
    assert said[first : first + 4] == [
        "Khó khăn, vướng mắc đang xử lý:",
        (
            "a) Thiếu chuẩn đo (HAL-R4) – Trần Văn Bình, từ ngày 02/11/2026,"
            " đang chặn HAL-7, HAL-M3 – Mượn chuẩn của QUATEST 1."
        ),
        "Rủi ro ở mức cao và rất cao:",
        "a) Có thể không kịp lấy ý kiến (HAL-R2) – Rất cao (20), từ ngày 05/10/2026 – Giảm thiểu.",
    ]


def test_what_was_typed_is_in_its_section_line_by_line():
    said = paragraphs(paper(make_facts(), VIETNAMESE))

    at = said.index("Ban kỹ thuật đã họp 02 phiên, thống nhất phạm vi.")
    assert said[at + 1] == "Hoàn thành đợt khảo sát."


def test_a_single_annex_has_no_number_and_is_cited():
    page = paper(make_facts(), VIETNAMESE)

    assert [annex.label for annex in page.appendices] == ["Phụ lục"]
    assert sum("tại Phụ lục kèm theo Báo cáo này." in text for text in paragraphs(page)) == 1


def test_a_long_table_becomes_a_numbered_annex_that_is_cited():
    slips = make_facts().slips * 10

    page = paper(make_facts(slips=slips), VIETNAMESE)

    assert [(annex.label, annex.is_landscape) for annex in page.appendices] == [
        ("Phụ lục I", True),
        ("Phụ lục II", False),
    ]
    said = paragraphs(page)
    assert "Thay đổi thời hạn trong kỳ: chi tiết tại Phụ lục II kèm theo Báo cáo này." in said


def test_the_reference_line_of_an_annex_is_left_blank():
    (annex,) = paper(make_facts(), VIETNAMESE).appendices

    assert annex.reference == (
        f"(Kèm theo Báo cáo số {GAP}/BC-TĐC ngày {GAP} tháng {GAP} năm {GAP})"
    )


def test_every_table_is_as_wide_as_its_page():
    facts = make_facts(groups=3, count=60)
    page = paper(facts, VIETNAMESE)

    assert {sum(c.width for c in table.columns) for table in tables_of(page)} == {160}
    assert {
        sum(c.width for c in annex.table.columns) for annex in page.appendices if annex.is_landscape
    } == {247}


def test_a_workstream_table_without_reasons_has_no_empty_column():
    plain = make_facts().workstreams[0].__class__("HAL", "standards", "no_plan")

    page = paper(make_facts(workstreams=(plain,)), VIETNAMESE)

    table = next(t for t in tables_of(page) if t.columns[1].head == "Tình trạng")
    assert [c.head for c in table.columns][-1] == "Chậm (ngày)"
    assert table.rows[0].cells == ("Tiêu chuẩn", "Chưa có kế hoạch", "0/0", "", "", "")


def test_the_english_twin_names_things_in_english():
    page = paper(make_facts(), ENGLISH)

    assert page.superior == "MINISTRY OF SCIENCE AND\nTECHNOLOGY"
    assert "November 2026" in page.subject
    assert "Halal working group" in page.subject
    assert page.language == "en"


def test_a_custom_period_is_named_once():
    facts = make_facts(period=parse("2026-10-15..2026-11-01"))

    assert paragraphs(paper(facts, VIETNAMESE))[0].count("15/10/2026") == 1


# ---------------------------------------------------------------- the table of tasks


def test_the_annex_has_the_columns_people_expect():
    assert [column.head for column in tasks(make_facts(), VIETNAMESE).columns] == [
        "STT",
        "Nhiệm vụ",
        "Văn bản giao",
        "Đơn vị chủ trì",
        "Đơn vị phối hợp",
        "Thời hạn",
        "Sản phẩm",
        "Tiến độ, kết quả",
        "Tình trạng",
        "Ghi chú",
    ]


def test_tasks_stand_under_their_group_and_strand_and_parts_under_their_task():
    table = tasks(make_facts(groups=3, count=42), VIETNAMESE)

    assert [row.cells[0] for row in table.rows][:10] == [
        *("TỔ CÔNG TÁC HALAL", "I. Tiêu chuẩn", "1", "2", "3", "4"),
        *("II. Đo lường", "5", "6", "6.1"),
    ]


def test_a_row_says_both_axes_and_the_forecast_that_differs():
    late = make_task(1, due=date(2026, 11, 2), forecast=date(2026, 11, 11), parent="")
    row = tasks(make_facts(tasks=(late,)), VIETNAMESE).rows[1]

    assert row.cells == (
        "1",
        "Xây dựng quy trình thử nghiệm DNA lợn trong gelatin (HAL-2)",
        "Quyết định số 489/QĐ-BKHCN ngày 14/6/2024",
        "Viện Tiêu chuẩn Chất lượng Việt Nam\nNguyễn Thị Hồng Ánh",
        "Ban Đo lường; QUATEST 1",
        "02/11/2026\ndự kiến 11/11/2026",
        "Dự thảo TCVN",
        "40%",
        "Đang thực hiện, quá hạn",
        "",
    )


@pytest.mark.parametrize(
    ("status", "lateness", "said"),
    [
        ("done", "done_late", "Hoàn thành quá hạn"),
        ("todo", "due_soon", "Chưa thực hiện, sắp đến hạn"),
        ("paused", "on_time", "Tạm dừng"),
    ],
)
def test_timeliness_is_said_where_it_adds_something(status, lateness, said):
    assert standing(make_task(0, status=status, lateness=lateness), VIETNAMESE) == said


def test_paper_carries_at_most_500_exceptions_and_says_so():
    facts = make_facts(1200)

    table = tasks(facts, VIETNAMESE)

    assert len(exceptions(facts)) == 500
    assert len([row for row in table.rows if row.kind == "plain"]) == 500
    assert table.note == (
        "Phụ lục in 500 nhiệm vụ cần lưu ý trong tổng số 1.200 nhiệm vụ;"
        " danh mục đầy đủ ở tệp Excel kèm theo."
    )


def test_exceptions_keep_every_overdue_task_before_any_other():
    facts = make_facts(1200)
    overdue = {task.code for task in facts.tasks if task.lateness == "overdue"}

    assert overdue <= {task.code for task in exceptions(facts)}


def test_another_long_table_is_cut_and_says_so():
    facts = make_facts(slips=make_facts().slips * 60)

    annex = paper(facts, VIETNAMESE).appendices[1]

    assert len(annex.table.rows) == 100
    assert annex.table.note == (
        "Bảng in 100 dòng trong tổng số 120 dòng; số liệu đầy đủ ở tệp Excel kèm theo."
    )


@pytest.mark.parametrize("key", FORMATS)
def test_each_format_knows_its_ending(key):
    assert FORMATS[key].extension == key
