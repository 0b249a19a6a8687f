"""A report in the layout of a template: its frame is theirs, what it says is what all say."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from io import BytesIO
from itertools import accumulate

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from tracker.exports.report import docx
from tracker.exports.report.docx_styles import BODY, CELL, TITLE, write_styles
from tracker.exports.report.docx_xml import element, write
from tracker.exports.report.paper import paper
from tracker.exports.report.shapes import Paper
from tracker.exports.report.template import placeholders
from tracker.exports.report.template.placeholders import ADDRESSEES, MARK, RECIPIENTS
from tracker.exports.report.template.placeholders import BODY as TEXT
from tracker.lib.archive import with_fixed_times
from tracker.queries.report_facts import ReportFacts
from tracker.words import Language

STYLES = ("Normal", BODY, TITLE, CELL, "Heading 1", "Heading 2", "Caption", "Header", "Table Grid")
# Parts that only Word's own comfort needs; some tell who wrote the template.
_NEEDLESS = re.compile(r"/(?:customXml|thumbnail|people|custom-properties|stylesWithEffects)$")
_RUNNING = re.compile(r"wordprocessingml\.(?:header|footer)\+xml$")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What Word knows a paragraph by; two must not have the same.
_OWN = ("}paraId", "}textId")
_PARAGRAPH, _TEXT = qn("w:p"), qn("w:t")
# Whatever stands between two pieces of text and is none: nothing is joined over it.
_APART = (qn("w:br"), qn("w:cr"), qn("w:tab"), qn("w:drawing"), qn("w:pict"), qn("w:fldChar"))


def render(content: bytes, facts: ReportFacts, lang: Language) -> bytes:
    """The file. A template that `checking` found fine gives one."""
    return fill(content, paper(facts, lang), facts, lang)


def fill(content: bytes, page: Paper, facts: ReportFacts, lang: Language) -> bytes:
    """The template with what stands on that paper."""
    document = Document(BytesIO(content))
    _drop_needless(document)
    _take_in_styles(document, lang)
    docx.set_properties(document, page.title, page.author, page.language, page.day, page.identifier)
    # Found before anything is filled in: brackets in a title of a task are only brackets.
    alone = list(blocks(document))
    values = placeholders.scalars(page, facts, lang)
    found = list(paragraphs(document))
    if not any(placeholders.DRAFT in names_in(paragraph) for paragraph in found):
        _mark(document, page)
    for paragraph in found:
        _fill_in(paragraph, values)
    for paragraph, placeholder in alone:
        _put(document, paragraph, placeholder.name, page)
    for appendix in page.appendices:
        docx.add_appendix(document, appendix)
    out = BytesIO()
    document.save(out)
    return with_fixed_times(out.getvalue())


def paragraphs(document: WordDocument) -> Iterator[BaseOxmlElement]:
    """Every paragraph of the body, the tables and text boxes in it, the headers and footers."""
    yield from document.element.iter(_PARAGRAPH)
    for part in document.part.package.iter_parts():
        if isinstance(part, XmlPart) and _RUNNING.search(part.content_type):
            yield from part.element.iter(_PARAGRAPH)


def blocks(
    document: WordDocument,
) -> Iterator[tuple[BaseOxmlElement, placeholders.Placeholder]]:
    """The paragraphs that are nothing but a placeholder of several lines."""
    for paragraph in document.element.iter(_PARAGRAPH):
        match = MARK.fullmatch(text_of(paragraph).strip())
        placeholder = placeholders.known(match[1]) if match else None
        if placeholder is not None and placeholder.stands_alone:
            yield paragraph, placeholder


def text_of(paragraph: BaseOxmlElement) -> str:
    """Its own text as placeholders are looked for in it; what parts text is a line end."""
    return "".join(map(_letters, _pieces(paragraph)))


def _letters(piece: BaseOxmlElement) -> str:
    return (piece.text or "") if piece.tag == _TEXT else "\n"


def _pieces(paragraph: BaseOxmlElement) -> list[BaseOxmlElement]:
    """Texts, and what parts them, in order; without those of a text box in the paragraph."""
    return [
        piece
        for piece in paragraph.iter(_TEXT, *_APART)
        if next(piece.iterancestors(_PARAGRAPH)) is paragraph
    ]


def names_in(paragraph: BaseOxmlElement) -> set[str]:
    """The names of the placeholders in it, as far as they are known."""
    typed = (placeholders.known(match[1]) for match in MARK.finditer(text_of(paragraph)))
    return {one.name for one in typed if one is not None}


def _mark(document: WordDocument, page: Paper) -> None:
    """Say of a draft that it is one, in the top margin."""
    section = document.sections[0]
    is_apart = section.different_first_page_header_footer
    if page.mark:
        line = (section.first_page_header if is_apart else section.header).add_paragraph()
        line.alignment = docx.CENTER
        write(line, page.mark, 12, is_bold=True)


def _fill_in(paragraph: BaseOxmlElement, values: Mapping[str, str]) -> None:
    """Put the values in; each takes the face of the letter its placeholder begins with.

    Word cuts a line into runs wherever it likes, so a placeholder may lie in several. A line of
    which nothing is left is taken out: who signs by themselves has no line of authority.
    """
    pieces = _pieces(paragraph)
    matches = list(MARK.finditer(text_of(paragraph)))
    # From the last to the first: what stands before a placeholder is where it was.
    starts = list(accumulate((len(_letters(piece)) for piece in pieces), initial=0))
    for match in reversed(matches):
        placeholder = placeholders.known(match[1])
        if placeholder is not None and placeholder.name in values:
            first = bisect_right(starts, match.start()) - 1
            touched = zip(pieces[first:], starts[first:], strict=False)
            _replace(touched, match.start(), match.end(), values[placeholder.name])
    for piece in pieces:
        if piece.tag == _TEXT:
            _break_lines(piece)
    if matches and not text_of(paragraph).strip():
        _remove(paragraph)


def _replace(
    touched: Iterable[tuple[BaseOxmlElement, int]], start: int, end: int, value: str
) -> None:
    """The value in the first piece, nothing of the placeholder in the others it lies in."""
    for piece, at in touched:
        if at >= end:
            return
        text = _letters(piece)
        first, last = max(start - at, 0), end - at
        if text and piece.tag == _TEXT:
            piece.text = text[:first] + (value if start >= at else "") + text[last:]
            piece.set(_SPACE, "preserve")


def _break_lines(piece: BaseOxmlElement) -> None:
    lines = (piece.text or "").split("\n")
    piece.text = lines[0]
    after = piece
    for line in lines[1:]:
        words = deepcopy(piece)
        words.text = line
        after.addnext(element("br"))
        after.getnext().addnext(words)
        after = words


def _put(document: WordDocument, place: BaseOxmlElement, name: str, page: Paper) -> None:
    """The lines or the text instead of the paragraph that stands for them."""
    if name == RECIPIENTS.name:
        for line in page.recipients:
            place.addprevious(_like(place, line))
    else:
        # Written at the end, where the writer writes, then moved.
        before = set(document.element.body)
        WRITERS[name](document, page)
        for made in [one for one in document.element.body if one not in before]:
            place.addprevious(made)
    _remove(place)


def _write_text(document: WordDocument, page: Paper) -> None:
    """The last line of the text stays on the page of the signature."""
    for block in page.blocks:
        docx.add_block(document, block)
    document.paragraphs[-1].paragraph_format.keep_with_next = True


WRITERS: Mapping[str, Callable[[WordDocument, Paper], None]] = {
    TEXT.name: _write_text,
    ADDRESSEES.name: docx.add_addressees,
}


def _like(place: BaseOxmlElement, line: str) -> BaseOxmlElement:
    """A paragraph set as that one is, with other words."""
    made = deepcopy(place)
    for name in [name for name in made.attrib if name.endswith(_OWN)]:
        del made.attrib[name]
    first, *others = [piece for piece in _pieces(made) if piece.tag == _TEXT]
    for piece in others:
        piece.text = ""
    first.text = line
    first.set(_SPACE, "preserve")
    return made


def _remove(place: BaseOxmlElement) -> None:
    """Where a paragraph must stay – at the end of a section or a cell, or all alone – only its
    words and its frame go.
    """
    parent = place.getparent()
    properties = place.find(qn("w:pPr"))
    ends_section = properties is not None and properties.find(qn("w:sectPr")) is not None
    before, after = place.getprevious(), place.getnext()
    ends_parent = after is None or after.tag == qn("w:sectPr")
    if ends_section or (ends_parent and (before is None or before.tag != _PARAGRAPH)):
        for piece in _pieces(place):
            if piece.tag == _TEXT:
                piece.text = ""
        for frame in place.iter(qn("w:pBdr")):
            frame.getparent().remove(frame)
    else:
        parent.remove(place)


def _drop_needless(document: WordDocument) -> None:
    for links in (document.part.package.rels, document.part.rels):
        for key in [key for key, link in links.items() if _NEEDLESS.search(link.reltype)]:
            del links[key]


def _take_in_styles(document: WordDocument, lang: Language) -> None:
    """Styles the text needs and the template lacks come from the shipped layout."""
    ours = Document()
    write_styles(ours, lang.code)
    theirs = document.styles
    lacking = [name for name in STYLES if name not in theirs]
    taken = {style.style_id for style in theirs}
    ids: dict[str, str] = {}
    for name in STYLES:
        style_id = ours.styles[name].style_id
        ids[style_id] = theirs[name].style_id if name in theirs else _free(style_id, taken)
    for name in lacking:
        style = deepcopy(ours.styles[name].element)
        style.set(qn("w:styleId"), ids[ours.styles[name].style_id])
        style.attrib.pop(qn("w:default"), None)
        for tag in ("w:basedOn", "w:next", "w:link"):
            for link in style.findall(qn(tag)):
                known = ids.get(link.get(qn("w:val")))
                if known is None:
                    style.remove(link)
                else:
                    link.set(qn("w:val"), known)
        theirs.element.append(style)


def _free(style_id: str, taken: set[str]) -> str:
    return style_id if style_id not in taken else f"Nqi{style_id}"
