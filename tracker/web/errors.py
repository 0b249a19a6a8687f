"""How a refusal is told: a page, or a notice where htmx asked; what was typed is never lost."""

import logging

from flask import Flask, g, make_response, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from tracker.errors import (
    BusyError,
    NotAllowedError,
    RuleViolationError,
    StaleError,
    TrackerError,
)
from tracker.extensions import db
from tracker.web import resume
from tracker.web.language import current
from tracker.web.responses import instead, wants_fragment
from tracker.words import N_

log = logging.getLogger("tracker.web")

STATUS: dict[type[TrackerError], int] = {
    NotAllowedError: 403,
    RuleViolationError: 409,
    BusyError: 503,
}
SERVER_ERROR = 500
# What one may see though not do: where its own page is, by how its addresses begin.
PAGES = {
    "tasks": ("tasks.show", "code"),
    "milestones": ("milestones.show", "code"),
    "groups": ("groups.show", "key"),
}
TITLES = {
    400: N_("Yêu cầu không hợp lệ"),
    403: N_("Bạn không có quyền làm việc này"),
    404: N_("Không tìm thấy trang này"),
    405: N_("Thao tác này không được hỗ trợ"),
    409: N_("Chưa lưu được"),
    413: N_("Tệp quá lớn"),
    500: N_("Hệ thống gặp lỗi"),
    503: N_("Hệ thống đang bận"),
}
SENTENCES = {
    400: N_("Biểu mẫu đã cũ hoặc bị thiếu thông tin. Hãy thử gửi lại."),
    403: N_("Hãy hỏi tổ trưởng hoặc quản trị hệ thống nếu bạn cần quyền này."),
    404: N_("Mục này không có, hoặc bạn không được xem."),
    405: N_("Hãy quay lại trang trước và thử cách khác."),
    409: N_("Có người vừa sửa mục này. Hãy mở lại và thử lần nữa."),
    413: N_("Tệp vượt quá 20 MB. Hãy chia nhỏ hoặc bỏ hình ảnh rồi thử lại."),
    500: N_("Lỗi đã được ghi lại. Nội dung bạn nhập vẫn còn bên dưới, hãy thử lại sau ít phút."),
}


# When even the page of an error cannot be made: no template, no catalogue, no database.
LAST_RESORT = """<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Hệ thống gặp lỗi</title>
<h1>Hệ thống gặp lỗi</h1>
<p>Lỗi đã được ghi lại (số NUMBER). Hãy quay lại trang trước và thử lại sau ít phút.</p>
<p lang="en">Something went wrong and has been recorded (number NUMBER). Please go back and try
again in a few minutes.</p>
<p><a href="/">Trang chủ – <span lang="en">Home</span></a></p>
</html>
"""


def register(app: Flask) -> None:
    """Answer every kind of failure."""
    app.register_error_handler(TrackerError, _refused)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(CSRFError, lambda _error: tell(400))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def tell(status: int, sentence: str = "") -> Response:
    """The page (or the notice) for a status, with what was typed ready to be sent again."""
    try:
        return _told(status, sentence)
    except Exception:  # whatever it is, somebody waits for an answer
        log.exception("the page of an error failed")
        return make_response(LAST_RESORT.replace("NUMBER", g.get("request_id", "")), SERVER_ERROR)


def _told(status: int, sentence: str) -> Response:
    db.session.rollback()
    g.policy_was_asked = True
    _ = current().gettext
    context = {
        "status": status,
        "title": _(_title(status)),
        "sentence": sentence or _(SENTENCES.get(status, SENTENCES[400])),
        "request_id": g.get("request_id", ""),
        "typed": resume.typed(),
        "way_back": _way_back() if status in {403, 409} else None,
    }
    if not wants_fragment():
        return make_response(render_template("errors/page.html", **context), status)
    return instead(
        (render_template("errors/_notice.html", **context), status), "#notices", "beforeend"
    )


def _title(status: int) -> str:
    """Nothing was to be saved by who only wanted to look."""
    if status == 409 and request.method in {"GET", "HEAD"}:
        return N_("Không mở được")
    return TITLES.get(status, TITLES[400])


def _way_back() -> tuple[str, str] | None:
    """The code and the page of what was asked about; none where the address is of nothing else."""
    _root, kind, *_rest = [*request.path.split("/"), ""]
    endpoint, name = PAGES.get(kind, ("", ""))
    code = (request.view_args or {}).get(name)
    if code is None or request.endpoint == endpoint:
        return None
    return code.upper(), url_for(endpoint, **{name: code})


def _refused(error: TrackerError) -> Response:
    if isinstance(error, StaleError):  # where no form asks which of the two values to keep
        return tell(409)
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 409)
    return tell(status, current().sentence(error.code, **error.values))


def _overtaken(_error: StaleDataError) -> Response:
    return tell(409)


def _http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    response = tell(error.code)
    if error.code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response


def _unexpected(error: Exception) -> Response:
    log.error("request failed", exc_info=error)
    return tell(SERVER_ERROR)
