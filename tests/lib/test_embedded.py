"""Whatever was done to a file, its mark is found; whatever a file is, nothing breaks."""

import io
import time
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.reports import VIETNAMESE, make_facts
from tracker.exports.report import docx
from tracker.lib.embedded import Mark, mark_in

MARK = Mark(12, "0123456789abcdef")
TEXT = b"NQI-12-0123456789abcdef"


def archive(method=zipfile.ZIP_DEFLATED, size=5000):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        made.writestr("docProps/core.xml", b"<dc:identifier>" + TEXT + b"</dc:identifier>")
        made.writestr("word/document.xml", bytes(range(256)) * size)
    return out.getvalue()


def pdf():
    packed = zlib.compress(b"<</Keywords(" + TEXT + b")>>")
    return (
        b"%PDF-1.7\n1 0 obj<</Filter /FlateDecode/Length 9>>\nstream\r\n" + packed + b"\nendstream"
    )


@pytest.mark.parametrize(
    "content",
    [
        b'<meta name="identifier" content="' + TEXT + b'">',
        archive(),
        archive(zipfile.ZIP_STORED),
        archive()[:400],
        b"before" + archive() + b"after",
        pdf(),
        "\ufeffNQI-12-0123456789abcdef".encode("utf-16"),
        b"<FEFF" + TEXT.decode().encode("utf-16-be").hex().encode() + b"0020>",
    ],
    ids=["text", "archive", "unpacked", "cut", "inside", "pdf", "utf-16", "spelt"],
)
def test_a_mark_is_found(content):
    assert mark_in(content) == MARK


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        archive()[30:],
        b"NQI-12-0123456789abcde",
        b"NQI-12-0123456789abcdef0",
        b"NQI-M12-1.0",
        b"NQI-12345678901234567890-0123456789abcdef",
    ],
)
def test_other_files_have_none(content):
    assert mark_in(content) is None


def test_a_bomb_is_not_unpacked():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("zeros", bytes(50_000_000) + TEXT)

    assert mark_in(bomb.getvalue()) is None


def test_a_file_of_nothing_but_filters_takes_no_longer_than_another():
    filters = b"/FlateDecode" * 400_000
    begun = time.process_time()

    assert mark_in(filters) is None
    assert time.process_time() - begun < 0.8


@pytest.mark.office
@pytest.mark.parametrize("to", ["odt", "pdf"])
def test_a_word_file_that_another_program_saved_keeps_its_mark(soffice, tmp_path, to):
    path = tmp_path / "report.docx"
    path.write_bytes(docx.render(make_facts(4, identifier=TEXT.decode()), VIETNAMESE))

    assert mark_in(soffice(path, to).read_bytes()) == MARK


@given(st.binary(max_size=300), st.integers(0, 300))
def test_nothing_breaks_it(noise, at):
    whole = archive(size=1)
    found = mark_in(whole[:at] + noise + whole[at:])

    assert found is None or found.report_id == 12
