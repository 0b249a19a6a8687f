"""What a report says, before any format: words, headings, sections, tables and annexes."""

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.exports.reports import (
    ENGLISH,
    ORGANISATION,
    RISKS,
    VIETNAMESE,
    a_change,
    a_since,
    changes_on,
    empty_facts,
    make_facts,
    make_task,
    nasty_facts,
    some_months,
    whole_facts,
)
from tracker.exports.report import tables
from tracker.exports.report.formats import FORMATS
from tracker.exports.report.headings import name_lines, rule_length, subject_lines
from tracker.exports.report.measure import width
from tracker.exports.report.paper import TEXT_WIDTH, paper
from tracker.exports.report.shapes import Figure, Heading, Paragraph, Table, listed
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
from tracker.models import Arrangement, Orientation, ReportKind, Urgency
from tracker.queries.report_facts import (
    Basis,
    Changed,
    ChangeSort,
    Name,
    Organisation,
    PlanMilestoneFact,
    ReasonFact,
    Replaced,
    Signature,
    SinceFact,
    Stamp,
    Statistics,
    Yield,
    YieldRow,
    Yields,
)


def paragraphs(page):
    return [block.text for block in page.blocks if isinstance(block, Paragraph)]


def tables_of(page):
    return [block for block in page.blocks if isinstance(block, Table)]


def heads_of(table):
    return [column.head for column in table.columns]


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


def test_only_more_or_fewer_days_have_a_sign():
    assert [tables.signed(days) for days in (12, 0, -3, None)] == ["+12", "0", "−3", ""]


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


def test_the_english_twin_has_the_lines_that_were_said_in_english():
    facts = make_facts(
        organisation=replace(ORGANISATION, place_en="Ha Noi"),
        addressees_en=("Leaders of the Commission", "The Ministry"),
        recipients_en=("As above", "Members of the group"),
    )
    before = make_facts()

    page = paper(facts, ENGLISH)

    assert page.place_and_date.startswith("Ha Noi, ")
    assert page.addressees == ("Leaders of the Commission", "The Ministry")
    assert page.recipients == ("- Như trên;", "- Members of the group;", "- Lưu: VT, TCCL.")
    assert paper(facts, VIETNAMESE) == paper(before, VIETNAMESE)
    assert paper(before, ENGLISH).place_and_date.startswith("Hà Nội, ")
    assert paper(before, ENGLISH).addressees == ("Lãnh đạo Ủy ban",)


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
        "THAY ĐỔI SO VỚI BÁO CÁO TRƯỚC",
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

    assert said[2:6] == [
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
        "Chưa có báo cáo trước và số liệu kỳ trước để so sánh.",
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
            "- Thiếu chuẩn đo (HAL-R4) – Trần Văn Bình, từ ngày 02/11/2026,"
            " đang chặn HAL-7, HAL-M3 – Mượn chuẩn của QUATEST 1."
        ),
        "Rủi ro ở mức cao và rất cao:",
        "- Có thể không kịp lấy ý kiến (HAL-R2) – Rất cao (20), từ ngày 05/10/2026 – Giảm thiểu.",
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
        ("Phụ lục I", False),
        ("Phụ lục II", False),
    ]
    said = paragraphs(page)
    assert "Thay đổi thời hạn trong kỳ: chi tiết tại Phụ lục II kèm theo Báo cáo này." in said


def test_the_reference_line_of_an_annex_is_left_blank():
    (annex,) = paper(make_facts(), VIETNAMESE).appendices

    assert annex.reference == (
        f"(Kèm theo Báo cáo số {GAP}/BC-TĐC ngày {GAP} tháng {GAP} năm {GAP})"
    )


@pytest.mark.parametrize(("orientation", "width_"), [("portrait", 160), ("landscape", 247)])
def test_every_table_is_as_wide_as_its_page(orientation, width_):
    facts = whole_facts(3, since=a_since(20), orientation=Orientation(orientation))
    page = paper(facts, VIETNAMESE)

    assert {sum(c.width for c in table.columns) for table in tables_of(page)} == {160}
    annexed = [annex.table for annex in page.appendices if annex.table]
    assert len(annexed) > 1
    for table in annexed:
        assert sum(c.width for c in table.columns) == pytest.approx(width_)


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


# ---------------------------------------------------------------- what Decree 30 asks for


def test_what_the_clerk_gave_stands_at_the_head_and_nowhere_else():
    page = paper(make_facts(stamp=Stamp("5", date(2026, 2, 3))), VIETNAMESE)

    assert page.number == "Số: 05/BC-TĐC"
    assert page.place_and_date == "Hà Nội, ngày 03 tháng 02 năm 2026"
    # Left blank in electronic documents.
    assert GAP in page.appendices[0].reference
    english = paper(make_facts(stamp=Stamp("12/BC-TĐC", date(2026, 11, 16))), ENGLISH)
    assert english.number == "Số: 12/BC-TĐC"
    assert english.place_and_date == "Hà Nội, 16 November 2026"


def test_the_annexes_bear_the_symbol_that_the_clerk_gave():
    page = paper(make_facts(stamp=Stamp("12/BC-VP", date(2026, 2, 3))), VIETNAMESE)

    assert f"{GAP}/BC-VP" in page.appendices[0].reference


def test_a_revision_says_what_it_replaces_and_why():
    before = Replaced("1.0", "5/BC-TĐC", date(2026, 11, 16), "Sai số liệu.")

    said = paragraphs(paper(make_facts(revision="1.1", replaced=before), VIETNAMESE))

    assert said[0] == (
        "Báo cáo này (bản 1.1) thay thế Báo cáo số 05/BC-TĐC ngày 16/11/2026 (bản 1.0)."
        " Lý do: Sai số liệu."
    )


@pytest.mark.parametrize(
    ("form", "authority", "vietnamese", "english"),
    [
        ("TM", ("Ủy ban", "the Commission"), "TM. ỦY BAN", "ON BEHALF OF THE COMMISSION"),
        ("KT", ("Chủ tịch", "the Chairman"), "KT. CHỦ TỊCH", "FOR THE CHAIRMAN"),
        ("TL", ("Chủ tịch", "the Chairman"), "TL. CHỦ TỊCH", "BY ORDER OF THE CHAIRMAN"),
        ("TUQ", ("Chủ tịch", "the Chairman"), "TUQ. CHỦ TỊCH", "BY DELEGATION OF THE CHAIRMAN"),
        ("KT", ("KT. Chủ tịch", "For the Chairman"), "KT. CHỦ TỊCH", "FOR THE CHAIRMAN"),
        ("KT", ("", ""), "", ""),
        ("", ("KT. Chủ tịch", ""), "KT. CHỦ TỊCH", "KT. CHỦ TỊCH"),
    ],
)
def test_who_signs_says_by_which_right(form, authority, vietnamese, english):
    body = replace(
        ORGANISATION, signature=Signature(Name("Phó Chủ tịch"), Name(*authority), "An", form)
    )

    pages = [paper(make_facts(organisation=body), lang) for lang in (VIETNAMESE, ENGLISH)]

    assert [page.authority for page in pages] == [vietnamese, english]
    assert pages[0].post == "PHÓ CHỦ TỊCH"


def test_who_acts_for_a_post_that_is_empty_says_so_before_the_post():
    signed = Signature(Name("Chủ tịch", "Chairman"), form="Q")

    pages = [
        paper(make_facts(organisation=replace(ORGANISATION, signature=signed)), lang)
        for lang in (VIETNAMESE, ENGLISH)
    ]

    assert [(page.authority, page.post) for page in pages] == [
        ("", "Q. CHỦ TỊCH"),
        ("", "ACTING CHAIRMAN"),
    ]


def test_the_drafter_the_address_the_urgency_and_the_draft_are_marked():
    body = replace(
        ORGANISATION, drafter="pl.", copies=30, address=Name("Số 8\n\nĐT: 024\na@b.vn\nb.vn")
    )
    facts = make_facts(organisation=body, urgency=Urgency.VERY_URGENT, stamp=Stamp(is_draft=True))

    page = paper(facts, VIETNAMESE)

    assert page.recipients[-1] == "- Lưu: VT, TCCL. PL.(30)"
    assert page.address == ("Số 8", "ĐT: 024", "a@b.vn – b.vn")
    assert (page.urgency, page.mark) == ("THƯỢNG KHẨN", "DỰ THẢO")
    plain = paper(make_facts(), VIETNAMESE)
    assert (plain.urgency, plain.mark, plain.address) == ("", "", ())


@pytest.mark.parametrize(
    ("typed", "is_cut"),
    [
        (
            "Số 8 Hoàng Quốc Việt, phường Nghĩa Đô, thành phố Hà Nội, Việt Nam – ĐT: 024 37 " * 2,
            False,
        ),
        (
            "Số 8 Hoàng Quốc Việt, thành phố Hà Nội, ĐT: 024 3791 1606, vanthu@tcvn.gov.vn\n" * 3,
            False,
        ),
        ("Số 8 Hoàng Quốc Việt, phường Nghĩa Đô, thành phố Hà Nội, nước Cộng hòa\n" * 9, True),
        ("Ơ" * 900, True),
    ],
)
def test_an_address_is_never_wider_or_longer_than_its_place(typed, is_cut):
    page = paper(make_facts(organisation=replace(ORGANISATION, address=Name(typed))), VIETNAMESE)

    assert 2 <= len(page.address) <= 3
    assert [line for line in page.address if width(line, 11) > TEXT_WIDTH] == []
    assert page.address[-1].endswith("…") is is_cut


@pytest.mark.parametrize(
    ("kind", "unit", "subject"),
    [
        ("periodic", "", "Tình hình thực hiện nhiệm vụ tháng 11 năm 2026 của Tổ công tác Halal"),
        ("periodic", "Viện Đo lường", "Tình hình thực hiện nhiệm vụ tháng 11 năm 2026 của Viện"),
        ("consolidated", "", "Tổng hợp tình hình thực hiện nhiệm vụ tháng 11 năm 2026 của Tổ"),
        ("annual", "", "Tổng kết tình hình thực hiện nhiệm vụ tháng 11 năm 2026 của Tổ"),
    ],
)
def test_the_subject_says_what_kind_of_report_it_is_and_on_whom(kind, unit, subject):
    page = paper(make_facts(kind=ReportKind(kind), unit=Name(unit)), VIETNAMESE)

    assert page.subject.replace("\n", " ").startswith(subject)


# ---------------------------------------------------------------- what changed, on page one


def changes_of(facts, lang=VIETNAMESE):
    return changes_on(paper(facts, lang))


def test_few_changes_are_told_whole_and_need_no_annex():
    since = replace(
        a_since(1),
        changes=(
            Changed(ChangeSort.OVERDUE, 1, (a_change(2),)),
            Changed(ChangeSort.MOVED, 1, (a_change(3, "milestone"),)),
        ),
    )
    facts = make_facts(since=since, tasks=())

    assert changes_of(facts) == [
        "So với Báo cáo tháng 10 năm 2026 số 45/BC-TĐC ngày 16/10/2026:",
        "- Đã hoàn thành: 7 nhiệm vụ (trước: 4); chưa hoàn thành quá hạn: 3 (trước: 2).",
        (
            "- Tình trạng cấu phần thay đổi (2): Tiêu chuẩn: Đúng tiến độ (tổ: đúng tiến độ) →"
            " Chậm tiến độ (tổ: có nguy cơ chậm); Đo lường: Chậm tiến độ → Có nguy cơ chậm."
        ),
        (
            "- Mới quá hạn (1): Công nhận phòng thử nghiệm Halal theo ISO/IEC 17025:2017 (HAL-2,"
            " hạn 01/11/2026)."
        ),
        (
            "- Dời thời hạn, mốc tiến độ (1): Kiểm tra chuyên ngành việc ghi nhãn Halal trên thị"
            " trường (HAL-3, 01/11/2026 → 05/12/2026 (+34))."
        ),
    ]
    assert paper(facts, VIETNAMESE).appendices == ()


def test_many_changes_are_told_by_the_weightiest_and_an_annex_has_all():
    page = paper(make_facts(since=a_since(40)), VIETNAMESE)
    told = changes_of(make_facts(since=a_since(40)))

    assert told[0].endswith(" (chi tiết tại Phụ lục I kèm theo Báo cáo này):")
    assert told[3].startswith("- Mới quá hạn (40): Biên soạn dự thảo TCVN 12944")
    assert told[3].endswith(" mục khác.")
    assert told[-1].startswith("- Thay đổi khác: ")
    annex = page.appendices[0]
    assert (annex.label, annex.title) == ("Phụ lục I", "THAY ĐỔI SO VỚI BÁO CÁO TRƯỚC")
    assert annex.table.rows[3].cells == ("Mới quá hạn: 40",)


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (None, "Chưa có báo cáo trước và số liệu kỳ trước để so sánh."),
        (SinceFact(Basis.NOTHING), "Chưa có báo cáo trước và số liệu kỳ trước để so sánh."),
        (
            SinceFact(Basis.PERIOD, date(2026, 10, 14)),
            (
                "Chưa có báo cáo trước được ban hành; so với tình hình đến hết ngày 14/10/2026:"
                " Không có thay đổi."
            ),
        ),
    ],
)
def test_that_there_is_nothing_to_compare_or_nothing_new_is_said(since, said):
    assert changes_of(make_facts(since=since)) == [said]


# ---------------------------------------------------------------- what a whole report tells


def test_a_whole_report_tells_everything_once():
    page = paper(whole_facts(), VIETNAMESE)

    assert [b.text for b in page.blocks if isinstance(b, Heading)][1:10] == [
        "I. TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
        "1. Nhận định chung",
        "2. Kết quả chung",
        "3. Diễn biến qua các kỳ",
        "4. Nhiệm vụ hoàn thành, mốc tiến độ đạt được trong kỳ",
        "5. Tình trạng các cấu phần",
        "6. Sản phẩm theo giai đoạn",
        "7. Thực hiện ý kiến chỉ đạo của lãnh đạo",
        "8. Thay đổi thời hạn và nguyên nhân",
    ]
    assert len([block for block in page.blocks if isinstance(block, Figure)]) == 2
    rows = [row.cells for table in tables_of(page) for row in table.rows]
    assert ("Chờ góp ý", "3", "2", "+34", "+20", "+34") in rows
    assert ("Dự thảo", "4", "6", "+2") in rows
    assert ("TCVN (Tiêu chuẩn): 12 sản phẩm",) in rows
    assert (
        "1",
        "TCVN 12944:2026 – Thực phẩm Halal – Yêu cầu chung (HAL-D1)",
        "Công bố",
        "03/11/2026",
        "QĐ số 2222/QĐ-BKHCN",
    ) in rows
    assert (
        "1",
        "Rà soát năng lực thử nghiệm (HAL-48)",
        "214/TB-TĐC\nLê Quang Toàn, ngày 21/10/2026\n(mới trong kỳ)",
        "Trần Văn Bình",
        "10/11/2026",
        "Đang thực hiện, quá hạn",
    ) in rows
    assert (
        "1",
        "Có tách phụ gia thành một tiêu chuẩn riêng không? (HAL-Q3)\nĐang chờ: HAL-7, HAL-M3",
        "– Tách riêng\n– Để chung\nĐề xuất: Tách riêng",
        "Trần Quốc Vinh\ntrước ngày 10/11/2026 (quá hạn)",
        "Chưa có ý kiến",
    ) in rows
    assert ("Cộng", "21", "3", "4", "11", "3", "10", "70%", "66,67%") in rows


def test_a_year_has_its_months_and_is_compared_with_the_one_before():
    facts = whole_facts(kind=ReportKind.ANNUAL, months=some_months(), period=parse("2026"))

    months, brought = [
        table
        for table in tables_of(paper(facts, VIETNAMESE))
        if table.title.startswith(("Kết quả trong kỳ", "Diễn")) or table.columns[0].head == "Kỳ"
    ]

    assert len(months.rows) == 12
    assert months.rows[-1].cells == (*("12/2026", "55", "36", "0", "100%", "2", "1", "11", "+77"),)
    assert months.note == (
        "Số ngày dời tính theo thời hạn của nhiệm vụ và ngày dự kiến của mốc tiến độ."
    )
    assert brought.rows[-1].cells == ("Cộng", "6", "5", "2", "1", "4", "2")


def test_a_year_by_strand_has_its_yields_by_strand():
    facts = whole_facts(groups=3, arranged_by=Arrangement.STRAND)

    table = tables.yields(facts, VIETNAMESE)

    assert table.columns[0].head == "Cấu phần"
    assert table.rows[0].cells == ("Tiêu chuẩn", "2", "1", "0", "0", "0", "0")
    assert tables.yields(replace(facts, arranged_by=Arrangement.GROUP), VIETNAMESE).rows[
        0
    ].cells == (*("Tổ công tác Halal", "3", "–", "0", "–", "0", "–"),)


def a_promise(number, baseline, closed_on=None, forecast=None, slip=0, **given):
    place = {"group": "HAL", "strand": "standards"} | given
    return PlanMilestoneFact(
        f"HAL-M{number}",
        f"Mốc {number}",
        baseline=baseline,
        forecast=forecast,
        closed_on=closed_on,
        slip=slip,
        **place,
    )


PROMISED = (
    a_promise(1, date(2025, 6, 1), date(2025, 6, 1)),  # of another year
    a_promise(2, date(2025, 11, 1), date(2026, 1, 10), slip=70),
    a_promise(3, date(2026, 3, 1), date(2026, 2, 27), slip=-2),
    a_promise(4, date(2026, 5, 1), date(2026, 5, 20), slip=19),
    a_promise(5, date(2026, 9, 1), forecast=date(2026, 12, 1), slip=91, strand="metrology"),
    a_promise(6, date(2026, 12, 10), forecast=date(2026, 12, 10), strand="metrology"),
    a_promise(7, date(2027, 2, 1), forecast=date(2027, 2, 1)),  # not of this one yet
    a_promise(8, None, date(2026, 4, 1), slip=None),  # was never planned
)


def test_a_year_has_its_milestones_beside_what_was_planned():
    year = parse("2026")
    facts = whole_facts(kind=ReportKind.ANNUAL, period=year, milestones=PROMISED)

    page = paper(facts, VIETNAMESE)

    (table,) = [one for one in tables_of(page) if "Thực tế, dự kiến" in heads_of(one)]
    assert [row.cells for row in table.rows] == [
        ("Tiêu chuẩn",),
        ("1", "Mốc 2 (HAL-M2)", "01/11/2025", "10/01/2026", "+70", "Đạt, chậm kế hoạch"),
        ("2", "Mốc 3 (HAL-M3)", "01/03/2026", "27/02/2026", "−2", "Đạt kế hoạch"),
        ("3", "Mốc 4 (HAL-M4)", "01/05/2026", "20/05/2026", "+19", "Đạt, chậm kế hoạch"),
        ("Đo lường",),
        ("4", "Mốc 5 (HAL-M5)", "01/09/2026", "01/12/2026", "+91", "Chưa đạt, quá kế hoạch"),
        ("5", "Mốc 6 (HAL-M6)", "10/12/2026", "10/12/2026", "0", "Chưa đến ngày kế hoạch"),
    ]
    assert (
        "Tổng số mốc tiến độ theo kế hoạch: 5; đạt đúng kế hoạch: 1, đạt chậm kế hoạch: 2, chưa đạt"
        " và đã quá ngày kế hoạch: 1, chưa đến ngày kế hoạch: 1." in paragraphs(page)
    )


def test_of_too_many_milestones_paper_has_the_latest_by_strand_where_asked():
    many = [
        a_promise(at, date(2026, 3, 1), slip=at % 150, strand=("metrology", "standards")[at % 2])
        for at in range(150)
    ]
    asked = {"arranged_by": Arrangement.STRAND, "kind": ReportKind.ANNUAL}

    table = tables.milestones(
        make_facts(groups=3, period=parse("2026"), milestones=tuple(many), **asked), VIETNAMESE
    )

    assert table.note.startswith("Bảng in 100 mốc chậm nhất trong tổng số 150 mốc")
    plain = [row.cells for row in table.rows if row.kind == "plain"]
    assert (len(plain), min(int(cells[4]) for cells in plain)) == (100, 50)
    assert [row.cells for row in table.rows if row.kind == "group"] == [
        ("Tiêu chuẩn – Tổ công tác Halal",),
        ("Đo lường – Tổ công tác Halal",),
    ]


@pytest.mark.parametrize("kind", ReportKind)
def test_every_annex_is_led_to_in_the_text(kind):
    many = tuple(YieldRow(f"G{at}", Yield(at)) for at in range(30))
    crowd = tuple(a_promise(at, date(2026, 11, 1)) for at in range(30))

    page = paper(
        whole_facts(groups=3, kind=kind, milestones=crowd, yields=Yields(by_group=many)), VIETNAMESE
    )

    text = " ".join(paragraphs(page))
    cited = set(re.findall(r"Phụ lục [IVXL]+", text))
    assert {annex.label for annex in page.appendices} == cited


def test_many_groups_put_the_board_into_an_annex_and_the_worst_strands_into_the_table():
    stream = make_facts().workstreams[0]
    streams = [
        replace(stream, group=f"G{at}", strand=strand, health="late" if at == 9 else "on_track")
        for at in range(40)
        for strand in ("standards", "metrology", "conformity_assessment", "inspection")
    ]

    page = paper(make_facts(groups=3, workstreams=tuple(streams)), VIETNAMESE)

    board = next(a for a in page.appendices if a.title == "BẢNG TÌNH TRẠNG CÁC TỔ CÔNG TÁC")
    assert [len(sheet.words) > 0 for sheet in board.pictures] == [True, True]
    (worst,) = [a.table for a in page.appendices if a.title == "TÌNH TRẠNG CÁC CẤU PHẦN"]
    assert len([row for row in worst.rows if row.kind == "plain"]) == 100
    assert "G9" in [row.cells[0] for row in worst.rows if row.kind == "group"]
    assert worst.note.startswith("Bảng in 100 cấu phần cần lưu ý nhất trong tổng số 160")


def test_a_report_by_strand_has_the_strands_for_chapters():
    facts = make_facts(groups=3, count=60, arranged_by=Arrangement.STRAND)

    rows = tasks(facts, VIETNAMESE).rows

    assert [row.cells[0] for row in rows if row.kind == "group"][:4] == [
        *("TIÊU CHUẨN", "Tổ công tác Halal"),
        *("Tổ công tác Tấm quang điện", "Tổ công tác Khí nhà kính"),
    ]


def test_nasty_changes_stay_on_page_one():
    nasty = [replace(a_change(at), title=task.title) for at, task in enumerate(nasty_facts().tasks)]
    since = a_since(changes=(Changed(ChangeSort.OVERDUE, 10, tuple(nasty)),))

    told = changes_of(make_facts(since=since))

    assert all("\x00" not in text and "\u202e" not in text for text in told)
    assert max(map(len, told)) < 1500
