"""A Word file from outside, opened with care: nothing in it runs, and nothing in it leads out.

What may be in it is listed; whatever else is in it is a reason to refuse it. Later readers
(python-docx here, Word elsewhere) then meet only what was looked at.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image

from tracker.errors import ImportRefusedError
from tracker.exports.report.template import limits, markup

CONTENT_TYPES = "[Content_Types].xml"
ROOT_LINKS = "_rels/.rels"
XML_ENDINGS = (".xml", ".rels")

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE2_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED = 0x1
_CHUNK = 64 * 1024
_NAME = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_. -]*/)*(?:[A-Za-z0-9_.-][A-Za-z0-9_. -]*)")

_OFFICE = "application/vnd.openxmlformats-officedocument."
_WORD = f"{_OFFICE}wordprocessingml."
MAIN_TYPE = f"{_WORD}document.main+xml"
_LINKS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
TYPES = frozenset(
    {
        MAIN_TYPE,
        _LINKS_TYPE,
        *(
            f"{_WORD}{name}+xml"
            for name in (
                *("styles", "settings", "webSettings", "fontTable", "numbering", "header"),
                *("footer", "footnotes", "endnotes", "people"),
            )
        ),
        f"{_OFFICE}theme+xml",
        f"{_OFFICE}extended-properties+xml",
        f"{_OFFICE}custom-properties+xml",
        f"{_OFFICE}customXmlProperties+xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "application/vnd.ms-word.stylesWithEffects+xml",
        "application/xml",
        "image/png",
        "image/jpeg",
    }
)
PICTURES = ("image/png", "image/jpeg")

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/"
MAIN_LINK = f"{_RELATIONS}officeDocument"
LINKS = frozenset(
    {
        *(
            f"{_RELATIONS}{name}"
            for name in (
                *("officeDocument", "styles", "settings", "webSettings", "fontTable"),
                *("numbering", "header", "footer", "footnotes", "endnotes", "theme", "image"),
                *("extended-properties", "custom-properties", "customXml", "customXmlProps"),
            )
        ),
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
        "http://schemas.microsoft.com/office/2011/relationships/people",
    }
)
# What people recognise by its own name; the first that fits is said.
KNOWN = (
    (re.compile("vba|macro|keymap", re.IGNORECASE), "template_macros"),
    (re.compile(r"oleObject|embedding|activex|control|\.bin", re.IGNORECASE), "template_objects"),
    (re.compile("comment", re.IGNORECASE), "template_comments"),
    (re.compile("image|media|svg|emf|wmf", re.IGNORECASE), "template_picture_kind"),
)


class Link(NamedTuple):
    """A relationship: from the part that owns it to another, or out of the file."""

    kind: str
    target: str
    is_external: bool


def opened(content: bytes) -> dict[str, bytes]:
    """The parts by name; refuses whatever is not a plain, small, harmless Word file."""
    _check_kind(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            _check_directory(members)
            parts = _taken_out(archive, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise ImportRefusedError("template_damaged") from error
    if CONTENT_TYPES not in parts or ROOT_LINKS not in parts:
        raise ImportRefusedError("template_not_word")
    for name in sorted(parts):
        if name.endswith(XML_ENDINGS):
            markup.check(parts[name])
    # Links before types: that something leads out of the file weighs more than an odd part.
    _check_links(parts)
    _check_types(parts)
    return parts


def _check_kind(content: bytes) -> None:
    if not content:
        raise ImportRefusedError("import_empty_file")
    if len(content) > limits.FILE_BYTES:
        raise ImportRefusedError("template_too_large", limit_mb=limits.FILE_BYTES // limits.MIB)
    if content.startswith(_OLE2):
        is_locked = _OLE2_ENCRYPTED in content
        raise ImportRefusedError("template_password" if is_locked else "template_not_word")
    if not content.startswith(b"PK\x03\x04"):
        raise ImportRefusedError("template_not_word")


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise ImportRefusedError("template_password")
    if (
        len(members) > limits.PARTS
        or sum(member.file_size for member in members) > limits.UNZIPPED_BYTES
    ):
        raise ImportRefusedError("template_swells", limit_mb=limits.UNZIPPED_BYTES // limits.MIB)
    names = [member.filename for member in members]
    # Two parts of one name, or a way out of the file: readers would not agree on what they read.
    if len({name.lower() for name in names}) < len(names):
        raise ImportRefusedError("template_damaged")
    for name in names:
        if name != CONTENT_TYPES and not _NAME.fullmatch(name):
            raise ImportRefusedError("template_part", part=shown(name))


def _taken_out(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    # The directory is only what the file says of itself: what really comes out is counted too.
    parts: dict[str, bytes] = {}
    left, left_for_xml = limits.UNZIPPED_BYTES, limits.XML_BYTES
    for member in members:
        is_xml = member.filename.endswith(XML_ENDINGS)
        part = _contents(archive, member, min(left, left_for_xml) if is_xml else left)
        left -= len(part)
        left_for_xml -= len(part) if is_xml else 0
        parts[member.filename] = part
    return parts


def _contents(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    chunks: list[bytes] = []
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            limit -= len(chunk)
            if limit < 0:
                limit_mb = limits.UNZIPPED_BYTES // limits.MIB
                raise ImportRefusedError("template_swells", limit_mb=limit_mb)
            chunks.append(chunk)
    return b"".join(chunks)


def _check_types(parts: Mapping[str, bytes]) -> None:
    by_ending, by_name = markup.content_types(parts[CONTENT_TYPES])
    mains = 0
    for name, content in parts.items():
        if name == CONTENT_TYPES:
            continue
        kind = by_name.get(f"/{name}".lower(), by_ending.get(_ending(name), ""))
        # The reader of a part goes by its type, so an XML part is one that was looked at as XML.
        if kind not in TYPES or (kind not in PICTURES) != name.endswith(XML_ENDINGS):
            raise refusal(f"{kind} {name}", name)
        mains += kind == MAIN_TYPE
        if kind in PICTURES:
            _check_picture(content, kind, name)
    if mains != 1:
        raise ImportRefusedError("template_not_word")


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _check_picture(content: bytes, kind: str, name: str) -> None:
    """A picture is one, of the kind it says, and not one that swells to gigabytes when shown."""
    try:
        picture = Image.from_blob(content)
    except (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
        # What python-docx meets in the headers of broken pictures.
        *(KeyError, IndexError, ValueError, ArithmeticError, AttributeError, TypeError),
    ) as error:
        raise ImportRefusedError("template_no_picture", part=shown(name)) from error
    if picture.content_type != kind or picture.px_width * picture.px_height > limits.PIXELS:
        raise ImportRefusedError("template_no_picture", part=shown(name))


def _check_links(parts: Mapping[str, bytes]) -> None:
    for name in sorted(parts):
        if not name.endswith(".rels"):
            continue
        owner = _owner(name)
        for link in map(Link._make, markup.relationships(parts[name])):
            _check_link(link, owner, parts)
    mains = [link for link in markup.relationships(parts[ROOT_LINKS]) if link[0] == MAIN_LINK]
    if len(mains) != 1:
        raise ImportRefusedError("template_not_word")


def _owner(links: str) -> str:
    """The folder of the part whose relationships those are."""
    return posixpath.dirname(posixpath.dirname(links))


def _check_link(link: Link, owner: str, parts: Mapping[str, bytes]) -> None:
    if link.kind.startswith(_STRICT):
        raise ImportRefusedError("template_strict")
    if link.kind not in LINKS and not link.is_external:
        raise refusal(f"{posixpath.basename(link.kind)} {link.target}", link.target)
    if link.is_external:
        raise ImportRefusedError("template_external", target=shown(link.target))
    target = posixpath.normpath(posixpath.join("/", owner, link.target)).lstrip("/")
    if target not in parts:
        raise ImportRefusedError("template_damaged")


def refusal(told: str, part: str) -> ImportRefusedError:
    """What is said of a part that has no place in a template."""
    code = next((code for pattern, code in KNOWN if pattern.search(told)), "template_part")
    return ImportRefusedError(code, part=shown(part))


def shown(text: str) -> str:
    """A name out of the file, short enough for a sentence."""
    return text if len(text) <= 80 else f"{text[:79]}…"
