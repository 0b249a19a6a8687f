import pytest

from tests import meetings as make
from tests.html import form as fields
from tests.html import one, parse, table, texts
from tracker.models import Account, Meeting, MeetingState
from tracker.services import programmes

TYPED = {"title": "Họp tháng 12", "held_on": "01/12/2026", "begins": "08:30", "place": "P. 301"}


@pytest.fixture
def typed(cast):
    chair, recorder = cast["director"].person_id, cast["secretary"].person_id
    hal = cast.groups["HAL"]
    return TYPED | {"chair_id": chair, "recorder_ids": [recorder], "group_ids": [hal]}


@pytest.fixture
def meeting(set_up, cast):
    with set_up():
        return make.planned(cast, "HAL")


def test_a_secretary_prepares_a_meeting_on_their_group(client_for, typed):
    client = client_for("secretary")
    answer = client.post("/meetings/new", data=typed)
    page = client.get(answer.location)

    assert texts(page, "h1") == ["Họp tháng 12"]
    assert texts(page, ".head__text p") == ["Sắp họp Thứ Ba, 01/12/2026 , 08:30"]
    assert table(client.get("/meetings"), "table")[1][:5] == [
        "Họp tháng 12",
        "01/12/2026 08:30",
        "Vũ Đình Đức",
        "HAL",
        "Sắp họp",
    ]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"title": "  "}, "title"),
        ({"held_on": "xx"}, "held_on"),
        ({"begins": "25:99"}, "begins"),
        ({"chair_id": ""}, "chair_id"),
        ({"group_ids": []}, "group_ids"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(client_for, typed, changed, where):
    answer = client_for("secretary").post("/meetings/new", data=typed | changed)

    assert answer.status_code == 422
    assert [link["href"] for link in parse(answer).select(".errors a")] == [f"#{where}"]
    assert fields(answer, "main form")["place"] == "P. 301"


def test_who_is_no_director_any_more_is_not_put_in_the_chair(client_for, set_up, cast, typed):
    client = client_for("secretary")
    form = client.get("/meetings/new")
    with set_up() as session:
        session.get(Account, cast["director"].account_id).is_director = False

    answer = client.post("/meetings/new", data=typed)

    assert "Vũ Đình Đức" in texts(form, "#chair_id option")
    assert answer.status_code == 422


def test_a_director_asks_for_all_groups_and_a_programme_stands_for_its_groups(
    client_for, set_up, cast, typed
):
    with set_up():
        both = [cast.groups["HAL"], cast.groups["SOL"]]
        programme = programmes.create(name="Hội nhập", groups=both, by=make.BY)
    client = client_for("director")
    client.post("/meetings/new", data=typed | {"group_ids": [], "title": "Tất cả"})
    client.post(
        "/meetings/new",
        data=typed | {"group_ids": [], "title": "Hội nhập", "programme_id": programme.id},
    )

    assert [row[3] for row in table(client.get("/meetings"), "table")[1:]] == ["tất cả", "HAL, SOL"]


def test_the_second_of_two_editors_chooses(client_for, meeting, typed):
    address = f"/meetings/{meeting.id}/edit"
    first, second = client_for("head"), client_for("secretary")
    seen = fields(second.get(address), "main form")["version"]
    first.post(address, data=typed | {"title": "A", "version": seen})
    answer = second.post(address, data=typed | {"title": "B", "version": seen})

    assert answer.status_code == 409
    assert {"A", "B"} <= set(texts(answer, ".conflict__choice b, .conflict__choice span"))


@pytest.mark.parametrize("role", ["head", "secretary", "administrator"])
def test_who_prepared_a_meeting_is_told_that_a_director_opens_it(client_for, set_up, meeting, role):
    client = client_for(role)
    page = client.get(f"/meetings/{meeting.id}")
    refused = client.post(f"/meetings/{meeting.id}/start")

    assert parse(page).select("form[action$=start]") == []
    assert "Lãnh đạo chủ trì mở cuộc họp." in texts(page, ".soft")
    assert refused.status_code == 403
    with set_up() as session:
        assert session.get(Meeting, meeting.id).state is MeetingState.PLANNED


def test_once_it_is_open_a_director_alone_changes_who_is_in_the_chair_and_records(
    client_for, set_up, cast, typed
):
    with set_up():
        id_ = make.running(cast, "HAL").id
    address = f"/meetings/{id_}/edit"
    recorders = {"recorder_ids": [cast["head"].person_id]}

    def recorder():
        return texts(client_for("head").get(f"/meetings/{id_}"), ".details dd")[2]

    head = client_for("head")
    form = fields(head.get(address), "main form")
    told = head.post(address, data=typed | recorders)
    saved = head.post(address, data=form | {"title": "Họp sáng"})
    before = recorder()
    client_for("director").post(address, data=typed | recorders)

    assert not {"chair_id", "recorder_ids"} & set(form)
    assert (told.status_code, saved.status_code) == (422, 303)
    assert texts(told, ".errors p") == [
        "Cuộc họp đã mở: chỉ lãnh đạo đổi được người chủ trì và người ghi."
    ]
    assert (before, recorder()) == (cast["secretary"].name, cast["head"].name)


def test_a_meeting_is_opened_held_and_closed(client_for, meeting):
    client = client_for("director")
    page = client.get(f"/meetings/{meeting.id}")
    screen = client.post(one(page, "form[action$=start]")["action"])
    closed = client.post(f"/meetings/{meeting.id}/end")

    assert screen.location == f"/meetings/{meeting.id}/review"
    assert texts(client.get(closed.location), ".head__text .tag") == ["Chờ ban hành kết luận"]


def test_the_board_leads_to_the_meeting_that_runs_else_to_the_next_one(client_for, set_up, meeting):
    client = client_for("director")
    assert one(client.get("/"), "a[href='/meetings/now']").get_text(strip=True) == "Chế độ họp"
    assert client.get("/meetings/now").location == f"/meetings/{meeting.id}"
    with set_up() as session:
        session.get(Meeting, meeting.id).state = MeetingState.RUNNING
    assert client.get("/meetings/now").location == f"/meetings/{meeting.id}/review"
    with set_up() as session:
        session.get(Meeting, meeting.id).state = MeetingState.ENDED
    assert client.get("/meetings/now").location == "/meetings/new"


def test_a_meeting_that_is_called_off_is_ahead_no_more(client_for, meeting):
    client = client_for("head")
    page = client.get(f"/meetings/{meeting.id}")
    client.post(one(page, "form[action$=call-off]")["action"])

    assert client.get("/meetings/now").location == "/meetings/new"
    assert table(client.get("/meetings"), "table")[1][4] == "Không họp"


def test_a_meeting_on_a_hidden_group_does_not_exist(client_for, set_up, cast):
    with set_up():
        secret = make.running(cast, "SOL", title="Họp mật").id
    client = client_for("member")

    paths = ("", "/review", "/entries", "/attendance", "/minutes", "/minutes/file")
    assert {client.get(f"/meetings/{secret}{path}").status_code for path in paths} == {404}
    assert "Họp mật" not in client.get("/meetings").text
