from tests import factories as make
from tests.conftest import NOW
from tests.html import one, parse, texts, words
from tracker.models import Directive


def given(set_up, cast, **values):
    """The code of a task that the director gave."""
    with set_up() as session:
        task = make.task(session, make.stream_of(session, cast), **values)
        row = Directive(task_id=task.id, given_by_id=cast["director"].person_id, given_at=NOW)
        make.add(session, row)
        return task.code


def test_the_page_of_a_task_says_whose_directive_it_is(client_for, set_up, cast):
    code = given(set_up, cast, assigning_document="214/TB-TĐC", owner_id=cast["member"].person_id)
    page = client_for("member").get(f"/tasks/{code}")

    assert words(one(page, ".belonging")) == (
        "⚑ Ý kiến chỉ đạo của Vũ Đình Đức, ngày 23/11/2026 · 214/TB-TĐC"
    )
    assert parse(page).select(f"[id='task-{code}-directive'] form") == []


def test_who_may_name_somebody_is_offered_the_people_of_the_unit(client_for, set_up, cast):
    code = given(set_up, cast, lead_unit_id=cast.unit_id)

    offered = texts(client_for("director").get(f"/tasks/{code}"), "button[name=owner_id]")
    assert cast["member"].name in offered
    assert texts(client_for("member").get(f"/tasks/{code}"), "button[name=owner_id]") == []


def test_a_director_edits_the_task_of_a_directive_and_no_other(client_for, set_up, cast):
    code = given(set_up, cast)
    with set_up() as session:
        other = make.task(session, make.stream_of(session, cast)).code
    director = client_for("director")

    for path in ("edit", "owner"):
        assert director.get(f"/tasks/{code}/{path}").status_code == 200
        assert director.get(f"/tasks/{other}/{path}").status_code == 403
    assert client_for("member").get(f"/tasks/{code}/edit").status_code == 403
    fields = parse(director.get(f"/tasks/{code}/edit")).select("form.form--columns [name]")
    names = {field["name"] for field in fields}
    assert {"title", "due", "owner_id", "reason"} <= names
    assert {"progress", "forecast", "milestone_id"} & names == set()
