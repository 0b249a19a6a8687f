import pytest
from flask_wtf.csrf import generate_csrf

from tracker.models import Priority, Strand, TaskStatus
from tracker.queries.plan import TaskRow
from tracker.web import fragments, language

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
        "stale_days": 0,
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
        first = fragments.rendered("tasks/_row.html", ROW)

        assert fragments.rendered("tasks/_row.html", ROW) is first
        assert "So sánh" in first


def test_another_language_or_another_version_is_another_row(app):
    newer = TaskRow(
        **{name: getattr(ROW, name) for name in VALUES}
        | {name: getattr(ROW, name) for name in TaskRow.__dataclass_fields__}
        | {"version": 2, "title": "So sánh lại"}
    )
    with app.test_request_context("/"):
        vietnamese = fragments.rendered("tasks/_row.html", ROW)
        assert fragments.rendered("tasks/_row.html", newer) != vietnamese
    with app.test_request_context("/"):
        language.choose("en")
        assert fragments.rendered("tasks/_row.html", ROW) is not vietnamese


def test_what_was_used_last_is_kept(app, monkeypatch):
    with app.test_request_context("/"):
        first = fragments.rendered("tasks/_row.html", ROW)
        monkeypatch.setattr(fragments, "MOST", len(first))
        fragments.rendered("tasks/_card.html", ROW)

        assert fragments.rendered("tasks/_row.html", ROW) is not first


def test_each_reader_finds_their_own_token_in_a_kept_piece(app):
    given = {"statuses": tuple(TaskStatus), "workers": (), "targets": (), "reasons": ()}
    pieces = []
    for _reader in range(2):
        with app.test_request_context("/"):
            token = generate_csrf()
            piece = fragments.rendered("groups/_editors.html", **given, arrange=False, today=None)
            pieces.append(piece.replace(token, "…"))
            assert piece.count(token) == piece.count("csrf_token") > 0

    assert pieces[0] == pieces[1]
    assert fragments.TOKEN not in pieces[0]


def test_a_token_is_left_out_only_of_what_is_kept(app):
    with app.test_request_context("/"):
        fragments.rendered("tasks/_row.html", ROW)

        assert fragments.csrf_token() == generate_csrf()
