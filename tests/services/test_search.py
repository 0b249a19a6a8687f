from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests import factories as make
from tracker.models import SearchEntry, Strand
from tracker.policies.actor import Actor
from tracker.queries.search import search as find
from tracker.services import milestones, search, tasks, trash
from tracker.services.act import Act

ACT = Act(person_id=None, at=datetime(2026, 11, 23, 2, tzinfo=UTC), cause="web")
STRANGER = Actor(person_id=0, person_name="x")


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session, "ZET")[1][Strand.METROLOGY]


def found(query):
    return [hit.title for hit in find(STRANGER, query).hits]


def test_words_are_folded_and_parted_by_spaces():
    assert (
        search.indexed("HAL-47 · Đo lường (TCVN 12944:2020)") == "hal 47 do luong tcvn 12944 2020"
    )


def test_a_thing_is_found_under_its_present_words_only(db_session, stream):
    task = tasks.create(stream, "Nhật xạ kế", by=ACT, assigning_document="69/QĐ-TĐC")
    assert found("nhat xa") == found("69/QĐ-TĐC") == ["Nhật xạ kế"]

    tasks.edit(task, {"title": "Pin chuẩn"}, by=ACT)

    assert found("nhat xa") == []
    assert found("pin chuan") == ["Pin chuẩn"]


def test_what_is_in_the_trash_is_not_found_and_comes_back(db_session, stream):
    milestone = milestones.create(stream, "Liên kết chuẩn", by=ACT)
    thrown = trash.throw_away(milestone, by=ACT)
    assert found("lien ket") == []

    trash.restore(thrown, by=ACT)

    assert found("lien ket") == ["Liên kết chuẩn"]


def test_there_is_one_entry_a_thing(db_session, stream):
    task = tasks.create(stream, "Một", by=ACT)
    for title in ("Hai", "Ba"):
        tasks.edit(task, {"title": title}, by=ACT)

    entries = db_session.scalars(
        select(SearchEntry.title).where(
            SearchEntry.kind == "task", SearchEntry.subject_id == task.id
        )
    ).all()
    assert entries == ["Ba"]
