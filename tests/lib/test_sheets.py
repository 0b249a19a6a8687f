from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib import sheets


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84 24", "-2", "@sum", "\tx", "\rx", "  =cmd|' /C calc'!A0", "\n=1", "＝1", "＠x"],
)
def test_csv_safe_quotes_what_would_run(text):
    assert sheets.csv_safe(text) == "'" + text


@pytest.mark.parametrize(
    "value", ["", "Đo lường", "a=b", "'x", "1-2", " ", -5, -1.5, None, date(2026, 1, 2)]
)
def test_csv_safe_leaves_everything_else(value):
    assert sheets.csv_safe(value) is value


@given(st.text())
def test_csv_plain_undoes_csv_safe(text):
    safe = sheets.csv_safe(text)

    if safe != text:
        assert sheets.csv_plain(safe) == text


@pytest.mark.parametrize("text", ["'tis", "'", "", "plain", "'a=b"])
def test_csv_plain_leaves_ordinary_apostrophes(text):
    assert sheets.csv_plain(text) == text


@pytest.mark.parametrize(
    ("args", "name"),
    [
        (("HAL", "2026-11", 2, "docx"), "HAL_2026-11_v2.docx"),
        (("all", "2026-Q4", None, "xlsx"), "all_2026-Q4.xlsx"),
        (("HAL", "cal:2026-11", 1, "pdf"), "HAL_cal-2026-11_v1.pdf"),
        (("HAL", "2026-10-15..2026-11-14", 1, "csv"), "HAL_2026-10-15_2026-11-14_v1.csv"),
        (("../../etc", "2026/11", 1, "csv"), "etc_2026_11_v1.csv"),
    ],
)
def test_file_name_is_taken_by_every_file_system(args, name):
    assert sheets.file_name(*args) == name
