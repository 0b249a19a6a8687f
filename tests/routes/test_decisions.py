from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.html import form, one, parse, texts, words
from tracker.models import Decision, DecisionLink, DecisionState, Group, Task, TaskStatus
from tracker.services import decisions as do
from tracker.services.act import Act

HTMX = {"HX-Request": "true"}
ANSWER = {"chosen": "1", "text": "Làm ngay.", "decided_on": "23/11/2026"}


@pytest.fixture
def task(set_up, cast):
    """The code of a blocked one."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        return make.task(session, stream, title="Đo mẫu", status=TaskStatus.BLOCKED).code


@pytest.fixture
def ask(set_up, cast, task):
    """Put a question of the head, by its code; asked ten days ago."""

    def asked(**values):
        with set_up() as session:
            stalls = session.query(Task).filter_by(code=task).all()
            group = stalls[0].group_id
            values = {
                "question": "Chọn nơi nào?",
                "options": ("Viện 1", "Viện 2"),
                "recommended": 0,
                "wanted_from_id": cast["director"].person_id,
                "wanted_by": date(2026, 11, 20),
                "stalls": tuple(stalls),
            } | values
            at = NOW - timedelta(days=10)
            by = Act(person_id=cast["head"].person_id, at=at, cause="web")
            found = session.get(Group, group)
            return do.ask(found, do.Question(**values), by=by).code

    return asked


def stored(set_up, code="HAL-Q1"):
    with set_up() as session:
        return session.query(Decision).filter_by(code=code).one()


def asked_with(client, address, **values):
    """The form of a question as it is shown, with what is typed."""
    fields = form(client.get(address), "#decision-form") | values
    return {name: value for name, value in fields.items() if name != "add"}


def sent(client, code, **values):
    """The answer form as it is shown, with what is typed."""
    return {**form(client.get(f"/decisions/{code}"), ".decision__form"), **ANSWER, **values}


# ---------------------------------------------------------------- asking


def test_the_head_asks_with_what_stalls_and_the_director_has_it_first(client_for, set_up, task):
    head = client_for("head")
    typed = {
        "question": "Chọn nơi nào?",
        "options": "Viện 1\nViện 2",
        "wanted_by": "+2 tuần",
        "stall": f"{task} · Đo mẫu",
    }
    new = "/groups/HAL/decisions/new"

    answer = head.post(new, data=asked_with(head, new, **typed))

    assert answer.status_code == 303
    assert stored(set_up).options == ["Viện 1", "Viện 2"]
    director = client_for("director")
    assert texts(director.get("/decisions"), ".decision-card__title") == ["Chọn nơi nào?"]
    assert texts(director.get(answer.location), ".decision__stall a") == ["Đo mẫu"]


def test_one_more_thing_that_stalls_is_added_before_anything_else_is_right(client_for, task):
    head = client_for("head")
    new = "/groups/HAL/decisions/new"

    added = head.post(new, data={"add": "y", "stall": task.lower(), "question": "Chọn"})
    wrong = head.post(new, data={"add": "y", "stall": "HAL-999", "stalls": task})

    assert (added.status_code, wrong.status_code) == (200, 422)
    assert [box["value"] for box in parse(added).select("[name=stalls]")] == [task]
    assert one(added, "[name=question]")["value"] == "Chọn"
    assert texts(wrong, ".field__error") == ["Không tìm thấy mốc hay nhiệm vụ nào như vậy."]
    assert [box["value"] for box in parse(wrong).select("[name=stalls]")] == [task]


def test_enter_sends_the_question_and_adds_nothing(client_for, ask):
    head = client_for("head")
    pages = [head.get(f"/{at}") for at in ("groups/HAL/decisions/new", f"decisions/{ask()}/edit")]

    for page in pages:
        buttons = one(page, "#decision-form").select("button:not([type=button])")
        first, *_stalls, shown = buttons  # the browser takes the first one for Enter
        assert (first.get("name"), first.get_text()) == (None, shown.get_text())
        assert (first["tabindex"], first["aria-hidden"]) == ("-1", "true")
        assert not first.has_attr("hidden")
        assert not first.has_attr("disabled")


def test_what_is_offered_is_of_the_group(client_for, task, set_up, cast):
    with set_up() as session:
        make.task(session, make.stream_of(session, cast, "SOL"), title="Đo mẫu mật")
    director = client_for("administrator")

    offered = parse(director.get("/groups/HAL/decisions/offered?stall=Đo mẫu"))

    assert [one["value"] for one in offered.select("option")] == [f"{task} · Đo mẫu"]


def test_a_question_put_otherwise_by_two_is_chosen_between(client_for, set_up, ask, task):
    code, head, secretary = ask(), client_for("head"), client_for("secretary")
    edit = f"/decisions/{code}/edit"
    first, second = (asked_with(one, edit) for one in (head, secretary))

    head.post(edit, data=first | {"options": "Viện 3\nViện 4"})
    refused = secretary.post(edit, data=second | {"options": "Viện 5"})

    assert refused.status_code == 409
    assert texts(refused, ".conflict__choice span") == ["Viện 5", "Viện 3 Viện 4"]
    chosen = form(refused, "form.conflict")
    secretary.post(edit, data=chosen)
    assert stored(set_up).options == ["Viện 5"]
    told = words(one(head.get(f"/decisions/{code}"), ".stream"))
    assert "Các phương án Viện 1, Viện 2 → Viện 3, Viện 4" in told


# ---------------------------------------------------------------- answering


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_director_answers_and_the_task_says_so(client_for, set_up, ask, task, headers):
    code, director = ask(), client_for("director")
    before = texts(director.get(f"/tasks/{task}"), ".decision-fact b")

    answer = director.post(f"/decisions/{code}/answer", data=sent(director, code), headers=headers)

    assert answer.status_code == (200 if headers else 303)
    decision = stored(set_up)
    assert (decision.state, decision.chosen, decision.answer) == (
        DecisionState.ANSWERED,
        1,
        "Làm ngay.",
    )
    page = director.get(f"/decisions/{code}")
    if headers:
        assert words(parse(answer)) == words(one(page, ".decision"))
    assert before == ["Chờ quyết định đã 10 ngày"]
    after = director.get(f"/tasks/{task}")
    assert texts(after, ".decision-fact b") == ["✓ Đã có ý kiến ngày 23/11/2026"]
    assert f"Đã có ý kiến {code}" in words(one(after, ".stream"))


def test_an_answer_in_words_alone_is_told_by_the_list_and_the_task(client_for, ask, task):
    """No option was chosen, so the words themselves are shown, long ones cut."""
    director, code = client_for("director"), ask()
    words_only = {"chosen": "", "text": "Giao **QUATEST 3** làm ngay. " * 20}
    director.post(f"/decisions/{code}/answer", data=sent(director, code, **words_only))
    for address in ("/decisions?state=answered", f"/tasks/{task}"):
        assert "Giao QUATEST 3 làm ngay." in words(one(director.get(address), "main")), address


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_second_of_two_directors_sees_the_first_answer_and_keeps_the_own_words(
    client_for, set_up, ask, headers
):
    code, director = ask(), client_for("director")
    second = sent(director, code, chosen="0", text="Tôi chọn khác.")
    director.post(f"/decisions/{code}/answer", data=sent(director, code))

    answer = director.post(f"/decisions/{code}/answer", data=second, headers=headers)

    assert answer.status_code == 409
    assert one(answer, "textarea").get_text() == "Tôi chọn khác."
    assert "Làm ngay." in words(one(answer, "#decision-both"))
    assert texts(answer, "#decision-both section > p b") == ["Viện 2", "Viện 1"]
    assert stored(set_up).chosen == 1


def test_of_two_who_answer_in_the_same_moment_one_is_second(client_for, set_up, ask):
    code, clients = ask(), [client_for("director"), client_for("director")]
    answers = [sent(client, code, chosen=str(number)) for number, client in enumerate(clients)]

    with ThreadPoolExecutor(2) as pool:
        at = f"/decisions/{code}/answer"
        came = list(pool.map(lambda who, data: who.post(at, data=data), clients, answers))

    assert sorted(answer.status_code for answer in came) == [303, 409]
    assert stored(set_up).chosen == [one_.status_code for one_ in came].index(303)


def test_a_question_put_otherwise_meanwhile_is_shown_again_with_what_was_typed(
    client_for, set_up, ask, cast
):
    code, director, head = ask(), client_for("director"), client_for("head")
    typed = sent(director, code)
    edit = f"/decisions/{code}/edit"
    head.post(edit, data=asked_with(head, edit, options="Viện 3\nViện 2"))

    answer = director.post(f"/decisions/{code}/answer", data=typed)

    assert answer.status_code == 409
    assert one(answer, "textarea").get_text().strip() == "Làm ngay."
    assert "Viện 3" in words(one(answer, ".decision__choices"))
    again = form(answer, ".decision__form")
    assert director.post(f"/decisions/{code}/answer", data=again).status_code == 303
    assert stored(set_up).answer == "Làm ngay."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"chosen": "", "text": " "}, "Hãy chọn một phương án hoặc viết ý kiến."),
        ({"chosen": "7"}, "Hãy chọn một mục trong danh sách."),
        ({"decided_on": "24/11/2026"},
            "Ngày cho ý kiến phải từ ngày xin ý kiến (13/11/2026) đến hôm nay."),
        ({"document_number": "45/TB"}, "Hãy nhập cả số và ngày của văn bản."),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_comes_back(client_for, ask, typed, sentence):
    code, director = ask(), client_for("director")

    answer = director.post(f"/decisions/{code}/answer", data=sent(director, code, **typed))

    assert answer.status_code == 422
    assert sentence in texts(answer, ".field__error")


def test_the_number_of_the_document_follows_and_stays(client_for, set_up, ask):
    code, director, secretary = ask(), client_for("director"), client_for("secretary")
    director.post(f"/decisions/{code}/answer", data=sent(director, code))
    at = f"/decisions/{code}/document"
    paper = {"document_number": "45/TB-TĐC", "document_date": "23/11/2026"}

    wrong = secretary.post(at, data=paper | {"document_date": ""})
    saved = secretary.post(at, data=paper)

    assert (wrong.status_code, saved.status_code) == (422, 303)
    assert "45/TB-TĐC ngày 23/11/2026" in words(one(director.get(saved.location), ".decision"))
    assert secretary.post(at, data=paper).status_code == 403


def test_a_question_is_taken_back_with_a_reason(client_for, set_up, ask):
    code, head = ask(), client_for("head")
    at = f"/decisions/{code}/withdraw"

    assert head.post(at, data={"because": " "}).status_code == 422
    assert head.post(at, data={"because": "Bộ đã trả lời."}).status_code == 303
    assert "Bộ đã trả lời." in words(one(head.get(f"/decisions/{code}"), ".decision"))
    late = client_for("director").post(f"/decisions/{code}/answer", data=ANSWER)
    assert (late.status_code, stored(set_up).state) == (409, DecisionState.WITHDRAWN)


# ---------------------------------------------------------------- lists


def test_the_lists_show_what_waits_and_filter(client_for, ask, set_up):
    old = ask()
    ask(question="Ai ký?", wanted_by=date(2026, 11, 30))
    director = client_for("director")
    director.post(f"/decisions/{old}/answer", data=sent(director, old))

    def listed(query, client=director, place="/decisions"):
        return texts(client.get(f"{place}{query}"), ".decision-card__title")

    assert listed("") == ["Ai ký?"]
    assert listed("?state=answered") == ["Chọn nơi nào?"]
    assert listed("?state=all&mine=y") == ["Ai ký?", "Chọn nơi nào?"]
    assert listed("", client_for("member"), "/groups/HAL/decisions") == ["Ai ký?"]
    empty = director.get("/decisions?state=withdrawn")
    assert texts(empty, ".empty h2") == ["Không có kiến nghị nào như vậy"]


def test_the_file_has_what_the_list_shows(client_for, ask):
    ask()
    director = client_for("director")

    text = director.get("/decisions.csv").get_data(as_text=True)

    assert text.splitlines()[1].startswith("HAL-Q1;Chọn nơi nào?;")
    assert director.get("/groups/HAL/decisions.xlsx").data[:2] == b"PK"
    nothing = director.get("/decisions.csv?state=withdrawn").get_data(as_text=True)
    assert len(nothing.splitlines()) == 1
    assert director.get("/decisions.pdf").status_code == 404


def test_nothing_of_a_restricted_group_is_told(client_for, set_up, cast, task):
    with set_up() as session:
        stream = make.stream_of(session, cast, "SOL")
        question = do.Question(
            question="Điều mật?",
            wanted_from_id=cast["director"].person_id,
            wanted_by=date(2026, 11, 30),
        )
        by = Act(person_id=cast["sol_head"].person_id, at=NOW, cause="web")
        code = do.ask(stream.group, question, by=by).code
        asked, stalled = (
            session.query(table).filter_by(code=one_).one().id
            for table, one_ in ((Decision, code), (Task, task))
        )
        make.add(session, DecisionLink(decision_id=asked, task_id=stalled))
    member, director = client_for("member"), client_for("director")

    assert member.get(f"/decisions/{code}").status_code == 404
    for address in ("/decisions?state=all", "/decisions.csv?state=all", f"/tasks/{task}", "/"):
        assert "Điều mật?" not in member.get(address).get_data(as_text=True)
        assert "Điều mật?" in director.get(address).get_data(as_text=True)
