import pytest

from tracker.models import Priority, Strand, TaskStatus
from tracker.queries.plan import TaskRow
from tracker.web import language, rows

pytestmark = pytest.mark.sqlite
VALUES = {
    name: None for name in TaskRow.__dataclass_fields__ if not name.startswith(("is_", "may_"))
}
ROW = TaskRow(
    **VALUES
    | {
        "id": 1,
        "code": "HAL-1",
        "title": "So sánh",
        "status": TaskStatus.DOING,
        "priority": Priority.NORMAL,
        "strand": Strand.METROLOGY,
        "progress": 0,
        "version": 1,
        "comments": 0,
        "children": 0,
        "children_done": 0,
        "days_late": 0,
    },
    is_clear=True,
    is_due_soon=False,
    may_update=False,
    may_edit=False,
    may_move_due=False,
    may_arrange=False,
)


def test_a_row_is_rendered_once_for_all_who_see_it_alike(app):
    with app.test_request_context("/"):
        first = rows.rendered("tasks/_row.html", ROW)

        assert rows.rendered("tasks/_row.html", ROW) is first
        assert "So sánh" in first


def test_another_language_or_another_version_is_another_row(app):
    newer = TaskRow(
        **{name: getattr(ROW, name) for name in VALUES}
        | {name: getattr(ROW, name) for name in TaskRow.__dataclass_fields__}
        | {"version": 2, "title": "So sánh lại"}
    )
    with app.test_request_context("/"):
        vietnamese = rows.rendered("tasks/_row.html", ROW)
        assert rows.rendered("tasks/_row.html", newer) != vietnamese
    with app.test_request_context("/"):
        language.choose("en")
        assert rows.rendered("tasks/_row.html", ROW) is not vietnamese


def test_only_so_many_are_kept(app, monkeypatch):
    monkeypatch.setattr(rows, "MOST", 1)
    with app.test_request_context("/"):
        first = rows.rendered("tasks/_row.html", ROW)
        rows.rendered("tasks/_card.html", ROW)

        assert rows.rendered("tasks/_row.html", ROW) is not first
