from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from tracker.exports import calendar_feed
from tracker.models import Strand
from tracker.queries.feeds import Content, Entry
from tracker.words import language

PLACE = calendar_feed.Place("https://nqi.example.org", "5f2c")
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def entry(**values):
    usual = {
        "kind": "milestone",
        "code": "HAL-M3",
        "title": "Phòng thử nghiệm ADN heo; công nhận, chỉ định",
        "day": date(2026, 12, 8),
        "strand": Strand.METROLOGY,
        "group": "Halal",
        "group_en": "Halal group",
        "owner": None,
        "planned": date(2026, 12, 1),
        "expected": date(2026, 12, 8),
        "slip": 7,
        "slip_working": 5,
        "is_done": False,
        "is_cancelled": False,
        "sequence": 4,
        "changed_at": AT,
    }
    return Entry(**usual | values)


def written(*entries, lang="vi", is_cut=False):
    return calendar_feed.write("Halal", Content(entries, is_cut), language(lang), PLACE)


def event(**values):
    return icalendar.Calendar.from_ical(written(entry(**values))).events[0]


def test_lines_are_folded_at_75_bytes_and_end_as_the_standard_says():
    raw = written(entry(title="Đánh giá sự phù hợp " * 20))

    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    raw.decode("utf-8")


def test_the_calendar_has_a_name_and_says_how_often_to_read_it():
    head = written().decode().split("\r\n")

    assert {
        "VERSION:2.0",
        "METHOD:PUBLISH",
        "NAME:Halal",
        "X-WR-CALNAME:Halal",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
    } <= set(head)
    assert "X-WR-CALDESC" not in written().decode()
    assert "X-WR-CALDESC" in written(is_cut=True).decode()


def test_a_milestone_is_an_event_of_its_whole_day():
    made = event()

    assert (made.start, made.end) == (date(2026, 12, 8), date(2026, 12, 9))
    assert made["uid"] == "milestone-HAL-M3@5f2c"
    assert (made["sequence"], made["status"], made["transp"]) == (4, "CONFIRMED", "TRANSPARENT")
    assert made["summary"] == "◆ Phòng thử nghiệm ADN heo; công nhận, chỉ định (HAL-M3)"
    assert made["url"] == "https://nqi.example.org/milestones/HAL-M3"
    assert made["dtstamp"].dt == made["last-modified"].dt == AT
    assert made["description"].splitlines() == [
        "Halal · Đo lường",
        "Kế hoạch: 01/12/2026",
        "Dự kiến: 08/12/2026",
        "Chậm 7 ngày (5 ngày làm việc)",
    ]
    assert not made.alarms.times


def test_a_finished_task_says_so():
    made = event(
        kind="task", code="HAL-47", owner="Đỗ Mai Lan", is_done=True, slip=0, title="So sánh"
    )

    assert made["summary"] == "✓ So sánh (HAL-47)"
    assert made["url"] == "https://nqi.example.org/tasks/HAL-47"
    assert made["description"].splitlines() == [
        "Halal · Đo lường",
        "Phụ trách: Đỗ Mai Lan",
        "Thời hạn: 01/12/2026",
        "Hoàn thành: 08/12/2026",
    ]


def test_what_is_gone_is_cancelled():
    assert event(is_cancelled=True)["status"] == "CANCELLED"


def test_english_names_groups_in_english():
    raw = written(entry(), lang="en")

    made = icalendar.Calendar.from_ical(raw).events[0]
    assert made["description"].startswith("Halal group · Metrology")


@pytest.mark.parametrize("number", [0, 50])
def test_what_is_written_reads_back_whole(number):
    entries = [
        entry(code=f"HAL-M{n}", day=date(2026, 1, 1) + timedelta(days=n)) for n in range(number)
    ]

    found = icalendar.Calendar.from_ical(written(*entries)).events

    assert [one["uid"] for one in found] == [f"milestone-HAL-M{n}@5f2c" for n in range(number)]
    assert [one.start for one in found] == [each.day for each in entries]
