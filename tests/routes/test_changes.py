"""What changed between two days, item by item."""

from datetime import date, datetime

import pytest

from tests import factories as make
from tests.html import parse
from tracker.models import MoveReason, TaskStatus
from tracker.services import milestones, tasks, trash
from tracker.services.act import Act, Why


def on(day):
    return Act(person_id=None, at=datetime.fromisoformat(f"{day}T02:00+00:00"), cause="web")


@pytest.fixture
def work(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        done, gone = (tasks.create(stream, title, by=on("2026-10-01")) for title in ("Đo", "Bỏ"))
        milestones.create(stream, "Mốc mới", by=on("2026-11-19"))
        tasks.change_status(done, TaskStatus.DONE, by=on("2026-11-20"))
        trash.throw_away(gone, by=on("2026-11-20"))
        session.commit()
        return done.code


def told(answer):
    return [
        [part.get_text(" ", strip=True) for part in line.select("a, b, span")]
        for line in parse(answer).select("#changes .list > li")
    ]


def test_every_item_is_told_and_leads_to_it_also_what_was_deleted(client_for, work):
    answer = client_for("director").get("/changes?since=2026-11-10")

    assert told(answer)[1:] == [
        ["Mốc mới", "mốc mới"],
        ["Bỏ", "đã bỏ"],
        ["Đo", "đã xong"],
    ]
    links = [link["href"] for link in parse(answer).select("#changes .list a")]
    assert links[1:] == ["/milestones/HAL-M1", f"/tasks/{work}"]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("group=HAL&strand=metrology", 3),
        ("group=HAL&strand=standards", 0),
        ("group=SOL", 0),
        ("as_of=2026-11-19", 1),
        ("since=2026-11-21", 0),
        ("since=31/02/2026&strand=x&group=%00", 3),
    ],
)
def test_the_days_and_the_place_narrow_it(client_for, work, query, number):
    address = f"/changes?{query}" if "since" in query else f"/changes?since=2026-11-10&{query}"

    answer = client_for("director").get(address)

    assert answer.status_code == 200
    told_ = [line for line in told(answer) if len(line) == 2 and "→" not in line[1]]
    assert len(told_) == number


@pytest.mark.parametrize("address", ["/", "/changes"])
def test_dates_of_tasks_that_moved_in_these_days_are_a_link_away(client_for, set_up, cast, address):
    why = Why(reason=MoveReason.BUDGET, sentence="Chưa có kinh phí")
    with set_up() as session:
        stream = make.stream_of(session, cast)
        for title, day in (("Trước", "2026-11-10"), ("Trong", "2026-11-11"), ("Sau", "2026-11-21")):
            task = tasks.create(stream, title, by=on("2026-10-01"), due=date(2026, 12, 1))
            tasks.move_due(task, date(2026, 12, 9), why=why, by=on(day))
        session.commit()
    client = client_for("director")

    page = client.get(f"{address}?since=2026-11-10&as_of=2026-11-20")
    (link,) = parse(page).select("main .panel__head a[href^='/slips']")
    ledger = parse(client.get(link["href"])).select_one("main").get_text()

    assert [title in ledger for title in ("Trước", "Trong", "Sau")] == [False, True, False]
