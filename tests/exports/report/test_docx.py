"""The Word file against Decree 30/2020 (Appendix I), in its XML and as LibreOffice prints it."""

import re
import time
import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from docx import Document

from tests.exports.reports import (
    ENGLISH,
    VIETNAMESE,
    a_timeline,
    changes_on,
    crowded_facts,
    empty_facts,
    make_facts,
    nasty_facts,
    nasty_whole_facts,
    whole_facts,
)
from tracker.exports.report.docx import render
from tracker.exports.report.measure import width
from tracker.exports.report.paper import HEAD_WIDTH, TEXT_WIDTH, paper
from tracker.models import Orientation

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A4 = (210, 297)
TEXT_LEFT, TEXT_RIGHT = 30, 190


@pytest.fixture(scope="module")
def content():
    return render(make_facts(orientation=Orientation.LANDSCAPE), VIETNAMESE)


@pytest.fixture(scope="module")
def word(content):
    return Document(BytesIO(content))


@pytest.fixture(scope="module")
def printed(soffice, content, tmp_path_factory):
    path = tmp_path_factory.mktemp("docx") / "report.docx"
    path.write_bytes(content)
    return soffice(path)


def part(content, name):
    return ET.fromstring(zipfile.ZipFile(BytesIO(content)).read(name))


def in_mm(*lengths):
    """Word counts in twips, so millimetres are rounded."""
    return tuple(round(length.mm, 1) for length in lengths)


def sizes(paragraph):
    return {run.font.size.pt for run in paragraph.runs}


def head(word):
    left, right = word.tables[0].rows[0].cells
    return [p for p in left.paragraphs if p.text], [p for p in right.paragraphs if p.text]


# ---------------------------------------------------------------- paper, font, numbers of pages


def test_the_paper_is_a4_with_margins_within_the_limits(word):
    portrait, landscape = word.sections

    assert in_mm(portrait.page_width, portrait.page_height) == (210, 297)
    assert in_mm(landscape.page_width, landscape.page_height) == (297, 210)
    for section in word.sections:
        assert in_mm(section.top_margin, section.bottom_margin) == (20, 20)
        assert in_mm(section.left_margin, section.right_margin) == (30, 20)


def test_every_font_of_every_style_is_times_new_roman(content):
    faces = [
        {key.removeprefix(W): value for key, value in fonts.attrib.items()}
        for fonts in part(content, "word/styles.xml").iter(f"{W}rFonts")
    ]

    wanted = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), "Times New Roman")
    assert faces
    assert all(face == wanted for face in faces)


def test_no_text_has_a_font_or_a_colour_of_its_own(content):
    body = part(content, "word/document.xml")

    assert list(body.iter(f"{W}rFonts")) == []
    assert list(body.iter(f"{W}color")) == []


def test_the_language_of_the_text_is_declared():
    for lang, tag in ((VIETNAMESE, "vi-VN"), (ENGLISH, "en-GB")):
        styles = part(render(make_facts(), lang), "word/styles.xml")
        assert [e.get(f"{W}val") for e in styles.iter(f"{W}lang")] == [tag]


def test_pages_are_numbered_in_the_header_from_1_in_each_section_but_the_first(word, content):
    for section in word.sections:
        (number,) = section.header.paragraphs
        assert number.alignment == 1
        assert sizes(number) == {13}
        assert number._p.xpath("string(.//w:instrText)") == "PAGE"
        assert section.different_first_page_header_footer
        assert section.first_page_header.paragraphs[0].text == ""
    body = part(content, "word/document.xml")
    assert [e.get(f"{W}start") for e in body.iter(f"{W}pgNumType")] == ["1", "1"]


# ---------------------------------------------------------------- the head


def test_the_bodies_stand_on_the_left_the_state_on_the_right(word):
    left, right = head(word)

    assert [p.text for p in right] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert [sizes(p) for p in right] == [{12}, {13}]
    assert [bool(p.runs[0].bold) for p in right] == [True, True]
    assert left[0].text == "BỘ KHOA HỌC VÀ CÔNG NGHỆ"
    assert left[1].text == "ỦY BAN TIÊU CHUẨN ĐO LƯỜNG\nCHẤT LƯỢNG QUỐC GIA"
    assert [bool(p.runs[0].bold) for p in left] == [False, True]
    assert [sizes(p) for p in left] == [{12}, {12}]


def rules(word):
    left, right = word.tables[0].rows[0].cells
    cells = ((left, HEAD_WIDTH), (right, TEXT_WIDTH - HEAD_WIDTH))
    return [room - 2 * cell.paragraphs[-1].paragraph_format.left_indent.mm for cell, room in cells]


def test_the_rules_of_the_head_are_as_long_as_they_must_be(word):
    below_body, below_motto = rules(word)
    (_superior, body), (_country, motto) = head(word)
    longest = max(width(line, 12, is_bold=True) for line in body.text.split("\n"))

    assert 1 / 3 <= below_body / longest <= 1 / 2
    assert below_motto == pytest.approx(width(motto.text, 13, is_bold=True), abs=0.1)


def test_number_and_place_are_on_one_line_and_blank(word):
    number, place = (cell.paragraphs[0] for cell in word.tables[0].rows[1].cells)

    assert re.fullmatch(r"Số:\s{5,}/BC-TĐC", number.text)
    assert re.fullmatch(r"Hà Nội, ngày\s{5,}tháng\s{5,}năm\s*", place.text)
    assert (sizes(number), sizes(place)) == ({13}, {13})
    assert place.runs[0].italic
    assert not number.runs[0].italic


def test_kind_and_subject_are_bold_and_centred(word):
    kind, subject = word.paragraphs[:2]

    assert (kind.text, sizes(kind), sizes(subject)) == ("BÁO CÁO", {14}, {14})
    assert subject.text.startswith("Tình hình thực hiện nhiệm vụ tháng 11 năm 2026")
    assert kind.runs[0].bold
    assert subject.runs[0].bold
    assert kind.style.paragraph_format.alignment == 1


def test_one_addressee_is_on_the_line_of_the_address(word):
    assert word.paragraphs[3].text == "Kính gửi: Lãnh đạo Ủy ban"


def test_several_addressees_have_lines_of_their_own_under_the_colon():
    facts = make_facts(addressees=("Lãnh đạo Bộ", "Lãnh đạo Ủy ban"))

    lines = Document(BytesIO(render(facts, VIETNAMESE))).paragraphs[3:6]

    assert [line.text for line in lines] == ["Kính gửi:", "- Lãnh đạo Bộ;", "- Lãnh đạo Ủy ban."]
    colon = lines[0].paragraph_format.left_indent.mm + width("Kính gửi", 14)
    for line in lines[1:]:
        shape = line.paragraph_format
        assert shape.left_indent.mm + shape.first_line_indent.mm == pytest.approx(colon, abs=0.2)


# ---------------------------------------------------------------- the text and its end


def test_the_text_is_justified_and_indented(word):
    shape = word.styles["Body Text"].paragraph_format

    assert shape.alignment == 3
    assert shape.first_line_indent.mm == pytest.approx(12.7, abs=0.02)
    assert (shape.space_after.pt, shape.line_spacing) == (6, 1.15)
    assert word.styles["Body Text"].font.size.pt == 14


def test_headings_are_real_bold_and_black(word):
    headings = [p for p in word.paragraphs if p.style.name.startswith("Heading")]

    assert [p.text for p in headings[:2]] == [
        "THAY ĐỔI SO VỚI BÁO CÁO TRƯỚC",
        "I. TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
    ]
    assert {p.style.font.bold for p in headings} == {True}
    assert {str(p.style.font.color.rgb) for p in headings} == {"000000"}


def test_the_end_has_its_mark_recipients_and_signature(word):
    table = next(t for t in word.tables if "Nơi nhận" in t.rows[0].cells[0].text)
    left, right = table.rows[0].cells

    assert [p.text for p in left.paragraphs] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Các thành viên Tổ công tác;",
        "- Ban Kế hoạch – Tài chính;",
        "- Lưu: VT, TCCL.",
    ]
    assert [sizes(p) for p in left.paragraphs] == [{12}, {11}, {11}, {11}, {11}]
    assert (left.paragraphs[0].runs[0].bold, left.paragraphs[0].runs[0].italic) == (True, True)
    assert [p.text for p in right.paragraphs] == ["TM. TỔ CÔNG TÁC", "TỔ TRƯỞNG", "Trần Văn Bình"]
    assert [sizes(p) for p in right.paragraphs] == [{14}, {14}, {14}]
    assert right.paragraphs[-1].paragraph_format.space_before.pt > 60
    before = table._tbl.getprevious()
    assert "".join(before.itertext()).endswith("./.")
    assert before.xpath("./w:pPr/w:keepNext")
    assert table.rows[0]._tr.xpath("./w:trPr/w:cantSplit")


# ---------------------------------------------------------------- tables


def test_the_annex_table_repeats_its_head_and_keeps_rows_whole(word):
    table = word.tables[-1]

    first, *others = table.rows
    assert first._tr.xpath("./w:trPr/w:tblHeader")
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in others)


def test_the_grid_and_every_cell_know_their_width(word):
    for table in word.tables:
        grid = [int(column.get(f"{W}w")) for column in table._tbl.tblGrid]
        for row in table._tbl.tr_lst:
            cells = [int(w) for w in row.xpath("./w:tc/w:tcPr/w:tcW/@w:w")]
            assert sum(cells) == pytest.approx(sum(grid), abs=len(grid))


def test_the_order_within_properties_is_that_of_the_schema(content):
    """Word repairs, or refuses, a file whose properties are out of order."""
    check_order(content)


def test_what_must_follow_the_last_table_of_an_annex_takes_no_page_of_its_own():
    """A table that fills its page to the end once left an empty one behind it."""
    whole = render(whole_facts(3, orientation=Orientation.LANDSCAPE), VIETNAMESE)
    body = part(whole, "word/document.xml").find(f"{W}body")
    first = next(at for at, one in enumerate(body) if one.find(f"{W}pPr/{W}sectPr") is not None)
    annexes = list(body)[first:]
    ends = [one for one in annexes if one.tag == f"{W}p" and not "".join(one.itertext())]
    empty = [one for one in ends if one.find(f".//{W}drawing") is None]

    spacing = [one.find(f"{W}pPr/{W}spacing") for one in empty]
    assert len(spacing) > len(paper(whole_facts(3), VIETNAMESE).appendices)
    assert {(one.get(f"{W}before"), one.get(f"{W}line")) for one in spacing} == {("0", "20")}


def check_order(content):
    orders = {
        "pPr": "pStyle keepNext keepLines widowControl pBdr spacing ind jc rPr sectPr",
        "trPr": "cantSplit tblHeader",
        "tcPr": "tcW gridSpan vAlign",
        "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar tblLook",
        "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
        "rPr": "rFonts b i color sz lang",
    }
    for name in ("word/document.xml", "word/header1.xml", "word/header2.xml"):
        for element in part(content, name).iter():
            tag = element.tag.removeprefix(W)
            order = orders.get(tag, "").split()
            places = [order.index(child.tag.removeprefix(W)) for child in element if order]
            assert places == sorted(places), ET.tostring(element)


# ---------------------------------------------------------------- the file


def test_the_same_facts_are_the_same_bytes():
    assert render(make_facts(), VIETNAMESE) == render(make_facts(), VIETNAMESE)


def test_the_file_says_what_it_is(word):
    core = word.core_properties

    assert core.title.startswith("Báo cáo: Tình hình thực hiện")
    assert core.author == "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia"
    assert (core.language, core.identifier) == ("vi-VN", "rpt-0001")
    assert core.created.date() == make_facts().generated_on


def test_the_picture_of_the_empty_template_is_not_passed_on(content):
    assert [n for n in zipfile.ZipFile(BytesIO(content)).namelist() if "thumbnail" in n] == []


def test_a_thousand_tasks_take_little_time():
    facts = make_facts(1000)
    begun = time.perf_counter()

    render(facts, VIETNAMESE)

    print(f"\nDOCX of 1,000 tasks: {time.perf_counter() - begun:.2f} s")


# ---------------------------------------------------------------- in LibreOffice


def pages(run, pdf):
    """The words of each page with their boxes in mm: (text, left, top, right, bottom)."""
    root = ET.fromstring(run("pdftotext", "-bbox", pdf, "-").replace("&nbsp;", " "))
    space = "{http://www.w3.org/1999/xhtml}"
    sides = ("xMin", "yMin", "xMax", "yMax")
    return [
        [
            (word.text, *(float(word.get(side)) * 25.4 / 72 for side in sides))
            for word in page.iter(f"{space}word")
        ]
        for page in root.iter(f"{space}page")
    ]


@pytest.mark.office
def test_libreoffice_prints_it_on_a4_within_its_margins(run, printed):
    told = run("pdfinfo", "-f", "1", "-l", "99", printed)
    found = re.findall(r"size:\s+([\d.]+) x ([\d.]+)", told)

    mm = {(round(float(w) * 25.4 / 72), round(float(h) * 25.4 / 72)) for w, h in found}
    assert mm == {A4, A4[::-1]}
    for words in pages(run, printed):
        body = [word for word in words if word[2] >= 19]
        right = 297 - 20 if max(w[3] for w in body) > 200 else TEXT_RIGHT
        assert min(w[1] for w in body) >= TEXT_LEFT - 0.5
        assert max(w[3] for w in body) <= right + 0.7
        assert max(w[4] for w in body) <= 297 - 20 + 0.5


@pytest.mark.office
def test_libreoffice_numbers_pages_in_the_top_margin_but_the_first(run, printed):
    in_margin = [[word for word in words if word[4] < 20] for words in pages(run, printed)]
    annex = next(
        at for at, words in enumerate(pages(run, printed)) if "Phụ" in {w[0] for w in words[:2]}
    )

    numbers = [[word[0] for word in words] for words in in_margin]
    assert numbers[0] == numbers[annex] == []
    assert numbers[1:annex] == [[str(n)] for n in range(2, annex + 1)]
    assert numbers[annex + 1 :] == [[str(n)] for n in range(2, len(numbers) - annex + 1)]
    (second,) = in_margin[1]
    assert (second[1] + second[3]) / 2 == pytest.approx((TEXT_LEFT + TEXT_RIGHT) / 2, abs=0.5)


@pytest.mark.office
def test_libreoffice_has_a_font_with_every_letter(run, printed):
    fonts = run("pdffonts", printed).splitlines()[2:]

    assert {line.split()[0].partition("+")[2].partition("-")[0] for line in fonts} <= {
        *("Tinos", "LiberationSerif", "TimesNewRoman", "TimesNewRomanPSMT"),
    }
    assert all(" yes yes yes " in line for line in fonts)
    text = run("pdftotext", "-layout", printed, "-")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Nguyễn Thị Hồng" in text


@pytest.mark.office
def test_libreoffice_keeps_signature_and_last_line_on_one_page(run, printed):
    (signed,) = [words for words in pages(run, printed) if "nhận:" in {w[0] for w in words}]
    said = [word[0] for word in signed]

    assert "Halal./." in said
    tops = {word[0]: word[2] for word in signed}
    assert tops["nhận:"] == pytest.approx(tops["TM."], abs=1.5)


@pytest.mark.office
@pytest.mark.parametrize(
    "make", [empty_facts, nasty_facts, nasty_whole_facts], ids=lambda make: make.__name__
)
def test_libreoffice_opens_the_empty_and_the_nasty(run, soffice, tmp_path, make):
    path = tmp_path / "report.docx"
    path.write_bytes(render(make(), VIETNAMESE))

    text = run("pdftotext", soffice(path), "-")

    assert "Nơi nhận:" in text
    assert "./." in text


@pytest.mark.parametrize(
    ("orientation", "page", "lines"),
    [("landscape", (297, 210), ["23 dòng", "7 dòng"]), ("portrait", (210, 297), ["30 dòng"])],
)
def test_the_timeline_is_an_annex_of_pages_with_pictures_that_are_told(orientation, page, lines):
    facts = make_facts(timeline=a_timeline(), workstreams=(), orientation=Orientation(orientation))
    word = Document(BytesIO(render(facts, VIETNAMESE)))

    texts = [paragraph.text for paragraph in word.paragraphs]
    assert texts[texts.index("Phụ lục II") + 1] == "BIỂU ĐỒ TIẾN ĐỘ"
    assert in_mm(word.sections[-1].page_width, word.sections[-1].page_height) == page
    told = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert [words.split(",")[0] for words in told] == lines
    assert {in_mm(shape.width) for shape in word.inline_shapes} == {(page[0] - 50.0,)}


def test_figures_and_marks_are_in_the_file_and_its_order_is_that_of_the_schema():
    content = render(crowded_facts(), VIETNAMESE)

    word = Document(BytesIO(content))
    assert [p.text for p in word.sections[0].first_page_header.paragraphs] == ["DỰ THẢO"]
    lines = [p.text for p in word.sections[0].first_page_footer.paragraphs]
    assert lines == ["Số 8 Hoàng Quốc Việt, Hà Nội", "ĐT: 024 3791 1606", "vanthu@tcvn.gov.vn"]
    assert {len(section.first_page_footer.paragraphs[0].text) for section in word.sections[1:]} == {
        0
    }
    assert all(shape._inline.docPr.get("descr") for shape in word.inline_shapes)
    stamp = word.tables[0].cell(1, 0).paragraphs[-1]
    inside = (
        HEAD_WIDTH - stamp.paragraph_format.left_indent.mm - stamp.paragraph_format.right_indent.mm
    )
    gaps = [float(side.get(f"{W}space")) for side in stamp._p.pPr.find(f"{W}pBdr")]
    assert round(inside + 2 * gaps[0] * 25.4 / 72, 1) == 30  # HỎA TỐC is 30 mm wide
    check_order(content)


@pytest.mark.office
@pytest.mark.parametrize("make", [whole_facts, crowded_facts])
def test_libreoffice_has_the_changes_whole_on_the_first_page(run, soffice, tmp_path, make):
    path, facts = tmp_path / "report.docx", make()
    path.write_bytes(render(facts, VIETNAMESE))
    printed = soffice(path)

    first = " ".join(run("pdftotext", "-raw", "-l", "1", printed, "-").split())
    told = changes_on(paper(facts, VIETNAMESE))
    assert [text for text in told if " ".join(text.split()) not in first] == []
    words = pages(run, printed)
    lies = [max(word[3] for word in page) > 200 for page in words]
    assert any(lies) is (facts.orientation is Orientation.LANDSCAPE)
    for page, is_lying in zip(words, lies, strict=True):
        body = [word for word in page if word[2] >= 19 and word[4] <= 277.5]
        # A page may be nothing but a picture.
        assert min((word[1] for word in body), default=TEXT_LEFT) >= TEXT_LEFT - 0.5
        right = max((word[3] for word in body), default=0)
        assert right <= (277 if is_lying else TEXT_RIGHT) + 0.7
