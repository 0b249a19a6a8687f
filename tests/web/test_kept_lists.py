from datetime import date

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.html import one, parse, texts
from tracker.models import MoveReason
from tracker.services import tasks
from tracker.services.act import Act, Why

HTMX = {"HX-Request": "true"}


def moved(set_up, cast, day, key="HAL"):
    with set_up() as session:
        task = make.task(session, make.stream_of(session, cast, key), due=date(2026, 12, 1))
        why = Why(reason=MoveReason.BUDGET, sentence="Chưa có dự toán.")
        tasks.move_forecast(
            task, day, why=why, by=Act(person_id=cast["head"].person_id, at=NOW, cause="web")
        )


def test_a_list_is_made_once_and_anew_after_a_change(client_for, set_up, cast, queries):
    moved(set_up, cast, date(2026, 12, 15))
    member = client_for("member")
    first = member.get("/slips")
    with queries() as statements:
        again = member.get("/slips")

    assert str(one(first, "#slips")) == str(one(again, "#slips"))
    assert len(statements) == 4
    moved(set_up, cast, date(2026, 12, 16))
    assert texts(member.get("/slips"), ".slips__days b") == ["+15", "+14"]


@pytest.mark.sqlite
def test_nobody_is_shown_what_was_kept_for_somebody_who_sees_more(client_for, set_up, cast):
    moved(set_up, cast, date(2026, 12, 15), "SOL")
    seen = [
        texts(client_for(role).get("/slips"), ".slips__days b")
        for role in ("administrator", "member", "director", "member")
    ]

    assert seen == [["+14"], [], ["+14"], []]


@pytest.mark.sqlite
def test_each_question_and_each_language_has_a_list_of_its_own(client_for, set_up, cast):
    moved(set_up, cast, date(2026, 12, 15))
    member = client_for("member")
    member.get("/slips")

    assert texts(member.get("/slips?reason=no_consensus"), ".empty h2") == [
        "Không có lần dời nào như vậy"
    ]
    fragment = parse(member.get("/slips", headers=HTMX))
    assert not fragment.select("html, form.filters")
    member.post("/account/preferences", data={"language": "en", "back": "/slips"})
    assert "working days" in str(one(member.get("/slips"), ".slips__days"))


@pytest.mark.sqlite
@pytest.mark.parametrize("address", ["/decisions", "/deliverables", "/risks"])
def test_registers_are_made_once_for_all_who_see_the_same(
    client_for, set_up, cast, queries, address
):
    with set_up() as session:
        make.risk(session, make.stream_of(session, cast))
    director = client_for("director")
    with queries() as statements:
        first = director.get(address)
    with queries() as fewer:
        again = director.get(address)

    assert str(one(first, "main")) == str(one(again, "main"))
    assert len(fewer) < len(statements)
