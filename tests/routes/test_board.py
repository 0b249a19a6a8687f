from datetime import date, datetime

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.html import parse
from tracker.models import Account, Strand, Task, TaskStatus, Workstream
from tracker.queries import groups as read_groups
from tracker.queries import nights
from tracker.services import groups, programmes, snapshots, tasks
from tracker.services.act import Act

BOARD = "/"
ACT = Act(person_id=None, at=NOW, cause="web")


def test_the_board_is_a_table_with_headers_and_a_caption(client_for):
    page = parse(client_for("director").get(BOARD))

    assert page.caption.get_text(strip=True) == "Tổ công tác theo cấu phần"
    assert [th.get_text(strip=True) for th in page.select("thead th")] == [
        "Tổ công tác",
        "Tiêu chuẩn",
        "Đo lường",
        "Đánh giá sự phù hợp",
        "Thanh tra, kiểm tra",
    ]
    assert [a["href"] for a in page.select("tbody th a")] == ["/groups/HAL", "/groups/SOL"]


def test_a_member_does_not_see_the_restricted_group(client_for):
    assert "Sol" not in client_for("member").get(BOARD).text


def test_a_change_is_on_the_board_at_once(client_for, set_up, cast):
    client = client_for("director")
    client.get(BOARD)

    with set_up() as session:
        stream = session.get(Workstream, cast.workstreams["HAL", Strand.METROLOGY])
        task = tasks.create(stream, "Việc mới", by=ACT)
        tasks.change_status(task, TaskStatus.DONE, by=ACT)

    page = parse(client.get(BOARD))
    assert (
        page.select_one("td:has([href$=HAL\\/metrology]) .cell__top > span").get_text(strip=True)
        == "1/1"
    )


def test_htmx_gets_the_part_and_the_page_holds_the_same_part(client_for):
    client = client_for("director")

    part = parse(client.get("/?health=late", headers={"HX-Request": "true"}))
    page = parse(client.get("/?health=late"))

    assert part.select_one("#board") == page.select_one("#board")
    assert part.select("html") == []


def test_the_filter_stands_in_the_address_and_is_shown(client_for):
    page = parse(client_for("director").get("/?strand=metrology&since=01/11/2026"))

    assert page.select_one("#strand [selected]")["value"] == "metrology"
    assert page.select_one("#since")["value"] == "01/11/2026"
    assert page.select_one("#board-changes h2").get_text() == "Thay đổi từ 01/11/2026"


@pytest.mark.parametrize(
    "query",
    ["health=blue", "strand=%00", "lead=abc", "since=31/02/2026", "since=2026", "lead=99999"],
)
def test_nonsense_in_the_address_counts_as_not_asked(client_for, query):
    assert client_for("director").get(f"/?{query}").status_code == 200


def test_in_english_the_words_are_english(client_for, set_up, cast):
    client = client_for("director")
    client.post("/account/preferences", data={"language": "en"})

    assert parse(client.get(BOARD)).html["lang"] == "en"


def test_the_board_takes_a_constant_number_of_queries(client_for, set_up, cast, past_work, queries):
    client, address = client_for("director"), "/?since=2026-11-02"
    with set_up() as session:
        snapshots.keep(nights.missed(date(2026, 11, 22), most=60))
        session.commit()
    client.get(address)
    counts = []

    for some in (1, 3):
        with set_up() as session:
            for number in range(some):
                make.whole_group(session, f"G{some}{number}")
            tasks.create(make.stream_of(session, cast), "Thêm", by=ACT)
            session.commit()
        with queries() as statements:
            client.get(address)
        counts.append(len(statements))

    assert counts == [22, 22]


def test_what_one_reader_sent_is_not_shown_to_another(client_for):
    client_for("director").get("/?zzz=POISON&lead=abc")

    assert "POISON" not in client_for("administrator").get("/").text


@pytest.fixture
def past_work(set_up, cast):
    """A task of HAL metrology, begun in October, overdue since 5 November, done on the 20th."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        plan = (
            (tasks.create, "Đo thử", "2026-10-01", {"due": date(2026, 11, 5)}),
            (tasks.create, "Việc mới", "2026-11-18", {}),
        )
        made = [do(stream, title, by=on(day), **values) for do, title, day, values in plan]
        tasks.change_status(made[0], TaskStatus.DONE, by=on("2026-11-20"))
        session.commit()


def on(day):
    return Act(person_id=None, at=datetime.fromisoformat(f"{day}T02:00+00:00"), cause="web")


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_past_day_is_shown_as_it_was_whether_it_is_kept_or_played_again(
    client_for, set_up, past_work, is_kept
):
    if is_kept:
        with set_up() as session:
            snapshots.keep(nights.missed(date(2026, 11, 22), most=60))
            session.commit()

    page = parse(client_for("director").get("/?as_of=10/11/2026&since=2026-11-01"))

    assert "Bảng tại ngày 10/11/2026" in page.select_one("#board-as-of").get_text()
    cell = page.select_one("td:has([href$=HAL\\/metrology])")
    assert (cell["data-health"], cell.select_one(".cell__top > span").get_text()) == (
        "at_risk",
        "0/1",
    )
    assert page.select_one("#board-facts [href*=overdue]") is None
    overdue = page.select("#board-facts .facts__one")[5]
    assert [part.get_text() for part in overdue.select("b, i")] == ["1", "+1"]
    assert (
        page.select_one("#board-changes h2").get_text() == "Thay đổi từ 01/11/2026 đến 10/11/2026"
    )
    assert page.select_one("#board-changes .list [href$=metrology]")
    assert page.select_one("[href*=hide]") is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2026-11-30", "Ngày 30/11/2026 chưa tới"),
        ("2026-09-30", "Chưa có số liệu trước ngày 01/10/2026"),
        ("31/02/2026", "31/02/2026"),
    ],
)
def test_a_day_without_a_board_is_said(client_for, past_work, asked, said):
    answer = client_for("director").get(f"/?as_of={asked}")

    page = parse(answer)
    assert answer.status_code == 200
    assert page.select_one("#board-matrix") is None
    assert said in page.select_one("#board").get_text() + page.select_one("#as_of")["value"]


def test_today_asked_for_as_a_day_is_the_live_board(client_for, past_work):
    assert (
        parse(client_for("director").get("/?as_of=2026-11-23")).select_one("#board-as-of") is None
    )


def test_a_past_day_shows_nothing_that_one_may_not_see_today(client_for, past_work):
    address = "/?as_of=2026-11-10&since=2026-11-01"

    assert "/groups/SOL" in client_for("director").get(address).text
    assert "/groups/SOL" not in client_for("member").get(address).text


def test_a_day_that_is_none_is_said_and_kept_for_its_reader_only(client_for):
    page = parse(client_for("director").get("/?since=31/02/2026"))

    assert page.select_one("#since")["value"] == "31/02/2026"
    assert page.select_one("#since-error").get_text()
    assert parse(client_for("director").get("/")).select_one("#since-error") is None


def asked_again(client, version, address="/?"):
    return client.get(f"{address}v={version}", headers={"HX-Request": "true"})


def version_of(answer):
    return parse(answer).select_one("#board")["data-v"]


def test_nothing_new_is_204_and_takes_one_query(client_for, queries):
    client = client_for("director")
    version = version_of(client.get(BOARD))

    with queries() as statements:
        answer = asked_again(client, version)

    assert (answer.status_code, answer.data, len(statements)) == (204, b"", 1)


def test_a_change_brings_the_part_anew_with_the_filters_kept(client_for, set_up, cast):
    client = client_for("director")
    version = version_of(client.get("/?strand=metrology"))
    change(set_up, cast, "HAL")

    answer = asked_again(client, version, "/?strand=metrology&")

    assert answer.status_code == 200
    assert parse(answer).select_one("#strand [selected]")["value"] == "metrology"
    assert version_of(answer) != version


def test_what_changes_in_a_group_one_does_not_see_is_nothing_new(client_for, set_up, cast):
    director, member = client_for("director"), client_for("member")
    had = {client: version_of(client.get(BOARD)) for client in (director, member)}
    change(set_up, cast, "SOL")

    assert asked_again(director, had[director]).status_code == 200
    answer = asked_again(member, had[member])
    assert answer.status_code == 204
    assert asked_again(member, answer.headers["Board-Version"]).status_code == 204


def test_who_is_signed_out_is_told_so(app, cast):
    assert asked_again(app.test_client(), "1-x").status_code == 401


def test_a_session_that_was_ended_is_told_so(client_for, set_up, cast):
    client = client_for("member")
    version = version_of(client.get(BOARD))
    with set_up() as session:
        account = session.get(Account, cast["member"].account_id)
        account.epoch += 1

    assert asked_again(client, version).status_code == 401


def test_another_day_brings_the_board_anew(client_for, clock):
    client = client_for("director")
    version = version_of(client.get(BOARD))
    clock.shift(24 * 3600)

    assert asked_again(client, version).status_code == 200


def change(set_up, cast, key):
    with set_up() as session:
        stream = session.get(Workstream, cast.workstreams[key, Strand.METROLOGY])
        tasks.create(stream, "Việc mới", by=ACT)


def test_rows_stand_under_the_programmes_asked_for(client_for, set_up, cast):
    client = client_for("director")
    with set_up():
        programmes.create(name="Hội nhập", groups=[cast.groups["SOL"]], by=ACT)

    page = parse(client.get("/?group_by=programme"))

    assert [th.contents[0].strip() for th in page.select(".matrix__section th")] == [
        "Hội nhập",
        "Ngoài các chương trình",
    ]
    assert [a["href"] for a in parse(client.get("/?programme=1")).select("tbody th a")] == [
        "/groups/SOL"
    ]


def is_compact(answer):
    return parse(answer).select_one("#board").get("data-density") == "compact"


def test_the_room_rows_take_is_remembered_when_a_link_of_ours_asked_for_it(client_for):
    client = client_for("director")

    assert is_compact(client.get("/?density=compact"))
    assert not is_compact(client.get(BOARD))
    client.get("/?density=compact", headers={"Referer": "http://localhost/"})
    assert is_compact(client.get(BOARD))
    assert not is_compact(client.get("/?density=comfortable"))


def test_a_task_that_went_to_a_group_of_later_does_not_hold_up_a_past_day(
    client_for, set_up, cast, past_work
):
    with set_up() as session:
        group = groups.create(key="NEW", name="Tổ mới", by=on("2026-11-15"))
        (stream, *_) = read_groups.workstreams(group)
        task = session.query(Task).filter_by(title="Đo thử").one()
        tasks.place(task, workstream=stream, by=on("2026-11-16"))
        session.commit()

    answer = client_for("director").get("/?as_of=2026-11-10&since=2026-09-30")

    assert answer.status_code == 200
    assert "NEW" not in answer.text
