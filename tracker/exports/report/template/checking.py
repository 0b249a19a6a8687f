"""Whether a file will do as a template, and what it is told if not."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import LxmlError

from tracker.errors import ImportRefusedError
from tracker.exports.report.template import limits, package, reading, rendering
from tracker.exports.report.template.placeholders import ALL, BODY, MARK, Placeholder, known
from tracker.exports.report.template.sample import sample
from tracker.words import LANGUAGES, language

# What a paper of the state has to show somewhere, by a placeholder or by words of its own.
ADVISED = (
    *("Số và ký hiệu", "Địa danh và ngày", "Trích yếu", "Kính gửi", "Nơi nhận", "Người ký"),
    "Mức độ khẩn",
)
# A markup that fits no schema meets these in python-docx.
BROKEN = (
    *(LxmlError, OpcError, PythonDocxError, XmlchemyError, zipfile.BadZipFile, RecursionError),
    *(ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError),
    *(NotImplementedError, OSError, StopIteration),
)


@dataclass(frozen=True)
class Finding:
    """The code of a sentence and what it speaks of."""

    code: str
    texts: dict[str, object]


@dataclass(frozen=True)
class Checked:
    """A template with problems is refused; `advice` is only said."""

    problems: tuple[Finding, ...] = ()
    advice: tuple[Finding, ...] = ()
    used: tuple[Placeholder, ...] = ()

    @property
    def is_fine(self) -> bool:
        """Whether it will do."""
        return not self.problems


def check(content: bytes) -> Checked:
    """Open it with care, look at every placeholder, fill it in and look at it for a try."""
    try:
        package.opened(content)
    except ImportRefusedError as error:
        return Checked((Finding(error.code, error.values),))
    try:
        document = Document(BytesIO(content))
        if sum(1 for _one in _found(document)) > limits.PLACEHOLDERS:
            return Checked((Finding("template_too_rich", {}),))
        problems = tuple(_problems(document))
        used = tuple(_used(document))
        if not problems:
            for code in LANGUAGES:
                reading.look(rendering.render(content, sample(), language(code)))
    except BROKEN:
        return Checked((Finding("template_damaged", {}),))
    missing = [name for name in ADVISED if name not in {one.name for one in used}]
    advice = (Finding("template_without", {"name": name}) for name in missing)
    return Checked(problems, tuple(advice), used)


def _used(document: WordDocument) -> Iterator[Placeholder]:
    names = {one.name for _paragraph, one in _found(document) if isinstance(one, Placeholder)}
    return (one for one in ALL if one.name in names)


def _found(document: WordDocument) -> Iterator[tuple[BaseOxmlElement, Placeholder | str]]:
    """Each pair of brackets with its paragraph: a placeholder, or what was typed instead."""
    for paragraph in rendering.paragraphs(document):
        for match in MARK.finditer(rendering.text_of(paragraph)):
            yield paragraph, known(match[1]) or match[1]


def _problems(document: WordDocument) -> Iterator[Finding]:
    alone = {paragraph for paragraph, _one in rendering.blocks(document)}
    bodies = 0
    for paragraph, one in _found(document):
        if isinstance(one, str):
            yield Finding("template_unknown", {"name": package.shown(one.strip())})
        elif one.stands_alone and paragraph not in alone:
            yield Finding("template_not_alone", {"name": one.name})
        elif one == BODY:
            bodies += 1
            if paragraph.getparent() is not document.element.body:
                yield Finding("template_text_in_table", {"name": one.name})
    if bodies != 1:
        yield Finding("template_text_once", {"name": BODY.name, "count": bodies})
    yield from _left_open(document)


def _left_open(document: WordDocument) -> Iterator[Finding]:
    """Brackets that begin or end nothing are a slip of the pen."""
    for paragraph in rendering.paragraphs(document):
        rest = MARK.sub("", rendering.text_of(paragraph))
        if "[[" in rest or "]]" in rest:
            yield Finding("template_brackets", {"text": package.shown(" ".join(rest.split()))})
