from io import BytesIO
from zipfile import ZipFile, ZipInfo

from tracker.lib.archive import with_fixed_times


def test_the_same_parts_are_the_same_bytes_whenever_they_were_packed():
    packed = []
    for year in (2020, 2026):
        out = BytesIO()
        with ZipFile(out, "w") as archive:
            archive.writestr(ZipInfo("a.xml", (year, 1, 2, 3, 4, 6)), "<a/>")
        packed.append(with_fixed_times(out.getvalue()))

    assert packed[0] == packed[1]
    assert ZipFile(BytesIO(packed[0])).read("a.xml") == b"<a/>"
