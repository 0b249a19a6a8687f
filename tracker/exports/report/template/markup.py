"""The XML of a template, read without building anything: what it may hold, and what not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, fromstring

from tracker.errors import ImportRefusedError
from tracker.exports.report.template import limits

FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"})
# Elements by their local name: the reader of one prefix or namespace is as good as another's.
REFUSED = {
    **dict.fromkeys(("OLEObject", "object", "control", "embed", "movie"), "template_objects"),
    **dict.fromkeys(("ins", "del", "moveFrom", "moveTo"), "template_tracked"),
    **dict.fromkeys(
        ("altChunk", "subDoc", "attachedTemplate", "mailMerge", "saveThroughXslt", "frameset"),
        "template_external_part",
    ),
    "commentReference": "template_comments",
    # Of a field for typing: they run what the reader's own Word has by that name.
    **dict.fromkeys(("entryMacro", "exitMacro"), "template_macros"),
}
# What a field does is written in these; before its result also as any other letters.
CODES = frozenset({"instrText", "delInstrText"})
LETTERS = frozenset({"t", "delText"})
# Where markup names a file or an address without a relationship.
ADDRESSES = frozenset({"src", "href", "althref", "manifestLocation", "schemaLocation"})
_DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(r"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def check(content: bytes) -> None:
    """Refuse what is no XML of a modest size, and what could run or reach out."""
    text = _text(content)
    if _DECLARED.search(text):
        raise ImportRefusedError("template_damaged")
    if content.count(b"<") > 2 * limits.ELEMENTS:
        raise ImportRefusedError("template_too_rich")
    parser = DefusedXMLParser(target=Watcher(), forbid_dtd=True)
    try:
        parser.feed(text.encode())
        parser.close()
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ImportRefusedError("template_damaged") from error


def _text(content: bytes) -> str:
    """Only UTF-8, so that no two readers take the same bytes for different letters."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefusedError("template_damaged") from error
    declared = _ENCODING.match(text)
    if declared and declared[1].lower() not in {"utf-8", "us-ascii"}:
        raise ImportRefusedError("template_damaged")
    return text


@dataclass
class _Field:
    """Its code as far as it was read; told once only its result follows."""

    code: str = ""
    is_told: bool = False


class Watcher:
    """Sees every element go by."""

    def __init__(self) -> None:
        self.count = 0
        self.depth = 0
        self.paragraphs = 0
        # The fields that are open, one inside another.
        self.fields: list[_Field] = []
        self.in_code = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.count += 1
        self.depth += 1
        name = _local(tag)
        self.paragraphs += name == "p"
        self._measure()
        if name in REFUSED:
            raise ImportRefusedError(REFUSED[name])
        own = {_local(key): value for key, value in attributes.items()}
        for key in ADDRESSES & own.keys():
            raise ImportRefusedError("template_external", target=own[key][:80])
        if name == "fldSimple":
            check_field(own.get("instr", ""))
        elif name == "fldChar":
            self._field(own.get("fldCharType", ""))
        elif name in CODES:
            self._code()
        elif name in LETTERS:
            self.in_code = bool(self.fields) and not self.fields[-1].is_told

    def end(self, tag: str) -> None:
        """An element ends."""
        self.depth -= 1
        self.paragraphs -= _local(tag) == "p"
        if _local(tag) in CODES | LETTERS:
            self.in_code = False

    def data(self, text: str) -> None:
        """Letters between two tags."""
        if self.in_code:
            self.fields[-1].code += text

    def close(self) -> None:
        """The part ends: no field may be left open."""
        if self.fields:
            raise ImportRefusedError("template_damaged")

    def _measure(self) -> None:
        if (
            self.count > limits.ELEMENTS
            or self.depth > limits.DEPTH
            or self.paragraphs > limits.PARAGRAPHS_DEEP
        ):
            raise ImportRefusedError("template_too_rich")

    def _code(self) -> None:
        if not self.fields:
            raise ImportRefusedError("template_field", field="?")
        self.in_code = True

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif not self.fields:
            raise ImportRefusedError("template_damaged")
        else:
            check_field(self.fields[-1].code)
            self.fields[-1].is_told = True
            if kind == "end":
                self.fields.pop()


def check_field(code: str) -> None:
    """Only fields that count pages: others fetch files, run programs or change by themselves."""
    words = code.split()
    name = words[0].upper() if words else ""
    if name not in FIELDS or any(not _is_plain(word) for word in words[1:]):
        raise ImportRefusedError("template_field", field=name[:40] or "?")


def _is_plain(word: str) -> bool:
    """A switch of a number: `\\* MERGEFORMAT`, `\\* Arabic`, `\\# 0`."""
    return bool(re.fullmatch(r"\\[*#]|[A-Za-z0-9]{1,20}", word))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def content_types(content: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """The types by the ending of a name, and those by name; both in lower case."""
    by_ending: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for element in fromstring(content, forbid_dtd=True):
        kind = element.get("ContentType", "")
        if _local(element.tag) == "Default":
            by_ending[element.get("Extension", "").lower()] = kind
        else:
            by_name[element.get("PartName", "").lower()] = kind
    return by_ending, by_name


def relationships(content: bytes) -> Iterator[tuple[str, str, bool]]:
    """The kind, the target and whether it is outside, of each relationship."""
    for element in fromstring(content, forbid_dtd=True):
        target = element.get("Target", "")
        is_external = element.get("TargetMode", "Internal").lower() != "internal"
        yield element.get("Type", ""), target, is_external or "://" in target or "\\" in target
