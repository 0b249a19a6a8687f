"""The one-file report: complete, self-contained, and deaf to whatever stands in a title."""

import re
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from tests.exports.reports import (
    ENGLISH,
    RISKS,
    VIETNAMESE,
    a_timeline,
    empty_facts,
    make_facts,
    make_task,
    nasty_facts,
)
from tests.html import parse, texts, words
from tracker.exports.report.one_file import grids, render
from tracker.queries.report_facts import PlanMilestoneFact, Stamp

BREAKING = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
MILESTONE = PlanMilestoneFact(
    "HAL-M3",
    "Công bố 05 TCVN",
    "HAL",
    "standards",
    date(2026, 11, 1),
    date(2026, 12, 5),
    slip=34,
    stale_days=40,
)


def shown(facts, lang=VIETNAMESE):
    return render(facts, lang).decode()


def policy(page):
    return page.select_one("meta[http-equiv=Content-Security-Policy]")["content"]


def test_the_page_says_what_the_paper_says():
    page = parse(shown(make_facts(24, 1)))

    assert words(page.h1) == "Tình hình thực hiện nhiệm vụ tháng 11 năm 2026 của Tổ công tác Halal"
    assert "I. TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN NHIỆM VỤ" in texts(str(page), "#content h2")
    assert "Ban kỹ thuật đã họp 02 phiên, thống nhất phạm vi." in texts(str(page), "#content p")
    assert page.select_one("meta[name=identifier]")["content"] == "rpt-0001"


def test_every_line_can_be_found_by_group_strand_and_standing():
    facts = make_facts(12, 3, milestones=(MILESTONE,), risks=RISKS)
    page = parse(shown(facts))

    lines = page.select("#tasks tbody tr")
    assert [
        (line["data-group"], line["data-strand"], line["data-state"]) for line in lines[:2]
    ] == [("HAL", "standards", "done done_on_time"), ("HAL", "metrology", "doing overdue")]
    assert len(lines) == 12
    assert [len(page.select(f"#{name} tbody tr")) for name in ("milestones", "slips", "risks")] == [
        1,
        2,
        2,
    ]
    assert [option["value"] for option in page.select("select[name=state] option")] == [
        "",
        "overdue",
        "due_soon",
        "todo",
        "doing",
        "blocked",
        "done",
    ]


def test_the_board_shows_colour_shape_and_word_and_what_was_declared():
    field = parse(shown(make_facts(12, 1))).select_one(".board td")

    assert words(field) == (
        "■ Chậm tiến độ Tổ tự đánh giá: Có nguy cơ chậm dự kiến 15/12/2026 (+34) 3/7 xong"
    )
    assert field["data-tone"] == "late"


def test_nothing_is_fetched_and_only_our_own_script_and_style_run():
    text = shown(make_facts(12, 1, timeline=a_timeline()))
    page = parse(text)
    allowed = re.findall(r"'(sha256-[^']+)'", policy(page))
    inline = [page.style.string, page.script.string]
    mine = [f"sha256-{b64encode(sha256(part.encode()).digest()).decode()}" for part in inline]

    assert allowed == mine
    assert policy(page).startswith("default-src 'none';")
    addresses = re.findall(r"""(?:src|href|action)\s*=\s*"([^"]*)\"""", text)
    assert [one for one in addresses if not one.startswith(("#", "data:image/svg+xml;"))] == []
    assert re.findall(r"""\s(?:style|on\w+)\s*=\s*["']""", text) == []


def test_what_stands_in_a_title_stays_text():
    task = make_task(1, title=BREAKING, note=BREAKING, owner=BREAKING, lead_unit=BREAKING)
    page = parse(shown(make_facts(tasks=(task,), narrative={"results": BREAKING})))

    assert len(page.select("script")) == 1
    assert page.select("img[src=x], img[onerror]") == []
    assert words(page.select_one("#tasks td:nth-child(2)")).startswith(BREAKING)


def test_nasty_text_is_cleaned_and_the_file_stays_utf_8():
    text = shown(nasty_facts())

    assert not set(text) & set("\x00\x07\u202e\u2066\ud800")
    assert "=HYPERLINK(&#34;http://example.test&#34;)" in text


def test_pictures_are_inside_and_told_to_who_cannot_see_them():
    picture = parse(shown(make_facts(12, 1, timeline=a_timeline()))).select_one(".picture img")

    assert b64decode(picture["src"].partition(",")[2]).startswith(b"<svg ")
    assert picture["alt"]


def test_of_too_many_tasks_those_to_be_seen_come_first_and_it_is_said(monkeypatch):
    monkeypatch.setattr(grids, "MOST", 10)
    quiet = tuple(make_task(6 * n + 3, lateness="on_time") for n in range(30))
    late = replace(make_task(1), code="HAL-999")

    grid = grids.tasks(make_facts(tasks=(*quiet, late), slips=(), finished=()), VIETNAMESE)

    assert len(grid.lines) == 10
    assert grid.lines[-1].cells[1].small.startswith("HAL-999")
    assert grid.note.startswith("Hiện 10 nhiệm vụ, trước hết là các nhiệm vụ cần lưu ý")
    assert "31 nhiệm vụ" in grid.note


def test_a_period_without_data_makes_a_page_without_tables():
    page = parse(shown(empty_facts()))

    assert page.select(".grid, .board") == []
    assert words(page.h1)


@pytest.mark.parametrize(
    ("stamp", "said"),
    [(Stamp(is_draft=True), ["DỰ THẢO"]), (Stamp("05", date(2026, 11, 16)), []), (Stamp(), [])],
)
def test_a_draft_is_called_one(stamp, said):
    assert texts(shown(make_facts(stamp=stamp)), ".draft") == said


def test_the_same_facts_are_the_same_bytes_in_either_language():
    facts = make_facts(24, 3, timeline=a_timeline())

    assert render(facts, VIETNAMESE) == render(facts, VIETNAMESE)
    assert parse(shown(facts, ENGLISH)).html["lang"] == "en"
