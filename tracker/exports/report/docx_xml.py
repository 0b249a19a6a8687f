"""What python-docx has no words for: page fields, rules, numbering that starts again."""

import re

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Pt
from docx.text.paragraph import Paragraph

# A code stays on one line: its hyphen is the kind of Word that never breaks.
CODE = re.compile(r"(?<![\w-])([A-Z][A-Z0-9]{1,7})-([A-Z]?\d+)(?![\w-])")
# Points between a text and the frame around it.
FRAME_GAP = 4
_HYPHEN = "\x1f"
_HELD = rf"\1{_HYPHEN}\2"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """An element of the w: namespace with attributes of the same."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def write(
    paragraph: Paragraph,
    text: str,
    size: float,
    *,
    is_bold: bool = False,
    is_italic: bool = False,
) -> None:
    """Add text of that size and face."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold, run.italic = is_bold or None, is_italic or None


def text_run(text: str, size: str = "", *, is_bold: bool = False) -> BaseOxmlElement:
    """A run of text; `size` in half points, empty where the style has it."""
    run = element("r")
    if is_bold or size:
        face = element("rPr")
        if is_bold:
            face.append(element("b"))
        if size:
            face.append(element("sz", val=size))
        run.append(face)
    for position, line in enumerate(text.split("\n")):
        if position:
            run.append(element("br"))
        for part, text in enumerate(CODE.sub(_HELD, line).split(_HYPHEN)):
            if part:
                run.append(element("noBreakHyphen"))
            words = element("t")
            words.text = text
            words.set(_SPACE, "preserve")
            run.append(words)
    return run


def add_page_field(paragraph: Paragraph, size: float) -> None:
    """Add the number of the page."""
    for kind in ("begin", "PAGE", "separate", "1", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(size)
        if kind == "PAGE":
            code = element("instrText")
            code.text = kind
            run._r.append(code)  # noqa: SLF001 - python-docx has no call for fields
        elif kind == "1":
            run.text = kind
        else:
            run._r.append(element("fldChar", fldCharType=kind))  # noqa: SLF001


def restart_numbering(section: Section) -> None:
    """Number the pages of this section from 1."""
    properties = section._sectPr  # noqa: SLF001 - python-docx has no call for page numbering
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    margins = properties.find(qn("w:pgMar"))
    margins.addnext(element("pgNumType", start="1"))


def drop_thumbnail(document: Document) -> None:
    """Leave out the picture of python-docx's empty template."""
    links = document.part.package.rels
    for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
        del links[key]


def add_rule(paragraph: Paragraph) -> None:
    """Turn an empty paragraph into a thin line."""
    make_thin(paragraph)
    add_border(paragraph, "top")


def add_border(paragraph: Paragraph, *sides: str, color: str = "000000") -> None:
    """Draw lines at those sides of a paragraph; they are named in the order of the schema."""
    borders = element("pBdr")
    space = "0" if len(sides) == 1 else str(FRAME_GAP)
    for side in sides:
        borders.append(element(side, val="single", sz="6", space=space, color=color))
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - nor for borders
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def make_thin(paragraph: Paragraph) -> None:
    """Make an empty paragraph take next to no room."""
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(2), Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)


def make_thinnest(paragraph: Paragraph) -> None:
    """Make the empty paragraph that has to follow the last table of a page so low that it never
    falls onto a page of its own.
    """
    make_thin(paragraph)
    paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(1)


def centre(paragraph: Paragraph) -> None:
    """Centre a paragraph that would be indented."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = 0
