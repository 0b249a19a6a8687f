"""Links on the pages of what waits, and moves that show what they push before they are saved."""

from datetime import date

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.html import assert_swap_equals_reload, form, one, parse, texts, words
from tests.services.acts import changes_of
from tracker.models import Dependency, Milestone, OutboxItem, Strand, Task

HTMX = {"HX-Request": "true"}
FIRST = "01/12/2026 → 17/12/2026 +16 ngày (12 ngày làm việc)"
SECOND = "01/12/2026 → 21/12/2026 +20 ngày (14 ngày làm việc)"
DAY, NEW = date(2026, 12, 1), date(2026, 12, 15)


@pytest.fixture
def chain(set_up, cast):
    """HAL-M1 ← HAL-M2 ← HAL-1, in three strands, each two working days behind the other."""
    strands = (Strand.STANDARDS, Strand.METROLOGY, Strand.INSPECTION)
    with set_up() as session:
        streams = [make.stream_of(session, cast, strand=strand) for strand in strands]
        first = make.milestone(session, streams[0], title="Công bố", baseline=DAY, forecast=DAY)
        second = make.milestone(session, streams[1], title="Đo được", baseline=DAY, forecast=DAY)
        task = make.task(
            session, streams[2], title="Kiểm tra", due=DAY, owner_id=cast["member"].person_id
        )
        make.link(session, first, second, lag=2)
        make.link(session, second, task, lag=2)
    return "HAL-M1", "HAL-M2", "HAL-1"


def stored(set_up, code):
    with set_up() as session:
        table = Milestone if "-M" in code else Task
        return session.scalar(select(table).where(table.code == code))


def forecasts(set_up):
    with set_up() as session:
        return {
            thing.code: thing.forecast
            for table in (Milestone, Task)
            for thing in session.scalars(select(table))
            if thing.code.startswith("HAL")
        }


def history_of(set_up, code):
    thing = stored(set_up, code)
    with set_up():
        return [
            (c.field, c.new, c.cause, c.reason, c.sentence)
            for c in changes_of(thing)
            if c.field == "forecast"
        ]


class TestLinks:
    def test_an_item_shows_what_it_waits_for_and_what_waits_for_it(self, client_for, chain):
        page = client_for("observer").get(f"/milestones/{chain[1]}")

        panel = one(page, "#milestone-HAL-M2-waits")
        assert texts(str(panel), "h4") == ["Chờ", "Đang được chờ bởi"]
        assert texts(str(panel), "li a") == ["Công bố", "Kiểm tra"]
        assert "HAL-M1 · Tiêu chuẩn · rồi thêm 2 ngày làm việc" in words(panel)
        assert "Sớm nhất 03/12/2026 vì phải chờ HAL-M1." in words(panel)
        assert panel.select("form") == []

    def test_a_link_is_added_by_code_or_title_and_taken_back(self, client_for, set_up, chain):
        client = client_for("secretary")
        with set_up() as session:
            session.query(Dependency).delete()
        page = client.get("/tasks/HAL-1")
        assert "what" in form(page, "#task-HAL-1-waits form")

        added = client.post("/tasks/HAL-1/waits", data={"what": "đo được", "lag": 3}, headers=HTMX)

        assert_swap_equals_reload(client, added, "/tasks/HAL-1")
        assert texts(added, "#task-HAL-1-waits li a") == ["Đo được"]
        assert "Chờ HAL-M2 + 3 ngày làm việc" in " ".join(texts(added, ".changed"))

        address = one(added, "#task-HAL-1-waits li form")["action"]
        removed = client.post(address, headers=HTMX)
        assert_swap_equals_reload(client, removed, "/tasks/HAL-1")
        assert texts(removed, "#task-HAL-1-waits li a") == []

    def test_without_a_script_the_same_comes_back_to_the_page(self, client_for, set_up, chain):
        client = client_for("head")
        data = {"what": "HAL-M1 · Công bố", "lag": ""}

        added = client.post("/tasks/HAL-1/waits", data=data)

        assert (added.status_code, added.location) == (303, "/tasks/HAL-1#task-HAL-1-waits")
        with set_up() as session:
            assert session.query(Dependency).count() == 3

    @pytest.mark.parametrize(
        ("code", "data", "sentence"),
        [
            ("HAL-M1", {"what": "HAL-1"}, "thành vòng: HAL-1 → HAL-M1 → HAL-M2 → HAL-1."),
            ("HAL-M2", {"what": "HAL-M1"}, "đã chờ HAL-M1 rồi"),
            ("HAL-M2", {"what": "HAL-M2"}, "không thể chờ chính nó"),
            ("HAL-M2", {"what": "HAL-M9"}, "Không tìm thấy"),
            ("HAL-M2", {"what": "Mốc mật của Sol"}, "Không tìm thấy"),
            ("HAL-M2", {"what": "SOL-M1"}, "Không tìm thấy"),
            ("HAL-M2", {"what": "HAL-M3"}, "đang ở trong thùng rác"),
            ("HAL-M2", {"what": "giống nhau"}, "Có nhiều mục như vậy: HAL-"),
            ("HAL-M2", {"what": "HAL-1", "lag": "-1"}, "0"),
            ("HAL-M2", {"what": ""}, ""),
        ],
    )
    def test_a_mistake_is_told_at_the_field(
        self, client_for, set_up, cast, chain, code, data, sentence
    ):
        with set_up() as session:
            stream = make.stream_of(session, cast)
            make.milestone(session, stream, deleted_at=make.AGES_AGO)
            for _ in range(2):
                make.task(session, stream, title="Hai việc giống nhau")
        kind = "milestones" if "-M" in code else "tasks"

        refused = client_for("head").post(f"/{kind}/{code}/waits", data=data, headers=HTMX)

        assert refused.status_code == 422
        (told,) = texts(refused, ".field__error")
        assert sentence in told
        with set_up() as session:
            assert session.query(Dependency).count() == 2

    def test_suggestions_are_what_one_may_see(self, client_for, chain):
        client = client_for("head")

        offered = client.get("/tasks/HAL-1/waits/offered?what=công")
        secret = client.get("/tasks/HAL-1/waits/offered?what=mật")

        assert [option["value"] for option in parse(offered).select("option")] == [
            "HAL-M1 · Công bố"
        ]
        assert parse(secret).select("option") == []

    def test_a_link_to_what_one_may_not_see_is_not_there(self, client_for, set_up, cast, chain):
        with set_up() as session:
            secret = session.get_one(Milestone, cast.secret_milestone_id)
            first = session.scalar(select(Milestone).where(Milestone.code == "HAL-M1"))
            link = make.link(session, secret, first).id
        client = client_for("head")

        page = client.get("/milestones/HAL-M1")

        assert "SOL" not in page.get_data(as_text=True)
        assert client.post(f"/dependencies/{link}/remove").status_code == 404


class TestPreview:
    def test_it_is_shown_while_the_date_is_chosen(self, client_for, chain):
        client = client_for("head")
        data = {"forecast": "own", "forecast_own": NEW.isoformat(), "at": "x"}

        shown = client.get("/milestones/HAL-M1/pushes", query_string=data, headers=HTMX)

        assert texts(shown, ".pushes__head b") == ["Đẩy 2 mục đang chờ"]
        assert texts(shown, ".pushes__list li") == [
            f"◆ Đo được HAL-M2 · Đo lường · chờ HAL-M1 {FIRST}",
            f"▪ Kiểm tra HAL-1 · Thanh tra, kiểm tra · Phạm Văn Ổn · chờ HAL-M2 {SECOND}",
        ]
        assert form(shown, "#x-pushes")["push"] == "all"

    @pytest.mark.parametrize("typed", ["", "never", "2026-11-30"])
    def test_nothing_is_shown_for_no_date_and_one_that_pushes_nothing(
        self, client_for, chain, typed
    ):
        address = f"/milestones/HAL-M1/pushes?forecast={typed}&at=%3Cb%3E"
        shown = client_for("head").get(address)

        assert words(one(shown, "#milestone-HAL-M1-pushes")) == ""

    def test_what_others_lead_is_told_apart(self, client_for, chain):
        data = {"forecast": NEW.isoformat()}

        shown = client_for("director").get("/milestones/HAL-M1/pushes", query_string=data)

        assert texts(shown, ".pushes__head b") == [
            "Đẩy 1 mục đang chờ",
            "1 mục cần nơi khác xác nhận",
        ]
        assert "cần tổ HAL xác nhận" in texts(shown, ".pushes__list li")[1]


def moved(mark="", **values):
    data = {
        "forecast": NEW.isoformat(),
        "reason": "other_body",
        "reason_note": "chờ Bộ",
        "pushes": mark,
    }
    return data | values


def mark_of(answer):
    return one(answer, "[name=pushes]")["value"]


class TestSaving:
    def test_without_a_preview_the_form_comes_back_with_it(self, client_for, set_up, chain):
        client = client_for("head")

        asked = client.post("/milestones/HAL-M1/forecast", data=moved())

        assert asked.status_code == 422
        assert texts(asked, ".pushes .field__error") == [
            "Ngày mới đẩy những mục này. Hãy xem rồi lưu."
        ]
        assert forecasts(set_up)["HAL-M1"] == DAY

        sent = form(asked, "main form.form") | {"forecast": NEW.isoformat()}
        assert client.post("/milestones/HAL-M1/forecast", data=sent).status_code == 303
        assert forecasts(set_up) == {
            "HAL-M1": NEW,
            "HAL-M2": date(2026, 12, 17),
            "HAL-1": date(2026, 12, 21),
        }

    def test_what_was_pushed_says_so_with_the_reason_and_the_mover(
        self, client_for, set_up, cast, chain
    ):
        client = client_for("head")
        mark = mark_of(client.get(f"/milestones/HAL-M1/pushes?forecast={NEW}"))

        client.post("/milestones/HAL-M1/forecast", data=moved(mark))

        assert history_of(set_up, "HAL-M2") == [
            ("forecast", "2026-12-17", "cascade:HAL-M1", "other_body", "HAL-M1: chờ Bộ")
        ]
        told = " ".join(texts(client.get("/tasks/HAL-1"), ".changed"))
        assert "Dự kiến 21/12/2026 · Đơn vị khác: HAL-M1: chờ Bộ" in told
        assert "dời theo HAL-M1" in told
        with set_up() as session:
            mails = session.scalars(select(OutboxItem).where(OutboxItem.kind == "mail.pushed"))
            assert [mail.payload["person_id"] for mail in mails] == [cast["member"].person_id]

    def test_one_may_move_only_what_one_moves(self, client_for, set_up, chain):
        client = client_for("head")
        mark = mark_of(client.get(f"/milestones/HAL-M1/pushes?forecast={NEW}"))

        client.post("/milestones/HAL-M1/forecast", data=moved(mark, push="only"))

        assert forecasts(set_up) == {"HAL-M1": NEW, "HAL-M2": DAY, "HAL-1": None}

    def test_a_world_that_moved_meanwhile_is_shown_anew(self, client_for, set_up, chain):
        client = client_for("head")
        mark = mark_of(client.get(f"/milestones/HAL-M1/pushes?forecast={NEW}"))
        with set_up() as session:
            second = session.scalar(select(Milestone).where(Milestone.code == "HAL-M2"))
            second.forecast = date(2026, 12, 16)

        stale = client.post("/milestones/HAL-M1/forecast", data=moved(mark), headers=HTMX)

        assert stale.status_code == 409
        assert "Kế hoạch vừa thay đổi" in " ".join(texts(stale, ".pushes .field__error"))
        assert "16/12/2026" in " ".join(texts(stale, ".pushes__list li"))
        assert mark_of(stale) != mark
        assert forecasts(set_up)["HAL-M1"] == DAY

    def test_others_are_told_what_they_have_to_move(self, client_for, set_up, cast, chain):
        client = client_for("director")
        mark = mark_of(client.get(f"/milestones/HAL-M1/pushes?forecast={NEW}"))

        client.post("/milestones/HAL-M1/forecast", data=moved(mark))

        assert forecasts(set_up) == {"HAL-M1": NEW, "HAL-M2": date(2026, 12, 17), "HAL-1": None}
        with set_up() as session:
            wanted = select(OutboxItem).where(OutboxItem.kind == "mail.push_wanted")
            told = {mail.payload["person_id"] for mail in session.scalars(wanted)}
        leaders = ("head", "deputy", "secretary", "member")
        assert told == {cast[role].person_id for role in leaders}

    @pytest.mark.parametrize("view", ["row", "card", "facts", "todo"])
    def test_a_task_asks_the_same_wherever_its_forecast_is_moved(
        self, client_for, set_up, cast, chain, view
    ):
        with set_up() as session:
            task = session.scalar(select(Task).where(Task.code == "HAL-1"))
            last = make.task(
                session,
                make.stream_of(session, cast),
                title="Báo cáo",
                due=DAY,
                owner_id=cast["member"].person_id,
            )
            make.link(session, task, last)
        client = client_for("member")
        data = moved(view=view, show="all")

        asked = client.post("/tasks/HAL-1/forecast", data=data, headers=HTMX)

        assert asked.status_code == 422
        assert "Báo cáo" in " ".join(texts(asked, ".pushes__list li"))
        data["pushes"] = mark_of(asked)
        assert client.post("/tasks/HAL-1/forecast", data=data, headers=HTMX).status_code == 200
        assert forecasts(set_up)["HAL-2"] == NEW

    def test_so_does_a_due_date_while_nobody_gave_a_forecast(self, client_for, set_up, cast, chain):
        with set_up() as session:
            task = session.scalar(select(Task).where(Task.code == "HAL-1"))
            stream = make.stream_of(session, cast)
            make.link(session, task, make.milestone(session, stream, title="Cuối", forecast=DAY))
        client = client_for("director")
        data = {"due": NEW.isoformat(), "reason": "budget", "view": "facts"}

        (first,) = texts(client.get(f"/tasks/HAL-1/pushes?due={NEW}"), ".pushes__list li")
        asked = client.post("/tasks/HAL-1/due", data=data, headers=HTMX)
        assert asked.status_code == 422
        assert texts(asked, ".pushes__list li") == [first]

        data["pushes"] = mark_of(asked)
        assert client.post("/tasks/HAL-1/due", data=data, headers=HTMX).status_code == 200
        assert stored(set_up, "HAL-1").due == NEW
        assert forecasts(set_up)["HAL-M3"] == NEW

    def test_a_due_date_beside_a_forecast_pushes_nothing(self, client_for, set_up, cast, chain):
        with set_up() as session:
            task = session.scalar(select(Task).where(Task.code == "HAL-1"))
            task.forecast = DAY
            make.link(
                session, task, make.milestone(session, make.stream_of(session, cast), forecast=DAY)
            )

        saved = client_for("head").post(
            "/tasks/HAL-1/due", data={"due": NEW.isoformat(), "reason": "budget"}, headers=HTMX
        )

        assert saved.status_code == 200
        assert forecasts(set_up)["HAL-M3"] == DAY

    @pytest.mark.parametrize(
        ("address", "code"), [("/milestones/HAL-M2/edit", "HAL-M2"), ("/tasks/HAL-1/edit", "HAL-1")]
    )
    def test_the_whole_form_asks_too(self, client_for, set_up, cast, chain, address, code):
        with set_up() as session:
            last = make.milestone(
                session, make.stream_of(session, cast), title="Cuối", baseline=DAY, forecast=DAY
            )
            table = Milestone if "-M" in code else Task
            make.link(session, session.scalar(select(table).where(table.code == code)), last)
        client = client_for("head")
        data = form(client.get(address), "main form.form") | {
            "forecast": "15/12/2026",
            "reason": "budget",
        }

        asked = client.post(address, data=data)
        assert asked.status_code == 422
        assert "Cuối" in " ".join(texts(asked, ".pushes__list li"))

        again = form(asked, "main form.form")
        assert client.post(address, data=again).status_code == 303
        assert forecasts(set_up)["HAL-M3"] == NEW
        assert history_of(set_up, "HAL-M3")[-1][2:4] == (f"cascade:{code}", "budget")

    def test_a_whole_form_that_leaves_the_forecast_pushes_nothing(self, client_for, set_up, chain):
        client = client_for("head")
        data = form(client.get("/milestones/HAL-M1/edit"), "main form.form")

        saved = client.post("/milestones/HAL-M1/edit", data=data | {"title": "Công bố TCVN"})

        assert saved.status_code == 303
        assert forecasts(set_up)["HAL-M2"] == DAY

    def test_a_first_date_that_pushes_needs_a_reason_all_the_same(
        self, client_for, set_up, cast, chain
    ):
        with set_up() as session:
            undated = make.milestone(session, make.stream_of(session, cast))
            second = session.scalar(select(Milestone).where(Milestone.code == "HAL-M2"))
            make.link(session, undated, second)
            code = undated.code
        client = client_for("head")
        mark = mark_of(client.get(f"/milestones/{code}/pushes?forecast={NEW}"))

        refused = client.post(f"/milestones/{code}/forecast", data=moved(mark, reason=""))

        assert refused.status_code == 422
        assert "Hãy chọn lý do dời ngày." in texts(refused, ".field__error")
        assert forecasts(set_up)["HAL-M2"] == DAY

    def test_nothing_is_pushed_beyond_the_last_year(self, client_for, set_up, chain):
        with set_up() as session:
            for link in session.query(Dependency):
                link.lag = 500
        client = client_for("head")
        mark = mark_of(client.get("/milestones/HAL-M1/pushes?forecast=2099-12-01"))

        refused = client.post(
            "/milestones/HAL-M1/forecast", data=moved(mark, forecast="2099-12-01")
        )

        assert refused.status_code == 422
        assert forecasts(set_up)["HAL-M2"] == DAY
