"""Templates: what is filled in, and what is never let in."""

import re
import struct
import subprocess
import time
import zlib
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.reports import ENGLISH, VIETNAMESE, make_facts, nasty_facts
from tracker.exports.report import docx, formats
from tracker.exports.report.template import checking, limits, reading, rendering
from tracker.exports.report.template.placeholders import ALL, known
from tracker.exports.report.template.sample import sample
from tracker.exports.report.template.shipped import starting_point
from tracker.models import Urgency
from tracker.queries.report_facts import Name, Stamp
from tracker.words import SENTENCES

START = starting_point()
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BODY, LINKS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"


def packed(parts, method=ZIP_DEFLATED):
    out = BytesIO()
    with ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts_of(content=START):
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_words(**words):
    """The shipped template with other words where its body has these."""
    parts = parts_of()
    for was, now in words["words"].items():
        assert was.encode() in parts[BODY]
        parts[BODY] = parts[BODY].replace(was.encode(), now.encode())
    return packed(parts)


def with_xml(markup, part=BODY, before=b"<w:sectPr"):
    """The shipped template with more markup in a part."""
    parts = parts_of()
    head, found, tail = parts[part].rpartition(before)
    assert found
    return packed({**parts, part: head + markup.encode() + found + tail})


def with_part(name, content, kind="", link="", target="", mode=""):
    """The shipped template with another part, its type, and a relationship to it."""
    parts = parts_of()
    if kind:
        override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        parts[TYPES] = parts[TYPES].replace(b"</Types>", override.encode())
    if link:
        target = target or name.removeprefix("word/")
        row = f'<Relationship Id="rId99" Type="{link}" Target="{target}"{mode}/></Relationships>'
        parts[LINKS] = parts[LINKS].replace(b"</Relationships>", row.encode())
    if name:
        parts[name] = content
    return packed(parts)


def document_of(content):
    return Document(BytesIO(content))


def said(content):
    """All that is written in the body, its tables and its running heads."""
    document = document_of(content)
    return [rendering.text_of(one) for one in rendering.paragraphs(document)]


def codes(content):
    return [finding.code for finding in checking.check(content).problems]


# ------------------------------------------------------------------ what is filled in


def test_the_shipped_template_gives_what_the_shipped_layout_gives():
    facts = make_facts(30)

    by_template = rendering.render(START, facts, VIETNAMESE)

    assert said(by_template) == said(docx.render(facts, VIETNAMESE))


def test_only_the_word_file_goes_by_a_template():
    facts = make_facts(6)

    assert formats.make("docx", facts, VIETNAMESE, START) == rendering.render(
        START, facts, VIETNAMESE
    )
    assert formats.make("docx", facts, VIETNAMESE) == docx.render(facts, VIETNAMESE)
    assert formats.make("csv", facts, VIETNAMESE, START) == formats.make("csv", facts, VIETNAMESE)


def test_the_same_facts_give_the_same_bytes_and_carry_the_id(monkeypatch):
    facts = make_facts(6, identifier="NQI-7-0123456789abcdef")
    first = rendering.render(START, facts, ENGLISH)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)

    assert rendering.render(START, facts, ENGLISH) == first
    assert document_of(first).core_properties.identifier == "NQI-7-0123456789abcdef"


def test_a_placeholder_is_found_in_any_run_face_and_place():
    document = document_of(START)
    cut = document.paragraphs[-1].insert_paragraph_before()
    for piece in ("Kỳ [", "[KY BAO", " cáo]] và [[Tong so nhiem vu", "]] việc"):
        cut.add_run(piece).bold = piece.startswith("[KY")
    document.sections[0].header.paragraphs[0].add_run("[[Total]]")
    document.tables[0].rows[0].cells[0].add_paragraph("[[Từ ngày]]–[[Last day]]")
    out = BytesIO()
    document.save(out)

    lines = said(rendering.render(out.getvalue(), sample(), VIETNAMESE))

    assert "Kỳ tháng 11 năm 2026 và 3 việc" in lines
    assert "15/10/2026–14/11/2026" in lines
    assert any(line.endswith("3") and len(line) < 4 for line in lines)


def test_brackets_in_what_people_typed_stay_brackets():
    task = replace(sample().finished[0], title="[[Nội dung]] [[Người ký]]")
    facts = replace(sample(), finished=(task,), narrative={"results": "[[Nội dung]]"})

    lines = said(rendering.render(START, facts, VIETNAMESE))

    assert lines.count("[[Nội dung]]") == 1
    assert [line for line in lines if "[[Người ký]]" in line] == [
        "[[Nội dung]] [[Người ký]] (HAL1)"
    ]


def test_the_styles_of_the_template_are_kept_and_missing_ones_are_brought():
    document = Document()
    document.styles["Body Text"].font.size = Pt(17)
    document.styles.element.remove(document.styles["Caption"].element)
    document.styles["Normal"].element.set(f"{{{WORD}}}styleId", "Binhthng")
    for text in ("[[Kính gửi]]", "[[Nội dung]]", "[[Nơi nhận]]"):
        document.add_paragraph(text)
    out = BytesIO()
    document.save(out)

    made = document_of(rendering.render(out.getvalue(), make_facts(40), VIETNAMESE))

    assert made.styles["Body Text"].font.size == Pt(17)
    assert made.styles["Caption"].font.bold
    assert made.styles["Caption"].base_style is None or made.styles["Caption"].base_style.name
    assert len(made.sections) > 1


def test_every_placeholder_is_known_by_both_names_and_gives_text():
    document = document_of(START)
    lines = [one for one in ALL if not one.stands_alone]
    for one in lines:
        document.paragraphs[-1].insert_paragraph_before(f"<{one.name}>[[{one.english}]]")
    out = BytesIO()
    document.save(out)

    made = said(rendering.render(out.getvalue(), sample(), VIETNAMESE))

    assert all(known(one.name) is known(one.english) is one for one in ALL)
    empty = [line for line in made if re.fullmatch(r"<[^>]*>", line)]
    assert empty == ["<Thẩm quyền ký>", "<Mức độ khẩn>"]
    assert not [line for line in made if "[[" in line]


@pytest.mark.parametrize("mark", ["[[Dự thảo]]", ""])
def test_a_draft_says_so_whatever_the_template_leaves_out(mark):
    parts = parts_of()
    (name,) = [name for name, part in parts.items() if "[[Dự thảo]]".encode() in part]
    parts[name] = parts[name].replace("[[Dự thảo]]".encode(), mark.encode())
    template = packed(parts)
    draft, approved = sample(), replace(sample(), stamp=Stamp())

    assert said(rendering.render(template, draft, VIETNAMESE)).count("DỰ THẢO") == 1
    assert "DỰ THẢO" not in said(rendering.render(template, approved, VIETNAMESE))


def test_of_what_is_not_said_no_frame_is_left():
    plain = replace(sample(), organisation=replace(sample().organisation, address=Name("")))
    urgent = replace(plain, urgency=Urgency.EXPRESS)

    frames = [
        document_of(rendering.render(START, facts, VIETNAMESE))
        .sections[0]
        .first_page_footer._element.xpath(".//w:pBdr")
        for facts in (sample(), plain)
    ]
    assert [len(found) for found in frames] == [1, 0]
    made = document_of(rendering.render(START, urgent, VIETNAMESE))
    assert "HỎA TỐC" in made.tables[0].rows[1].cells[0].text


def test_nothing_people_type_breaks_it():
    made = rendering.render(START, nasty_facts(), VIETNAMESE)

    assert "abctxt.exe" in "\n".join(said(made))


def test_a_preview_shows_letters_tables_and_rules():
    look = reading.look(rendering.render(START, sample(), VIETNAMESE))
    grids = [one for one in look.body if isinstance(one, reading.Grid)]
    lines = [one for one in look.body if isinstance(one, reading.Line)]

    assert grids[0].has_borders is False
    assert any(grid.has_borders for grid in grids)
    assert any(line.is_rule for line in lines)
    kind = next(line for line in lines if line.pieces and line.pieces[0].text == "BÁO CÁO")
    assert (kind.align, kind.pieces[0].is_bold) == ("center", True)


@pytest.mark.parametrize(
    ("word", "align"), [("end", "right"), ("start", "left"), ("both", "justify"), ("?", "left")]
)
def test_a_preview_knows_the_words_of_other_programs(word, align):
    line = f'<w:p><w:pPr><w:jc w:val="{word}"/></w:pPr><w:r><w:t>aligned</w:t></w:r></w:p>'
    template = with_xml(line)

    assert checking.check(template).is_fine
    look = reading.look(rendering.render(template, sample(), VIETNAMESE))
    lines = [one for one in look.body if isinstance(one, reading.Line) and one.pieces]
    assert [one.align for one in lines if one.pieces[0].text == "aligned"] == [align]


@pytest.mark.parametrize(
    "markup",
    [
        "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        '<w:p><w:r><w:rPr><w:b w:val="?"/></w:rPr><w:t>a</w:t></w:r></w:p>',
        "<w:p><w:pPr><w:pStyle/></w:pPr></w:p>",
    ],
)
def test_one_that_could_not_be_shown_is_not_let_in(markup):
    assert codes(with_xml(markup)) == ["template_damaged"]


# ------------------------------------------------------------------ what is wrong with one


def test_the_shipped_template_is_fine_and_has_all_that_is_advised():
    checked = checking.check(START)

    assert (checked.problems, checked.advice) == ((), ())
    assert {"Nội dung", "Kính gửi", "Nơi nhận"} < {one.name for one in checked.used}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ({"[[Trích yếu]]": "[[Tríc yếu]]"}, ["template_unknown"]),
        ({"[[Nội dung]]": "Hết"}, ["template_text_once"]),
        ({"[[Trích yếu]]": "[[Nội dung]]"}, ["template_text_once"]),
        ({"[[Nơi nhận]]": "Gửi: [[Nơi nhận]]"}, ["template_not_alone"]),
        ({"[[Nơi nhận]]": "[[Nội dung]]", "[[Nội dung]]": "x"}, ["template_text_in_table"]),
        ({"[[Người ký]]": "[[Người ký"}, ["template_brackets"]),
        ({"[[Người ký]]": "{{ 7*7 }} {% x %} ${7*7} [[7*7]]"}, ["template_unknown"]),
    ],
)
def test_what_was_mistyped_is_told(words, wanted):
    assert codes(with_words(words=dict(reversed(words.items())))) == wanted


def test_what_decree_30_asks_for_is_advised():
    checked = checking.check(with_words(words={"[[Số và ký hiệu]]": "Số: 1"}))

    assert [finding.texts for finding in checked.advice] == [{"name": "Số và ký hiệu"}]
    assert checked.is_fine


# ------------------------------------------------------------------ what is never let in


def png(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IHDR" + head
    chunk = struct.pack(">I", len(head)) + body + struct.pack(">I", zlib.crc32(body))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IEND\xaeB`\x82"


def field(code):
    """A field as Word writes it, its code in two runs."""
    half = len(code) // 2
    runs = ('fldChar w:fldCharType="begin"/', code[:half], code[half:])
    inside = "".join(
        f"<w:r><w:{run}></w:r>" if run.startswith("fldChar") else
        f'<w:r><w:instrText xml:space="preserve">{run}</w:instrText></w:r>'
        for run in runs
    )  # fmt: skip
    return f'<w:p>{inside}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


INSIDE = field("LINK x").removeprefix("<w:p>").removesuffix("</w:p>")
OFFICE = "application/vnd.openxmlformats-officedocument"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
OUTSIDE = ' TargetMode="External"'
HOSTILE = {
    "nothing": (b"", "import_empty_file"),
    "text": (b"Not a zip", "template_not_word"),
    "an old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "template_not_word"),
    "a locked one": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "template_password",
    ),
    "half a zip": (START[: len(START) // 2], "template_damaged"),
    "an empty zip": (packed({}), "template_not_word"),
    "some other zip": (packed({"a.txt": b"x"}), "template_not_word"),
    "too large": (START + bytes(limits.FILE_BYTES), "template_too_large"),
    "a bomb": (
        packed({**parts_of(), "word/media/a.png": bytes(limits.UNZIPPED_BYTES)}),
        "template_swells",
    ),
    "a bomb of markup": (
        packed({**parts_of(), BODY: b"<a>" * 4_000_000}),
        "template_swells",
    ),
    "too many elements": (
        packed({**parts_of(), BODY: b"<a>" + b"<b/>" * (2 * limits.ELEMENTS) + b"</a>"}),
        "template_too_rich",
    ),
    "too deep": (packed({**parts_of(), BODY: b"<a>" * 5000 + b"</a>" * 5000}), "template_too_rich"),
    "a part outside": (packed({**parts_of(), "../x.xml": b"<a/>"}), "template_part"),
    "two parts of one name": (
        packed({**parts_of(), "word/Document.xml": b"<a/>"}),
        "template_damaged",
    ),
    "entities": (
        packed({**parts_of(), BODY: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "template_damaged",
    ),
    "another encoding": (
        packed({**parts_of(), BODY: '<?xml version="1.0"?><a/>'.encode("utf-16")}),
        "template_damaged",
    ),
    "another encoding said": (
        packed({**parts_of(), BODY: b'<?xml version="1.0" encoding="UTF-7"?><a/>'}),
        "template_damaged",
    ),
    "macros": (
        with_part(
            "word/vbaProject.bin",
            b"x",
            "application/vnd.ms-office.vbaProject",
            f"{MICROSOFT}/vbaProject",
        ),
        "template_macros",
    ),
    "macros, said to be a picture": (
        with_part("word/vbaProject.bin", b"x", "image/png", f"{MICROSOFT}/vbaProject"),
        "template_macros",
    ),
    "a document with macros": (
        packed(
            {
                **parts_of(),
                TYPES: parts_of()[TYPES].replace(
                    f"{OFFICE}.wordprocessingml.document.main+xml".encode(),
                    b"application/vnd.ms-word.document.macroEnabled.main+xml",
                ),
            }
        ),
        "template_macros",
    ),
    "an embedded object": (
        with_part(
            "word/embeddings/oleObject1.bin", b"x", f"{OFFICE}.oleObject", f"{LINK}/oleObject"
        ),
        "template_objects",
    ),
    "ActiveX": (
        with_part(
            "word/activeX/activeX1.xml",
            b"<a/>",
            "application/vnd.ms-office.activeX+xml",
            f"{LINK}/control",
        ),
        "template_objects",
    ),
    "a macro of the reader's own Word": (
        with_xml(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="A"/>'
            "</w:ffData></w:fldChar></w:r></w:p>"
        ),
        "template_macros",
    ),
    "a command in plain letters": (
        with_xml(field("PAGE ").replace("</w:instrText>", "</w:instrText><w:t>DDE c:\\a</w:t>")),
        "template_field",
    ),
    "an object in the text": (
        with_xml("<w:p><w:r><w:object/></w:r></w:p>"),
        "template_objects",
    ),
    "a picture of elsewhere": (
        with_part("", b"", "", f"{LINK}/image", "http://example.test/a.png", OUTSIDE),
        "template_external",
    ),
    "a link": (
        with_part("", b"", "", f"{LINK}/hyperlink", "https://example.test", OUTSIDE),
        "template_external",
    ),
    "a template of elsewhere": (
        with_part("", b"", "", f"{LINK}/attachedTemplate", "\\\\host\\a.dotm", OUTSIDE),
        "template_external",
    ),
    "an address that says to be inside": (
        with_part("", b"", "", f"{LINK}/image", "file:///etc/passwd"),
        "template_external",
    ),
    "a part that is not there": (
        with_part("", b"", "", f"{LINK}/image", "../../../etc/passwd"),
        "template_damaged",
    ),
    "VML with an address": (
        with_xml(
            '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
            '<v:imagedata src="http://example.test/x"/></v:shape></w:pict></w:r></w:p>'
        ),
        "template_external",
    ),
    "a chunk of another format": (
        with_xml(f'<w:altChunk r:id="rId1" xmlns:r="{LINK}"/>'),
        "template_external_part",
    ),
    "merging letters": (
        with_xml("<w:mailMerge/>", "word/settings.xml", b"</w:settings>"),
        "template_external_part",
    ),
    "a field that runs": (with_xml(field('DDEAUTO c:\\\\x "/c calc"')), "template_field"),
    "a field that fetches": (
        with_xml(field('INCLUDEPICTURE "http://x" \\d')),
        "template_field",
    ),
    "a simple field": (
        with_xml('<w:p><w:fldSimple w:instr=" INCLUDETEXT x"/></w:p>'),
        "template_field",
    ),
    "a field within a field": (
        with_xml(field("PAGE").replace("<w:r><w:instrText", f"{INSIDE}<w:r><w:instrText", 1)),
        "template_field",
    ),
    "a field code outside a field": (
        with_xml("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"),
        "template_field",
    ),
    "a page number with more in it": (with_xml(field("PAGE \\* INCLUDETEXT(x)")), "template_field"),
    "tracked changes": (
        with_xml('<w:p><w:ins w:id="1"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'),
        "template_tracked",
    ),
    "comments": (
        with_part(
            "word/comments.xml",
            b"<a/>",
            f"{OFFICE}.wordprocessingml.comments+xml",
            f"{LINK}/comments",
        ),
        "template_comments",
    ),
    "another picture": (
        with_part("word/media/a.emf", b"x", "image/x-emf", f"{LINK}/image"),
        "template_picture_kind",
    ),
    "a picture that is none": (
        with_part("word/media/a.png", b"<svg/>", "image/png", f"{LINK}/image"),
        "template_no_picture",
    ),
    "a picture that swells": (
        with_part("word/media/a.png", png(60_000, 60_000), "image/png", f"{LINK}/image"),
        "template_no_picture",
    ),
    "a part said to be a picture": (
        with_part("word/evil.xml", b"<a/>", "image/png"),
        "template_picture_kind",
    ),
    "an XML part by another ending": (
        with_part("word/evil.bin", b"<a/>", f"{OFFICE}.wordprocessingml.header+xml"),
        "template_objects",
    ),
    "a body that is none": (packed({**parts_of(), BODY: b"<a/>"}), "template_text_once"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_file_gets_in(name):
    content, code = HOSTILE[name]
    begun = time.monotonic()

    (problem,) = checking.check(content).problems

    assert problem.code == code
    assert SENTENCES[code] % {**dict.fromkeys(("part", "target", "field"), ""), **problem.texts}
    assert time.monotonic() - begun < 5


def test_a_locked_zip_is_told_to_be_locked():
    locked = bytearray(packed(parts_of()))
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1

    assert codes(bytes(locked)) == ["template_password"]


def test_the_directory_is_not_believed():
    """A part that says to be small and is not."""
    parts = {**parts_of(), "word/media/a.png": bytes(30 * limits.MIB)}
    content = bytearray(packed(parts))
    at = content.rfind(b"word/media/a.png") - 46
    content[at + 24 : at + 28] = struct.pack("<I", 100)

    assert codes(bytes(content)) in (["template_damaged"], ["template_swells"])


def test_a_picture_of_ones_own_is_kept():
    content = with_part("word/media/a.png", png(60, 40), "image/png", f"{LINK}/image")

    assert codes(content) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<w:p><w:r><w:t>[[Total]]</w:t></w:r></w:p>" * 10_000,
        "<w:p>" * 4 + "<w:r><w:t>x</w:t></w:r>" * 20_000 + "</w:p>" * 4,
        f"<w:p><w:r>{'<w:t>[[Total]]</w:t>' * 250}{'<w:t>x</w:t>' * 30_000}</w:r></w:p>",
        f"<w:p><w:r><w:t>{'[[Total]]' * 250}{'x' * 2_000_000}</w:t></w:r></w:p>",
        f"<w:p><w:r><w:t>{'[[' * 200_000}</w:t></w:r></w:p>",
    ],
    ids=["lines", "nested", "pieces", "marks", "brackets"],
)
def test_the_largest_that_gets_in_holds_nobody_up(markup):
    begun = time.monotonic()

    checking.check(with_xml(markup))

    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "markup",
    ["<w:p>" * 5 + "</w:p>" * 5, "<w:p><w:r><w:t>[[Total]]</w:t></w:r></w:p>" * 400],
    ids=["paragraphs in paragraphs", "placeholders"],
)
def test_more_than_people_make_is_too_much(markup):
    assert codes(with_xml(markup)) == ["template_too_rich"]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_broken_file_is_refused_or_works_but_never_falls_over(data):
    parts = parts_of()
    name = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        piece = data.draw(st.sampled_from([b"", b"<", b">", b"\x00", b"<w:p/>", b"w:", b"\xff"]))
        content[at : at + data.draw(st.integers(0, 40))] = piece

    checked = checking.check(packed({**parts, name: bytes(content)}))

    assert checked.is_fine == (not checked.problems)


@pytest.mark.office
def test_a_template_saved_by_libreoffice_is_taken_and_its_report_opens(soffice, tmp_path):
    start = tmp_path / "mau.docx"
    start.write_bytes(START)
    saved = soffice(soffice(start, "odt"), "docx:MS Word 2007 XML").read_bytes()

    assert saved != START
    assert checking.check(saved) == checking.check(START)
    made = tmp_path / "bao-cao.docx"
    made.write_bytes(rendering.render(saved, make_facts(30), VIETNAMESE))
    text = subprocess.run(
        ["pdftotext", "-layout", soffice(made), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "BÁO CÁO" in text
    assert "Phụ lục" in text
    assert "[[" not in text
