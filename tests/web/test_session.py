from datetime import timedelta

import pytest
from flask import Blueprint
from sqlalchemy import event, text

from tests.cast import PASSWORD
from tests.factories import TODAY
from tests.html import parse
from tracker.extensions import db
from tracker.models import Account, Membership
from tracker.queries import accounts
from tracker.web.authorization import everyone_signed_in

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/groups/HAL?owner=1"}


def test_nobody_enters_without_signing_in(client_for):
    answer = client_for("anonymous").get("/account?x=1")

    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/sign-in?next=/account?x%3D1",
    )


def test_an_ended_session_leads_htmx_to_the_sign_in_page_and_back_to_where_it_was(client_for):
    answer = client_for("anonymous").get("/account", headers=HTMX)

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/groups/HAL?owner%3D1&expired=1"


def test_a_raised_epoch_ends_every_session(client_for, set_up, cast):
    client = client_for("member")
    assert client.get("/account").status_code == 200

    with set_up() as session:
        session.get(Account, cast["member"].account_id).epoch += 1

    assert client.get("/account").status_code == 303


def test_a_deactivated_account_is_out_at_once(client_for, set_up, cast):
    client = client_for("member")

    with set_up() as session:
        session.get(Account, cast["member"].account_id).is_active = False

    assert client.get("/account").status_code == 303


@pytest.mark.parametrize("user_id", ["", "x", "1", "999999.0", "1.x", "1.0.0"])
def test_a_made_up_session_is_nobody(client_for, user_id):
    client = client_for("anonymous")
    with client.session_transaction() as session:
        session["_user_id"] = user_id

    assert client.get("/account").status_code == 303


def test_what_was_typed_before_the_session_ended_comes_back_after_signing_in(client_for, cast):
    client = client_for("anonymous")
    typed = {"current_password": "không giữ", "note": "Dời vì chờ mẫu", "version": "3"}

    page = parse(client.post("/account/password?a=1", data=typed))
    resume = page.select_one("[name=resume]")["value"]
    after = parse(
        client.post(
            "/sign-in",
            data={"email": cast["member"].email, "password": PASSWORD, "resume": resume},
        )
    )

    form = after.select_one('form[action="/account/password?a=1"]')
    sent = {field["name"]: field["value"] for field in form.select("input")}
    assert (sent["note"], sent["version"]) == ("Dời vì chờ mẫu", "3")
    assert "current_password" not in sent


def test_a_membership_counts_from_its_first_to_its_last_day(client_for, set_up, cast, app, clock):
    with set_up() as session:
        row = session.query(Membership).filter_by(person_id=cast["member"].person_id).one()
        row.starts_on, row.ends_on = TODAY - timedelta(days=2), TODAY + timedelta(days=1)

    with app.app_context():
        account = accounts.find(cast["member"].account_id)
        held = [
            bool(accounts.actor_for(account, TODAY + timedelta(days=days)).posts)
            for days in (-3, -2, 1, 2)
        ]

    assert held == [False, True, True, False]


@pytest.mark.sqlite
@pytest.mark.own_app
def test_a_request_that_has_written_goes_on_as_a_reader(app, client_for):
    begun = []
    with app.app_context():
        event.listen(
            db.engine,
            "before_cursor_execute",
            lambda _c, _cu, statement, *_: (
                begun.append(statement) if statement.startswith("BEGIN") else None
            ),
        )

    bp = Blueprint("writing", __name__)

    @bp.post("/writes")
    def writes():
        everyone_signed_in()
        db.session.execute(text("UPDATE tasks SET progress = 1"))
        db.session.commit()
        return str(db.session.execute(text("SELECT max(progress) FROM tasks")).scalar())

    app.register_blueprint(bp)

    assert client_for("member").post("/writes").text == "1"
    assert begun == ["BEGIN IMMEDIATE", "BEGIN"]
