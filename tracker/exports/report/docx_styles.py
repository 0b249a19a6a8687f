"""The styles of the Word file: Times New Roman, black, sizes and gaps of Decree 30/2020."""

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT = "Times New Roman"
PAGE_NUMBER_SIZE = 13
BODY, TITLE, CELL = "Body Text", "Decree Line", "Table Cell"

_JUSTIFY, _CENTER = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.CENTER
_FACES = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_THEMES = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


def write_styles(document: WordDocument, language: str) -> None:
    """Make every style of the file ours: no theme font is left to surprise a reader."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        _set_face(fonts)
    _set_language(document, "en-GB" if language == "en" else "vi-VN")
    _style(document, "Normal", 14)
    body = _style(document, BODY, 14)
    body.paragraph_format.alignment = _JUSTIFY
    body.paragraph_format.first_line_indent = Mm(12.7)
    body.paragraph_format.line_spacing = 1.15
    for level in (1, 2):
        heading = _style(document, f"Heading {level}", 14)
        heading.font.bold = True
        heading.paragraph_format.first_line_indent = Mm(12.7)
        heading.paragraph_format.alignment = _JUSTIFY
        heading.paragraph_format.line_spacing = 1.15
        heading.paragraph_format.keep_with_next = True
    caption = _style(document, "Caption", 13)
    caption.font.bold = True
    caption.paragraph_format.alignment = _CENTER
    for name, alignment, size in ((TITLE, _CENTER, 13), (CELL, WD_ALIGN_PARAGRAPH.LEFT, 11)):
        style = _style(document, name, size)
        style.paragraph_format.alignment = alignment
        style.paragraph_format.space_after = Pt(0)
    _style(document, "Header", PAGE_NUMBER_SIZE).paragraph_format.space_after = Pt(0)


def _style(document: WordDocument, name: str, size: float) -> ParagraphStyle:
    known = name in document.styles
    style: ParagraphStyle = (
        document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.bold = style.font.italic = False
    _set_face(style.element.get_or_add_rPr().get_or_add_rFonts())
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(6), 1.0
    return style


def _set_face(fonts: BaseOxmlElement) -> None:
    for theme in _THEMES:
        fonts.attrib.pop(qn(theme), None)
    for face in _FACES:
        fonts.set(qn(face), FONT)


def _set_language(document: WordDocument, tag: str) -> None:
    defaults = next(document.styles.element.iter(qn("w:rPrDefault")))[0]
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(name), tag)
