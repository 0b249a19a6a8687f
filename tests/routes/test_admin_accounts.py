import re

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.cast import PASSWORD
from tests.html import assert_swap_equals_reload, form, one, parse, texts
from tracker.models import Account, Membership, OutboxItem, Person, Task

HTMX = {"HX-Request": "true"}


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


@pytest.fixture
def address(cast):
    return f"/admin/accounts/{cast['member'].account_id}"


def link_on(page):
    return re.search(r"/invitations/\S+", one(page, "textarea#link").get_text())[0]


def test_accounts_are_listed_and_found(admin):
    assert len(texts(admin.get("/admin/accounts"), "tbody tr")) == 9
    search = "/admin/accounts?q=on&role=&state=active"

    answer = admin.get(search, headers=HTMX)

    assert texts(answer, "tbody th") == ["Phạm Văn Ổn"]
    assert_swap_equals_reload(admin, answer.get_data(as_text=True), search)
    assert texts(admin.get("/admin/accounts?q=zzz"), ".empty h2") == ["Không có tài khoản nào khớp"]


def test_the_link_of_an_invitation_is_shown_once_and_lets_the_person_in(admin, client_for, set_up):
    data = {"person": "Người Mới Tinh", "email": "moi@x.test", "is_director": "y"}

    page = admin.post("/admin/accounts/new", data=data)

    assert page.status_code == 200
    link = link_on(page)
    with set_up() as session:
        account = session.scalar(select(Account).where(Account.email == "moi@x.test"))
        assert (account.is_director, account.is_administrator) == (True, False)
        assert session.get(Person, account.person_id).email == "moi@x.test"
    assert link not in admin.get(f"/admin/accounts/{account.id}").get_data(as_text=True)
    visitor = client_for("anonymous")
    new = {"new_password": "một câu đủ dài", "repeat": "một câu đủ dài"}
    assert visitor.post(link, data=new).status_code == 303
    assert visitor.get("/account").status_code == 200


def test_an_invitation_begins_with_what_is_known_of_the_person(admin, set_up):
    with set_up() as session:
        person = make.person(session, "Khúc Thị Đào", email="dao@x.test")

    page = admin.get(f"/admin/accounts/new?person={person.id}")

    typed = form(page, "form.panel")
    assert (typed["person"], typed["email"]) == ("Khúc Thị Đào", "dao@x.test")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"person": ""}, "person"),
        ({"email": "không"}, "email"),
        ({"email": "member@example.test"}, "email"),
        ({"person": "Phạm Văn Ổn"}, "person"),
        ({"person": "Pham Van On"}, "person"),
    ],
)
def test_an_invitation_that_cannot_be_keeps_what_was_typed(admin, set_up, data, field):
    typed = {"person": "Người Mới Tinh", "email": "moi@x.test"} | data

    answer = admin.post("/admin/accounts/new", data=typed)

    assert answer.status_code == 422
    assert one(answer, f"#{field}-error")
    assert {name: form(answer, "form.panel")[name] for name in typed} == typed
    with set_up() as session:
        assert session.scalar(select(Person).where(Person.full_name == "Người Mới Tinh")) is None


def test_a_new_link_resets_the_password(admin, client_for, cast, address):
    page = admin.post(f"{address}/link", data={"delivery": "link"})

    visitor = client_for("anonymous")
    new = {"new_password": "một câu đủ dài", "repeat": "một câu đủ dài"}
    assert visitor.post(link_on(page), data=new).status_code == 303
    assert "24 giờ" in parse(page).get_text()


def test_roles_are_given(admin, set_up, cast, address):
    data = form(admin.get(address), "form[novalidate]") | {"is_director": "y"}

    assert admin.post(address, data=data).status_code == 303

    with set_up() as session:
        assert session.get(Account, cast["member"].account_id).is_director is True


def test_the_last_administrator_stays_one(admin, cast):
    own = f"/admin/accounts/{cast['administrator'].account_id}"

    answer = admin.post(own, data={"version": "1"})
    locked = admin.post(f"{own}/lock", data={})

    assert (answer.status_code, locked.status_code) == (422, 422)
    sentence = "Phải còn ít nhất một quản trị hệ thống đang hoạt động."
    assert sentence in texts(answer, ".field__error")
    assert sentence in texts(locked, ".field__error")


def test_the_second_of_two_editors_chooses(admin, address):
    data = form(admin.get(address), "form[novalidate]")
    admin.post(address, data=data | {"is_director": "y"})
    admin.post(
        address, data=form(admin.get(address), "form[novalidate]") | {"is_administrator": "y"}
    )

    answer = admin.post(address, data=data | {"is_administrator": "y"})

    assert answer.status_code == 303  # both wanted the same; the other box was left alone
    page = form(admin.get(address), "form[novalidate]")
    assert (page["is_administrator"], page["is_director"]) == ("y", "y")


def test_signing_out_everywhere_ends_every_session(admin, client_for, address):
    member = client_for("member")
    assert member.get("/account").status_code == 200

    assert admin.post(f"{address}/sign-out").status_code == 303

    assert member.get("/account").status_code == 303


def test_a_locked_account_hands_its_tasks_over_and_leaves_the_groups(
    admin, client_for, set_up, cast, address
):
    with set_up() as session:
        stream = session.get(make.Workstream, next(iter(cast.workstreams.values())))
        task = Task(
            group_id=stream.group_id,
            workstream_id=stream.id,
            code="HAL-9",
            title="Việc mở",
            owner_id=cast["member"].person_id,
            created_at=make.AGES_AGO,
            status_since=make.TODAY,
        )
        session.add(task)
    assert "1 việc đang mở" in parse(admin.get(f"{address}/lock")).get_text()

    data = {"successor": str(cast["deputy"].person_id), "leaves_groups": "y"}
    answer = admin.post(f"{address}/lock", data=data)

    assert answer.status_code == 303
    assert client_for("member").get("/account").status_code == 303
    with set_up() as session:
        assert session.get(Task, task.id).owner_id == cast["deputy"].person_id
        query = select(Membership.ends_on).where(Membership.person_id == cast["member"].person_id)
        assert session.scalar(query) is not None
    visitor = client_for("anonymous")
    signing = {"email": cast["member"].email, "password": PASSWORD}
    assert visitor.post("/sign-in", data=signing).status_code == 422

    assert admin.post(f"{address}/unlock").status_code == 303
    assert visitor.post("/sign-in", data=signing).status_code == 303


def test_nobody_takes_over_who_is_not_offered(admin, cast, address):
    answer = admin.post(f"{address}/lock", data={"successor": str(cast["member"].person_id)})

    assert answer.status_code == 422


def test_a_locked_account_gets_no_link(admin, address):
    admin.post(f"{address}/lock", data={})

    assert admin.post(f"{address}/link", data={"delivery": "link"}).status_code == 409
    assert "Mở khóa" in texts(admin.get(address), "main button")


@pytest.mark.parametrize("address", ["new", "1", "1/link", "1/sign-out", "1/lock", "1/unlock"])
def test_only_administrators_change_accounts(client_for, address):
    assert client_for("head").post(f"/admin/accounts/{address}").status_code == 403


def test_who_is_not_there_is_not_found(admin):
    assert admin.get("/admin/accounts/999").status_code == 404
    assert admin.post("/admin/accounts/999/lock").status_code == 404


class TestWithMail:
    @pytest.fixture
    def app_settings(self):
        return {"smtp_url": "smtp://127.0.0.1:1"}

    def test_an_invitation_is_promised_by_mail(self, admin, set_up):
        data = {"person": "Người Mới", "email": "moi@x.test", "delivery": "mail"}

        answer = admin.post("/admin/accounts/new", data=data)

        assert answer.status_code == 303
        with set_up() as session:
            (promise,) = session.scalars(
                select(OutboxItem).where(OutboxItem.kind == "mail.invitation")
            )
            assert promise.payload["purpose"] == "invite"

    def test_so_is_a_link_to_reset(self, admin, set_up, address):
        assert admin.post(f"{address}/link", data={"delivery": "mail"}).status_code == 303

        with set_up() as session:
            (promise,) = session.scalars(
                select(OutboxItem).where(OutboxItem.kind == "mail.invitation")
            )
            assert promise.payload["purpose"] == "reset"

    def test_the_link_can_still_be_sent_by_hand(self, admin, address):
        assert form(admin.get("/admin/accounts/new"), "form.panel")["delivery"] == "mail"
        assert link_on(admin.post(f"{address}/link", data={"delivery": "link"}))


def test_an_invitation_may_give_a_post_in_a_group_at_once(admin, set_up, cast):
    offered = form(admin.get("/admin/accounts/new"), "main form.panel")
    data = {"person": "Người Mới Tinh", "email": "moi@x.test", "group_id": cast.groups["HAL"]}

    page = admin.post("/admin/accounts/new", data=data | {"role": "secretary"})

    assert (offered["group_id"], offered["role"]) == ("", "member")
    assert link_on(page)
    with set_up() as session:
        person = session.scalar(select(Person).where(Person.email == "moi@x.test"))
        post = session.scalar(select(Membership).where(Membership.person_id == person.id))
        assert (post.group_id, post.role, post.strands) == (cast.groups["HAL"], "secretary", [])


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"group_id": "9999"}, "Hãy chọn một mục trong danh sách."),
        ({"role": "king"}, "Hãy chọn một mục trong danh sách."),
    ],
)
def test_nobody_is_invited_into_what_there_is_not(admin, set_up, cast, sent, sentence):
    data = {"person": "Người Mới Tinh", "email": "moi@x.test", "group_id": cast.groups["HAL"]}

    page = admin.post("/admin/accounts/new", data=data | sent)

    assert page.status_code == 422
    assert texts(page, ".field__error") == [sentence]
    with set_up() as session:
        assert session.scalar(select(Account).where(Account.email == "moi@x.test")) is None
