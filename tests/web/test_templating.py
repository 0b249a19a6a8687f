from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from flask import g
from jinja2 import UndefinedError

from tracker import words
from tracker.models import TaskStatus
from tracker.policies.actor import Actor
from tracker.web import templating


@pytest.fixture
def render(app):
    def rendered(source, language="vi", **context):
        with app.test_request_context():
            g.language = words.language(language)
            return app.jinja_env.from_string(source).render(**context)

    return rendered


def test_dates_moments_and_numbers_are_written_as_in_viet_nam(render):
    context = {
        "day": date(2026, 1, 5),
        "at": datetime(2026, 11, 20, 2, 12, tzinfo=UTC),
        "then": datetime(2025, 11, 20, 20, 0, tzinfo=UTC),
        "none": None,
    }

    assert (
        render("{{ day|date }} {{ day|short_date }}{{ none|date }}", **context)
        == "05/01/2026 05/01"
    )
    assert (
        render("{{ at|when }} · {{ then|when }}{{ none|when }}", **context)
        == "20/11 09:12 · 21/11/2025 03:00"
    )
    assert render("{{ 1234567|number }} {{ 0.5|number }}") == "1.234.567 0,5"
    assert render("{{ 1234567|number }} {{ 0.5|number }}", "en") == "1,234,567 0.5"


def test_codes_become_words_and_names_the_readers_own(render):
    unit = SimpleNamespace(name="Viện Đo lường", name_en="Metrology Institute")

    assert render("{{ s|label }}", s=TaskStatus.BLOCKED) == "Đang vướng mắc"
    assert render("{{ u|named }}", u=unit) == "Viện Đo lường"
    assert render("{{ u|named }}", "en", u=unit) == "Metrology Institute"


def test_markdown_is_safe_and_a_missing_name_is_a_mistake(render):
    assert "<script" not in render("{{ '<script>x</script> **đậm**'|markdown }}")
    assert "<strong>đậm</strong>" in render("{{ '**đậm**'|markdown }}")
    with pytest.raises(UndefinedError):
        render("{{ no_such_name }}")


def test_ids_are_stable(app):
    dom_id = app.jinja_env.globals["dom_id"]
    task = type("TaskRow", (), {"code": "HAL-47"})()

    assert (dom_id(task), dom_id(task, "status")) == ("task-HAL-47", "task-HAL-47-status")


def test_the_menu_counts_once_and_only_for_who_is_signed_in(app, queries):
    actor = Actor(person_id=1, person_name="x")

    with app.test_request_context(), queries() as statements:
        counts = templating.NavCounts(actor)
        assert [counts.get("mine"), counts.get("mine"), counts.get("groups")] == [0, 0, 0]
        assert templating.NavCounts(None).get("mine") == 0

    assert len(statements) == 1
