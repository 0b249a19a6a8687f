"""A report as a Word file in the layout of Decree 30/2020/NĐ-CP."""

from datetime import UTC, date, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from tracker.exports.charts import sheets
from tracker.exports.report import docx_tables, docx_xml
from tracker.exports.report.docx_styles import BODY, PAGE_NUMBER_SIZE, TITLE, write_styles
from tracker.exports.report.head import stamp_width
from tracker.exports.report.headings import rule_length
from tracker.exports.report.measure import width
from tracker.exports.report.paper import HEAD_WIDTH, LYING_WIDTH, TEXT_WIDTH, paper
from tracker.exports.report.shapes import Appendix, Block, Figure, Heading, Paper, Table, listed
from tracker.lib.archive import with_fixed_times
from tracker.queries.report_facts import ReportFacts
from tracker.words import Language

CENTER = WD_ALIGN_PARAGRAPH.CENTER
RIGHT_HEAD = TEXT_WIDTH - HEAD_WIDTH
LEFT_FOOT, RIGHT_FOOT = 76, 84
# Bright, as the decree asks.
RED = RGBColor(0xE0, 0, 0)


def render(facts: ReportFacts, lang: Language) -> bytes:
    """The file."""
    return write(paper(facts, lang))


def write(page: Paper) -> bytes:
    """A document that stands on paper as that, in the layout of Decree 30."""
    document = Document()
    write_styles(document, page.language)
    set_properties(document, page.title, page.author, page.language, page.day, page.identifier)
    _set_page(document.sections[0], is_landscape=False)
    _number_pages(document.sections[0])
    _around_first_page(document.sections[0], page)
    _head(document, page)
    _title(document, page)
    add_addressees(document, page)
    for block in page.blocks:
        add_block(document, block)
    _foot(document, page)
    for appendix in page.appendices:
        add_appendix(document, appendix)
    return with_fixed_times(_saved(document))


def _saved(document: WordDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def render_annex(appendix: Appendix, lang: Language, author: str, made_on: date) -> bytes:
    """An annex alone, to go with a document that is written elsewhere."""
    document = Document()
    write_styles(document, lang.code)
    set_properties(document, appendix.title, author, lang.code, made_on)
    _set_page(document.sections[0], is_landscape=appendix.is_landscape)
    _number_pages(document.sections[0])
    _fill(document, appendix)
    return with_fixed_times(_saved(document))


def set_properties(
    document: WordDocument, title: str, author: str, language: str, day: date, identifier: str = ""
) -> None:
    """Say what the file is, from whom and of which day, and carry the id that verifies it."""
    docx_xml.drop_thumbnail(document)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = title[:255], author[:255], author[:255]
    core.language = "en-GB" if language == "en" else "vi-VN"
    core.identifier = core.keywords = identifier  # keywords stay in a PDF made of the file
    core.comments = ""
    core.created = core.modified = datetime.combine(day, time(), UTC).replace(tzinfo=None)
    core.revision = 1


def _set_page(section: Section, *, is_landscape: bool) -> None:
    long, short = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if is_landscape else (short, long)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.header_distance = section.footer_distance = Mm(10)
    section.gutter = Mm(0)


def _number_pages(section: Section) -> None:
    """Centred in the top margin, from 1 in this section, and hidden on its first page."""
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    section.header.is_linked_to_previous = False
    section.first_page_footer.is_linked_to_previous = False
    docx_xml.restart_numbering(section)
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTER
    docx_xml.add_page_field(paragraph, PAGE_NUMBER_SIZE)


def _around_first_page(section: Section, page: Paper) -> None:
    """That it is a draft, above; the address of the body, below a rule."""
    if page.mark:
        line = section.first_page_header.paragraphs[0]
        line.alignment = CENTER
        docx_xml.write(line, page.mark, 12, is_bold=True)
    if not page.address:
        return
    section.footer_distance = Mm(8)
    footer = section.first_page_footer
    line = footer.paragraphs[0]
    docx_xml.add_border(line, "top")
    line.paragraph_format.space_before = Pt(6)
    for position, text in enumerate(page.address):
        line = footer.add_paragraph() if position else line
        line.style, line.alignment = TITLE, CENTER
        docx_xml.write(line, text, 11)


def _head(document: WordDocument, page: Paper) -> None:
    """Who writes on the left, the name of the state on the right; number and place below."""
    table = docx_tables.invisible(document, (HEAD_WIDTH, RIGHT_HEAD), 2)
    left, right = table.rows[0].cells
    first = left.paragraphs[0]
    if page.superior:
        docx_xml.write(first, page.superior, 12)
        first = left.add_paragraph(style=TITLE)
    docx_xml.write(first, page.issuing, 12, is_bold=True)
    _rule(left.add_paragraph(style=TITLE), HEAD_WIDTH, rule_length(page.issuing, HEAD_WIDTH, 12))
    docx_xml.write(right.paragraphs[0], page.country, 12, is_bold=True)
    docx_xml.write(right.add_paragraph(style=TITLE), page.motto, 13, is_bold=True)
    _rule(right.add_paragraph(style=TITLE), RIGHT_HEAD, width(page.motto, 13, is_bold=True))
    number, place = (cell.paragraphs[0] for cell in table.rows[1].cells)
    docx_xml.write(number, page.number, 13)
    docx_xml.write(place, page.place_and_date, 13, is_italic=True)
    number.paragraph_format.space_before = place.paragraph_format.space_before = Pt(6)
    if page.urgency:
        _stamp(table.rows[1].cells[0].add_paragraph(style=TITLE), page.urgency)


def _stamp(paragraph: WordParagraph, words: str) -> None:
    """The red frame of an urgent paper, below its number."""
    docx_xml.write(paragraph, words, 13, is_bold=True)
    paragraph.runs[0].font.color.rgb = RED
    docx_xml.add_border(paragraph, "top", "left", "bottom", "right", color=str(RED))
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(8), Pt(2)
    # The frame stands as far outside the text as its border keeps away from it.
    side = Mm((HEAD_WIDTH - stamp_width(words)) / 2) + Pt(docx_xml.FRAME_GAP)
    shape.left_indent = shape.right_indent = side


def _rule(paragraph: WordParagraph, room: float, length: float) -> None:
    """A line in a thin paragraph of its own, so that it never makes the text above wrap."""
    docx_xml.add_rule(paragraph)
    side = Mm(max(room - length, 0) / 2)
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = side


def _title(document: WordDocument, page: Paper) -> None:
    kind = document.add_paragraph(style=TITLE)
    kind.paragraph_format.space_before = Pt(18)
    docx_xml.write(kind, page.kind, 14, is_bold=True)
    subject = document.add_paragraph(style=TITLE)
    docx_xml.write(subject, page.subject, 14, is_bold=True)
    rule = document.add_paragraph(style=TITLE)
    _rule(rule, TEXT_WIDTH, rule_length(page.subject, TEXT_WIDTH, 14))
    rule.paragraph_format.space_after = Pt(12)


def add_addressees(document: WordDocument, page: Paper) -> None:
    """One on the line of "Kính gửi:"; several below it, their dashes under its colon."""
    if not page.addressees:
        return
    if len(page.addressees) == 1:
        line = document.add_paragraph(style=TITLE)
        line.paragraph_format.space_after = Pt(6)
        docx_xml.write(line, f"{page.to} {page.addressees[0]}", 14)
        return
    indent = 20.0
    colon = indent + width(page.to.rstrip(":"), 14)
    head = document.add_paragraph(page.to, style=BODY)
    head.paragraph_format.first_line_indent, head.paragraph_format.left_indent = 0, Mm(indent)
    head.paragraph_format.space_after = Pt(0)
    for text in listed(page.addressees):
        line = document.add_paragraph(text, style=BODY)
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
        line.paragraph_format.left_indent = Mm(colon + 3)
        line.paragraph_format.first_line_indent = Mm(-3)
        line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.space_after = Pt(6)


def add_block(document: WordDocument, block: Block) -> None:
    """Write a part of the text at the end of the document."""
    if isinstance(block, Table):
        _table(document, block)
    elif isinstance(block, Figure):
        _figure(document, block)
    elif isinstance(block, Heading):
        document.add_paragraph(block.text, style=f"Heading {block.level}")
    else:
        paragraph = document.add_paragraph(style=BODY)
        paragraph._p.append(docx_xml.text_run(block.text))  # noqa: SLF001 - python-docx has no call


def _figure(document: WordDocument, figure: Figure) -> None:
    _caption(document, figure.title)
    sheets.add_picture(document, figure.picture, TEXT_WIDTH)
    document.paragraphs[-1].paragraph_format.space_after = Pt(6)


def _caption(document: WordDocument, title: str) -> None:
    if title:
        caption = document.add_paragraph(title, style="Caption")
        caption.paragraph_format.keep_with_next = True


def _table(document: WordDocument, table: Table) -> None:
    _caption(document, table.title)
    docx_tables.add(document, table)
    _note(document, table)


def _note(document: WordDocument, table: Table) -> None:
    after = document.add_paragraph(style=BODY)
    after.paragraph_format.first_line_indent = 0
    if table.note:
        docx_xml.write(after, table.note, 12, is_italic=True)
    else:
        docx_xml.make_thin(after)


def _foot(document: WordDocument, page: Paper) -> None:
    """The recipients and the signature, on one page with the last line of the text."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    table = docx_tables.invisible(document, (LEFT_FOOT, RIGHT_FOOT), 1)
    left, right = table.rows[0].cells
    head = left.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.LEFT
    docx_xml.write(head, page.recipients_head, 12, is_bold=True, is_italic=True)
    for text in page.recipients:
        line = left.add_paragraph(style=TITLE)
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
        docx_xml.write(line, text, 11)
    lines = [text for text in (page.authority, page.post) if text]
    post = right.paragraphs[0]
    for position, text in enumerate(lines):
        post = right.add_paragraph(style=TITLE) if position else post
        docx_xml.write(post, text, 14, is_bold=True)
    name = right.add_paragraph(style=TITLE)
    name.paragraph_format.space_before = Pt(84)
    docx_xml.write(name, page.signer, 14, is_bold=True)


def add_appendix(document: WordDocument, appendix: Appendix) -> None:
    """An annex on pages of its own, numbered from 1."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    # The break is in a paragraph of its own, which must not fall onto an empty page.
    docx_xml.make_thinnest(document.paragraphs[-1])
    _set_page(section, is_landscape=appendix.is_landscape)
    _number_pages(section)
    _fill(document, appendix)


def _fill(document: WordDocument, appendix: Appendix) -> None:
    label = document.add_paragraph(appendix.label, style="Heading 1")
    docx_xml.centre(label)
    docx_xml.write(document.add_paragraph(style=TITLE), appendix.title, 14, is_bold=True)
    reference = document.add_paragraph(style=TITLE)
    docx_xml.write(reference, appendix.reference, 13, is_italic=True)
    reference.paragraph_format.space_after = Pt(8)
    for picture in appendix.pictures:
        width_ = LYING_WIDTH if appendix.is_landscape else TEXT_WIDTH
        sheets.add_picture(document, picture, width_)
    if appendix.table is not None:
        docx_tables.add(document, appendix.table)
        _note(document, appendix.table)
        if not appendix.table.note:
            docx_xml.make_thinnest(document.paragraphs[-1])
