"""The PDF: tagged, archivable, of the same content and layout as the Word file."""

import re
import time
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest

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
from tracker.exports.fonts.glyphs import MISSING, printable
from tracker.exports.report.measure import width
from tracker.exports.report.paper import paper
from tracker.exports.report.pdf import render
from tracker.queries.report_facts import Replaced
from tracker.words import language

SPACE = "{http://www.w3.org/1999/xhtml}"
SIDES = ("xMin", "yMin", "xMax", "yMax")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(render(make_facts(groups=3, count=60), VIETNAMESE))
    return path


def pages(run, path):
    """The words of each page with their boxes in mm: (text, left, top, right, bottom)."""
    root = ET.fromstring(run("pdftotext", "-bbox", path, "-"))
    return [
        [
            (word.text, *(float(word.get(side)) * 25.4 / 72 for side in SIDES))
            for word in page.iter(f"{SPACE}word")
        ]
        for page in root.iter(f"{SPACE}page")
    ]


def test_qpdf_finds_no_error(run, path):
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", path)


def test_it_says_that_it_is_archivable_and_accessible(path):
    content = path.read_bytes()

    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_headings_and_tables_are_tagged(run, path):
    tags = run("pdfinfo", "-struct", path)

    found = set(re.findall(r"^\s*(\w+)", tags, re.MULTILINE))
    assert {"H1", "H2", "P", "Table", "TH", "TD"} <= found


def test_the_document_has_title_author_and_language(run, path):
    told = run("pdfinfo", path)

    assert "Báo cáo: Tình hình thực hiện nhiệm vụ tháng 11 năm 2026" in told
    assert "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia" in told
    assert "rpt-0001" in told
    assert b"/Lang(vi-VN)" in path.read_bytes()


def test_only_the_font_we_bring_is_used(run, path):
    fonts = run("pdffonts", path).splitlines()[2:]

    assert {line.split()[0].partition("+")[2].partition("-")[0] for line in fonts} == {"Tinos"}
    assert all(" yes yes yes " in line for line in fonts)


def test_pages_are_a4_and_text_keeps_to_the_margins(run, path):
    for words in pages(run, path):
        body = [word for word in words if word[2] >= 18]
        is_landscape = max(word[3] for word in body) > 200
        assert min(word[1] for word in body) >= 30 - 0.1
        assert max(word[3] for word in body) <= (277 if is_landscape else 190) + 0.1
        assert max(word[4] for word in body) <= (190 if is_landscape else 277) + 2


def test_pages_are_numbered_from_1_in_each_section_but_the_first(run, path):
    words = pages(run, path)
    numbers = [[word[0] for word in page if word[4] < 19] for page in words]
    annex = next(at for at, page in enumerate(words) if page[0][0] == "Phụ")

    assert numbers[0] == numbers[annex] == []
    assert numbers[1:annex] == [[str(n)] for n in range(2, annex + 1)]
    assert numbers[annex + 1 :] == [[str(n)] for n in range(2, len(words) - annex + 1)]
    (second,) = [word for word in words[1] if word[4] < 19]
    assert (second[1] + second[3]) / 2 == pytest.approx(110, abs=0.3)


def test_the_country_fits_on_one_line_as_wide_as_measured(run, path):
    line = [word for word in pages(run, path)[0] if word[2] < 23 and word[1] > 96]

    assert " ".join(word[0] for word in line) == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    measured = width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, is_bold=True)
    assert line[-1][3] - line[0][1] == pytest.approx(measured, abs=1)  # less its kerning


def test_recipients_and_signature_are_level_and_with_the_last_line(run, path):
    (signed,) = [page for page in pages(run, path) if "nhận:" in {word[0] for word in page}]
    tops = {word[0]: word[2] for word in signed}

    assert tops["nhận:"] == pytest.approx(tops["TM."], abs=1.5)
    assert "gia./." in tops


def test_it_says_what_the_word_file_says(run, path):
    page = paper(make_facts(groups=3, count=60), VIETNAMESE)

    said = " ".join(run("pdftotext", "-raw", path, "-").split())

    for block in page.blocks:
        if hasattr(block, "text"):
            assert block.text in said


def test_the_same_facts_are_the_same_bytes():
    assert render(make_facts(), VIETNAMESE) == render(make_facts(), VIETNAMESE)


@pytest.mark.parametrize(
    "make", [empty_facts, nasty_facts, nasty_whole_facts], ids=lambda make: make.__name__
)
def test_the_empty_and_the_nasty_are_printed(run, tmp_path, make):
    path = tmp_path / "report.pdf"
    path.write_bytes(render(make(), VIETNAMESE))

    assert "Nơi nhận:" in run("pdftotext", path, "-")


def test_data_is_never_read_as_markup(run, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(render(nasty_facts(), VIETNAMESE))

    assert '#read("/etc/passwd") $x$ *b* _i_ @ref <lbl> \\ `c`' in run("pdftotext", path, "-")


def test_english_is_declared(tmp_path):
    assert b"/Lang(en-GB)" in render(make_facts(addressees=("A", "B")), ENGLISH)


def test_what_the_font_lacks_becomes_a_square():
    assert printable("Tiêu chuẩn “ơ” ✓ 中\n") == f"Tiêu chuẩn “ơ” {MISSING} {MISSING}\n"


def test_the_font_can_show_all_that_is_kept():
    """PDF/A refuses the file if one character of it cannot be shown, in any of the four faces."""
    every = "".join(map(chr, range(32, 0xD800)))
    kept = [c for c, shown in zip(every, printable(every), strict=True) if c == shown]
    text = " ".join(kept)

    render(make_facts(1, narrative={"results": text}, addressees=(text,)), VIETNAMESE)

    assert set("ĂÂĐÊÔƠƯăâđêôơưẮẰẲẴẶắằẳẵặỄễỘộỢợỨứỸỹ–“”…≤≥→−%") <= set(kept)
    assert MISSING in kept


def test_500_rows_take_little_time():
    facts = make_facts(500)
    begun = time.perf_counter()

    render(facts, VIETNAMESE)

    print(f"\nPDF of 500 tasks: {time.perf_counter() - begun:.2f} s")


def test_the_timeline_is_drawn_in_an_annex_and_told(run, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(render(make_facts(timeline=a_timeline()), VIETNAMESE))

    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", path)
    assert run("pdfinfo", "-struct", path).count("Figure") == 2
    words = run("pdftotext", path, "-")
    assert "BIỂU ĐỒ TIẾN ĐỘ" in words
    assert "Công bố TCVN 30" in words


@pytest.mark.parametrize("lang", [VIETNAMESE, language("en")], ids=["vi", "en"])
@pytest.mark.parametrize("make", [make_facts, whole_facts, crowded_facts])
def test_the_changes_stand_whole_on_the_first_page(run, tmp_path, make, lang):
    path, facts = tmp_path / "report.pdf", make()
    path.write_bytes(render(facts, lang))

    first = " ".join(run("pdftotext", "-raw", "-l", "1", path, "-").split())

    told = changes_on(paper(facts, lang))
    assert len(told) >= 1
    assert [text for text in told if " ".join(text.split()) not in first] == []


def test_the_changes_stay_on_the_first_page_under_the_longest_head(run, tmp_path):
    path = tmp_path / "report.pdf"
    why = Replaced("1.0", "45/BC-TĐC", date(2026, 11, 16), "Sai số liệu tháng. " * 100)
    many = tuple(f"Lãnh đạo Bộ Khoa học và Công nghệ {at}" for at in range(15))
    facts = crowded_facts(addressees=many, replaced=why)
    path.write_bytes(render(facts, VIETNAMESE))

    first = " ".join(run("pdftotext", "-raw", "-l", "1", path, "-").split())

    intro, cells, reason = changes_on(paper(facts, VIETNAMESE))
    assert "(chi tiết tại Phụ lục I kèm theo Báo cáo này)" in intro
    assert (intro in first, cells in first) == (True, True)
    assert reason.startswith("Báo cáo này (bản 1.1) thay thế Báo cáo số 45/BC-TĐC")


def test_the_marks_of_decree_30_stand_in_their_places(run, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(render(crowded_facts(), VIETNAMESE))
    first, second, *_others = pages(run, path)

    assert " ".join(word[0] for word in first if word[4] < 20) == "DỰ THẢO"
    assert [word[0] for word in second if word[4] < 20] == ["2"]
    below = " ".join(word[0] for word in first if word[2] > 277)
    assert below == "Số 8 Hoàng Quốc Việt, Hà Nội ĐT: 024 3791 1606 vanthu@tcvn.gov.vn"
    assert [word for word in second if word[2] > 278] == []
    stamp = next(word for word in first if word[0] == "HỎA")
    number = next(word for word in first if word[0] == "Số:")
    assert 0 < stamp[2] - number[4] < 10


def test_heads_of_tables_are_repeated_on_every_page(run, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(render(make_facts(120), VIETNAMESE))

    tops = [[word[0] for word in words if 18 < word[2] < 40] for words in pages(run, path)]
    begins, ends, *_others = [at for at, top in enumerate(tops) if top[:2] == ["Phụ", "lục"]]
    assert ends - begins > 2
    assert ["STT" in top for top in tops[begins + 1 : ends]] == [True] * (ends - begins - 1)


def test_pictures_are_told_to_those_who_hear_the_report(run, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(render(whole_facts(), VIETNAMESE))

    assert run("pdfinfo", "-struct", path).count("Figure") == 3
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", path)


def test_the_bytes_are_the_same_in_another_year(time_machine):
    time_machine.move_to(datetime(2026, 11, 23, tzinfo=UTC))
    content = render(whole_facts(), VIETNAMESE)
    time_machine.move_to(datetime(2031, 1, 1, tzinfo=UTC))

    assert render(whole_facts(), VIETNAMESE) == content
