"""The conclusion notice against Decree 30/2020, in its words and as LibreOffice prints it."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from tests.exports.minutes_facts import BODY, make_minutes
from tracker.exports.minutes import lines, paper, render
from tracker.exports.report.shapes import Heading, Paragraph, Table
from tracker.queries.report_facts import Name, Signature
from tracker.words import language

VI, EN = language("vi"), language("en")


def words(page, kind=Paragraph):
    return [block.text for block in page.blocks if isinstance(block, kind)]


@pytest.fixture(scope="module")
def notice():
    return paper(make_minutes(), VI)


def test_the_head_leaves_number_and_date_to_the_clerk(notice):
    assert notice.number.replace("\u00a0", "") == "Số: /TB-TĐC"
    assert notice.place_and_date.split() == ["Hà", "Nội,", "ngày", "tháng", "năm"]
    assert notice.kind == "THÔNG BÁO"
    assert notice.subject.replace("\n", " ") == (
        "Kết luận của Phó Chủ tịch Ủy ban Trần Quốc Vinh tại cuộc họp điều hành tháng 11/2026"
    )
    assert (notice.authority, notice.post, notice.signer) == (
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Quốc Vinh",
    )


def test_a_deputy_signs_for_the_head_in_the_words_of_the_decree():
    signature = Signature(Name("Phó Chủ tịch", "Vice Chairman"), Name("Chủ tịch", "Chairman"))
    organisation = replace(BODY, signature=replace(signature, form="KT"))

    given = [paper(make_minutes(organisation=organisation), lang) for lang in (VI, EN)]

    assert [(one.authority, one.post) for one in given] == [
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("FOR CHAIRMAN", "VICE CHAIRMAN"),
    ]


def test_what_the_clerk_gave_stands_on_what_was_issued():
    issued = make_minutes(number="46/TB-TĐC", document_date=date(2026, 2, 5))

    assert paper(issued, VI).number == "Số: 46/TB-TĐC"
    assert paper(issued, VI).place_and_date == "Hà Nội, ngày 05 tháng 02 năm 2026"
    assert paper(issued, EN).place_and_date == "Hà Nội, 5 February 2026"


def test_the_text_tells_who_was_there_what_was_concluded_and_who_does_what(notice):
    assert words(notice, Heading) == [
        "I. KẾT LUẬN CHUNG",
        "II. KẾT LUẬN VỀ TỪNG TỔ CÔNG TÁC",
        "1. Tổ công tác Halal",
        "III. PHÂN CÔNG NHIỆM VỤ",
    ]
    chair = "Phó Chủ tịch Ủy ban Trần Quốc Vinh"
    assert words(notice) == [
        (
            "Thông báo này (bản 1.0) thay thế Thông báo số 45/TB-TĐC ngày 06/11/2026 (bản 1.0)."
            " Lý do: Thiếu một kết luận."
        ),
        (
            f"Ngày 05/11/2026, tại Phòng 301, {chair} đã chủ trì cuộc họp điều hành tháng 11/2026,"
            " xem xét tình hình thực hiện nhiệm vụ của Tổ công tác Halal."
        ),
        "Dự họp có: Nguyễn Thu Hà (Phó Giám đốc).",
        "Vắng mặt có lý do: Trần An.",
        (
            f"Sau khi xem xét tình hình thực hiện và nghe ý kiến của các đại biểu dự họp, {chair}"
            " kết luận như sau:"
        ),
        "Chốt số liệu trước ngày 14.",
        "Đúng hạn.",
        "a) Đo lường: đã nghe báo cáo.",
        "b) Quyết định về «Có tách không?» (HAL-Q3): Tách phụ gia.",
        "c) Tiêu chuẩn: quyết định HAL-Q4: Mua pin.",
        "Các đơn vị, cá nhân được giao tổ chức thực hiện các nhiệm vụ sau:",
        (
            f"Trên đây là kết luận của {chair} tại cuộc họp điều hành tháng 11/2026, thông báo để"
            " các đơn vị, cá nhân liên quan biết và thực hiện./."
        ),
    ]
    (table,) = [block for block in notice.blocks if isinstance(block, Table)]
    assert [row.cells for row in table.rows] == [
        (
            "1",
            "Rà soát năng lực (HAL-50)",
            "QUACERT\nNguyễn Thu Hà\nPhối hợp: Viện Đo lường",
            "Báo cáo",
            "15/12/2026",
        )
    ]
    assert sum(column.width for column in table.columns) == 160


def test_those_who_were_given_something_are_sent_it(notice):
    assert notice.recipients == (
        "- Tổ công tác Halal;",
        "- QUACERT;",
        "- Ban Kế hoạch – Tài chính;",
        "- Lưu: VT, KHTC.",
    )


def test_the_english_twin_has_the_place_and_recipients_that_were_said_in_english():
    facts = make_minutes()
    said = replace(
        facts,
        organisation=replace(facts.organisation, place_en="Ha Noi"),
        recipients_en=("Planning Department",),
    )

    assert paper(said, EN).place_and_date.startswith("Ha Noi, ")
    assert paper(said, EN).recipients[-2] == "- Planning Department;"
    assert paper(said, VI) == paper(facts, VI)


def test_a_meeting_without_conclusions_says_so():
    bare = make_minutes(chapters=(), assignments=(), attendees=(), replaced=None, place="")

    assert words(paper(bare, VI))[2] == "Cuộc họp không có kết luận nào được ghi."


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Cuộc họp về pin", "cuộc họp về pin"),
        ("Hội nghị tổng kết", "hội nghị tổng kết"),
        ("Giao ban tháng 9", "cuộc họp «Giao ban tháng 9»"),
    ],
)
def test_the_title_becomes_part_of_the_sentence(title, told):
    assert paper(make_minutes(title=title), VI).subject.replace("\n", " ").endswith(f"tại {told}")


def test_the_lines_of_two_revisions_can_be_compared():
    assert lines(make_minutes(), VI)[-4:] == [
        "Rà soát năng lực (HAL-50) – QUACERT, Nguyễn Thu Hà, Phối hợp: Viện Đo lường – 15/12/2026",
        "Trần Quốc Vinh (Phó Chủ tịch Ủy ban): có mặt",
        "Nguyễn Thu Hà (Phó Giám đốc): có mặt",
        "Trần An: vắng có lý do",
    ]


def test_the_same_facts_give_the_same_bytes():
    assert render(make_minutes(), VI) == render(make_minutes(), VI)


def test_libreoffice_prints_it_in_times_with_the_margins_of_the_decree(soffice, run, tmp_path):
    path = tmp_path / "minutes.docx"
    path.write_bytes(render(make_minutes(), VI))
    (section,) = Document(BytesIO(path.read_bytes())).sections
    printed = soffice(path)

    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 20]
    text = run("pdftotext", "-layout", printed, "-")
    assert "THÔNG BÁO" in text
    assert "KẾT LUẬN VỀ TỪNG TỔ CÔNG TÁC" in text
    faces = {
        line.split()[0].partition("+")[2] for line in run("pdffonts", printed).splitlines()[2:]
    }
    assert {face.partition("-")[0].removesuffix("PS") for face in faces} <= {
        "LiberationSerif",
        "Tinos",
        "TimesNewRoman",
    }
