import pytest
from flask import Blueprint

from tracker.web.authorization import authorize

pytestmark = pytest.mark.own_app


def test_a_page_that_asks_no_policy_is_not_sent(app, client_for):
    bp = Blueprint("careless", __name__)
    bp.add_url_rule("/careless", "show", lambda: "all secrets")
    bp.add_url_rule("/asked", "asked", lambda: authorize(True) or "fine")
    bp.add_url_rule("/refused", "refused", lambda: authorize(False) or "secret")
    app.register_blueprint(bp)
    app.config["PROPAGATE_EXCEPTIONS"] = False  # as in production
    client = client_for("member")

    careless, asked, refused = (client.get(f"/{n}") for n in ("careless", "asked", "refused"))

    assert (careless.status_code, "secrets" in careless.text) == (500, False)
    assert (asked.status_code, asked.text) == (200, "fine")
    assert (refused.status_code, "secret" in refused.text) == (403, False)
