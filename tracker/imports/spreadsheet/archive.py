"""The parts of a zipped workbook, taken out with an eye on how much comes out."""

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from tracker.errors import ImportRefusedError
from tracker.imports.spreadsheet import limits

_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
# Pictures, macros and printer settings are never looked at.
_WANTED = (".xml", ".rels")


def parts(data: bytes) -> dict[str, bytes]:
    """The XML parts by name; refuses what is no zip, is damaged, locked, or swells too much."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _check_directory(members)
            return _taken_out(archive, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise ImportRefusedError("import_damaged") from error


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise ImportRefusedError("import_password")
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    swells = unpacked > limits.RATIO_COUNTS_FROM_BYTES and unpacked > limits.UNZIPPED_RATIO * packed
    if len(members) > limits.ARCHIVE_MEMBERS or unpacked > limits.UNZIPPED_BYTES or swells:
        raise ImportRefusedError("import_zip_bomb", limit_mb=limits.UNZIPPED_BYTES // limits.MIB)


def _taken_out(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    # The directory is only what the file says of itself: what really comes out is counted too.
    left = limits.UNZIPPED_BYTES
    found: dict[str, bytes] = {}
    for member in members:
        if member.filename.endswith(_WANTED):
            found[member.filename] = _contents(archive, member, left)
            left -= len(found[member.filename])
    return found


def _contents(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    chunks: list[bytes] = []
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            limit -= len(chunk)
            if limit < 0:
                raise ImportRefusedError(
                    "import_zip_bomb", limit_mb=limits.UNZIPPED_BYTES // limits.MIB
                )
            chunks.append(chunk)
    return b"".join(chunks)


def packed(found: Mapping[str, bytes]) -> bytes:
    """The measured parts as a zip again, so that a reader sees nothing that was not measured."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, contents in found.items():
            archive.writestr(name, contents)
    return stream.getvalue()
