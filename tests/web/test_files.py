import pytest
from werkzeug.exceptions import NotFound

from tracker.web import files

pytestmark = [pytest.mark.sqlite, pytest.mark.blank]
MAKE = {"csv": lambda: b"a;b", "xlsx": lambda: b"PK"}


@pytest.mark.parametrize(
    ("format_name", "content", "content_type"),
    [
        ("csv", b"a;b", "text/csv; charset=utf-8"),
        (
            "xlsx",
            b"PK",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_a_list_is_taken_away_in_the_format_that_is_asked_for(
    app, format_name, content, content_type
):
    with app.test_request_context("/"):
        answer = files.sheet(format_name, MAKE, "HAL-slips", "2026:M11")
        answer.direct_passthrough = False

        assert answer.get_data() == content
        assert answer.content_type == content_type
        assert answer.headers["Content-Disposition"] == (
            f"attachment; filename=HAL-slips_2026-M11.{format_name}"
        )
        assert answer.headers["Cache-Control"] == "no-cache, max-age=0"


def test_another_format_is_not_found_and_nothing_is_made(app):
    with app.test_request_context("/"), pytest.raises(NotFound):
        files.sheet("pdf", {}, "HAL", "2026")
