from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from tests import factories as make
from tests import meetings
from tests.conftest import NOW, free_port
from tests.exports.reports import make_facts
from tracker.jobs import mail as job
from tracker.jobs import ticking
from tracker.lib.periods import PeriodBasis, PeriodKind, parse
from tracker.models import Account, Group, MoveReason, OutboxItem, ReportState, Task, TaskStatus
from tracker.policies.actor import Actor
from tracker.queries import accounts, cascades
from tracker.queries import meetings as read_meetings
from tracker.queries import minutes as read_minutes
from tracker.queries import outbox as read
from tracker.services import accounts as accounts_do
from tracker.services import cascades as cascades_do
from tracker.services import (
    confirmations,
    decisions,
    directives,
    extension_requests,
    history,
    milestones,
    notifications,
    regimes,
    reports,
    risks,
    tasks,
)
from tracker.services.act import Act, Why

DIRECTOR = Actor(person_id=0, person_name="", is_director=True)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def app_settings(mailbox):
    return {"smtp_url": mailbox.url, "base_url": "https://nqi.example.test"}


@pytest.fixture
def config(app):
    return app.extensions["tracker.config"]


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


def by(player, cause="web"):
    return Act(person_id=player.person_id, at=NOW, cause=cause)


def letters(mailbox):
    """(recipient, subject, text) of what arrived, by recipient."""
    found = []
    for _sender, (recipient,), content in mailbox:
        message = message_from_bytes(content, policy=policy.default)
        text = message.get_body(("plain",)).get_content()
        found.append((recipient, str(message["Subject"]), text))
    return sorted(found)


def assigned(session, cast, stream, number, role="member", cause="web"):
    for index in range(number):
        tasks.create(
            stream,
            f"Việc {index + 1}",
            by=by(cast["head"], cause),
            owner_id=cast[role].person_id,
        )
    session.commit()


def undone(session):
    return session.scalars(select(OutboxItem).where(OutboxItem.done_at.is_(None))).all()


def test_the_new_owner_gets_a_letter(db_session, cast, stream, config, mailbox):
    assigned(db_session, cast, stream, 1)
    ticking.tick(config, at=NOW)

    ((recipient, subject, text),) = letters(mailbox)
    (task,) = db_session.scalars(select(Task).where(Task.title == "Việc 1"))
    assert (recipient, subject) == (cast["member"].email, f"Giao bạn: {task.code} Việc 1")
    assert f"{cast['head'].name} vừa giao bạn 1 nhiệm vụ:" in text
    assert f"https://nqi.example.test/tasks/{task.code}" in text
    assert undone(db_session) == []


def test_an_import_of_many_tasks_is_one_letter_a_person(db_session, cast, stream, config, mailbox):
    assigned(db_session, cast, stream, 35, cause="import:7")
    assigned(db_session, cast, stream, 1, role="deputy", cause="import:7")
    ticking.tick(config, at=NOW)

    subjects = {recipient: subject for recipient, subject, _ in letters(mailbox)}
    assert len(mailbox) == 2
    assert subjects[cast["member"].email] == "Giao bạn 35 nhiệm vụ"


def test_a_second_tick_sends_nothing_again(db_session, cast, stream, config, mailbox):
    assigned(db_session, cast, stream, 1)
    for minutes in range(3):
        ticking.tick(config, at=NOW + timedelta(minutes=minutes))

    assert len(mailbox) == 1


def test_a_worker_that_comes_late_finds_the_items_taken(
    app, db_session, cast, stream, config, mailbox
):
    assigned(db_session, cast, stream, 2)
    seen = read.due(NOW)
    db_session.commit()
    with app.app_context():
        ticking.tick(config, at=NOW)

    assert job.deliver(seen, config, at=NOW) == 0
    assert len(mailbox) == 1


def test_what_is_no_longer_so_is_not_told(db_session, cast, stream, config, mailbox):
    assigned(db_session, cast, stream, 3)
    away, finished, deleted = db_session.scalars(
        select(Task).where(Task.title.like("Việc %")).order_by(Task.id)
    )
    away.owner_id = cast["head"].person_id
    finished.status = TaskStatus.DONE
    deleted.deleted_at = NOW
    db_session.commit()
    ticking.tick(config, at=NOW)

    assert mailbox == []
    assert undone(db_session) == []


def test_nothing_of_a_restricted_group_is_told_to_outsiders(db_session, cast, config, mailbox):
    secret = db_session.get(Task, cast.secret_task_id)
    tasks.edit(secret, {"owner_id": cast["member"].person_id}, by=by(cast["sol_head"]))
    db_session.commit()
    ticking.tick(config, at=NOW)

    assert mailbox == []


def test_approvers_hear_that_a_task_waits(db_session, cast, stream, config, mailbox):
    task = make.task(db_session, stream, title="Nộp", owner_id=cast["member"].person_id)
    tasks.change_status(task, TaskStatus.REVIEW, by=by(cast["member"]))
    db_session.commit()
    ticking.tick(config, at=NOW)

    assert [(to, subject) for to, subject, _ in letters(mailbox)] == [
        (cast[role].email, f"Chờ duyệt: {task.code} Nộp")
        for role in ("deputy", "head", "secretary")
    ]


def test_an_invited_person_gets_a_link_that_works(db_session, cast, config, mailbox):
    account = db_session.get(Account, cast["member"].account_id)
    account.password_hash = None
    notifications.announce_invitation(account, by=by(cast["administrator"]))
    db_session.commit()
    ticking.tick(config, at=NOW)

    ((recipient, subject, text),) = letters(mailbox)
    (link,) = [line for line in text.splitlines() if line.startswith("https://")]
    secret = link.removeprefix("https://nqi.example.test/invitations/")
    assert (recipient, subject) == (account.email, "Mời bạn dùng NQI Tracker")
    assert accounts.invitation(accounts_do.hashed(secret), LATER).account_id == account.id
    stored = db_session.scalars(select(OutboxItem)).all()
    assert [item.key for item in stored if secret in str(item.payload)] == []


def test_a_link_is_not_sent_to_somebody_who_is_already_in(db_session, cast, config, mailbox):
    account = db_session.get(Account, cast["member"].account_id)
    notifications.announce_invitation(account, by=by(cast["administrator"]))
    db_session.commit()
    ticking.tick(config, at=NOW)

    assert mailbox == []


def test_a_new_password_is_asked_for_in_the_readers_language(db_session, cast, config, mailbox):
    account = db_session.get(Account, cast["member"].account_id)
    account.language = "en"
    notifications.announce_invitation(account, by=by(cast["member"]), purpose="reset")
    db_session.commit()
    ticking.tick(config, at=NOW)

    ((_sender, _recipients, content),) = mailbox
    assert message_from_bytes(content)["Content-Language"] == "en"


class TestWithoutAServer:
    @pytest.fixture
    def app_settings(self):
        return {}

    def test_mail_waits_and_nothing_is_lost(self, db_session, cast, stream, config, mailbox):
        assigned(db_session, cast, stream, 1)
        ticking.tick(config, at=NOW)

        (item,) = undone(db_session)
        assert (item.kind, item.attempts, item.last_error) == (notifications.ASSIGNED, 0, None)
        assert read.backlog().waiting == 1


class TestWithAServerThatIsDown:
    @pytest.fixture
    def app_settings(self):
        return {"smtp_url": f"smtp://127.0.0.1:{free_port()}"}

    def test_mail_is_tried_again_later(self, db_session, cast, stream, config):
        assigned(db_session, cast, stream, 1)
        ticking.tick(config, at=NOW)

        (item,) = undone(db_session)
        assert (item.attempts, item.due_at) == (1, NOW + timedelta(minutes=1))
        assert "refused" in item.last_error.casefold()


class TestWithAServerThatRefusesOne:
    def test_the_others_get_theirs(self, db_session, cast, stream, config, mailbox):
        async def handle_RCPT(server, session, envelope, address, options):  # noqa: N802 - the name aiosmtpd calls
            if address == cast["member"].email:
                return "550 no such person"
            envelope.rcpt_tos.append(address)
            return "250 OK"

        mailbox.handle_RCPT = handle_RCPT
        assigned(db_session, cast, stream, 1)
        assigned(db_session, cast, stream, 1, role="deputy")
        ticking.tick(config, at=NOW)

        assert [to for to, _, _ in letters(mailbox)] == [cast["deputy"].email]
        (item,) = undone(db_session)
        assert "no such person" in item.last_error

    def test_the_link_of_a_letter_not_taken_is_not_kept(self, db_session, cast, config, mailbox):
        async def handle_DATA(server, session, envelope):  # noqa: N802 - the name aiosmtpd calls
            return "451 busy"

        mailbox.handle_DATA = handle_DATA
        account = db_session.get(Account, cast["member"].account_id)
        notifications.announce_invitation(account, by=by(cast["member"]), purpose="reset")
        db_session.commit()
        ticking.tick(config, at=NOW)

        (item,) = undone(db_session)
        assert "busy" in item.last_error
        assert accounts_do.db.session.query(accounts_do.Invitation).count() == 0


def test_who_leads_is_asked_and_who_asked_is_answered(db_session, cast, stream, config, mailbox):
    task = make.task(db_session, stream, title="Đo", due=date(2026, 12, 1))
    why = Why(reason=MoveReason.BUDGET, sentence="Chưa có dự toán.")
    request = extension_requests.ask(task, date(2026, 12, 15), why=why, by=by(cast["member"]))
    db_session.commit()
    ticking.tick(config, at=NOW)

    asked = letters(mailbox)
    assert [to for to, _, _ in asked] == sorted(
        cast[role].email for role in ("head", "deputy", "secretary")
    )
    assert {subject for _, subject, _ in asked} == {f"Xin gia hạn: {task.code} Đo"}
    assert f"https://nqi.example.test/extensions/{request.id}" in asked[0][2]

    mailbox.clear()
    extension_requests.answer(request, grant=True, sentence="Được.", by=by(cast["head"]))
    db_session.commit()
    ticking.tick(config, at=LATER)

    ((to, subject, text),) = letters(mailbox)
    assert (to, subject) == (cast["member"].email, f"Gia hạn {task.code} Đo: Đã đồng ý")
    assert "Được." in text


def test_the_director_is_asked_and_who_asked_hears_the_answer(
    db_session, cast, stream, config, mailbox
):
    director = cast["director"]
    question = decisions.Question(
        question="Chọn nơi nào?",
        options=("Viện 1", "Viện 2"),
        wanted_from_id=director.person_id,
        wanted_by=date(2026, 12, 1),
    )
    asked = decisions.ask(stream.group, question, by=by(cast["head"]))
    given_back = decisions.ask(stream.group, question, by=by(cast["head"]))
    decisions.withdraw(given_back, "Đã rõ.", by=by(cast["head"]))
    db_session.commit()
    ticking.tick(config, at=NOW)

    ((to, subject, text),) = letters(mailbox)
    assert (to, subject) == (director.email, f"Xin ý kiến: {asked.code} Chọn nơi nào?")
    assert f"https://nqi.example.test/decisions/{asked.code}" in text

    mailbox.clear()
    given = decisions.Answer(decided_on=date(2026, 11, 23), chosen=1)
    decisions.answer(asked, given, decided_by=director.person_id, by=by(director))
    db_session.commit()
    ticking.tick(config, at=LATER)

    ((to, subject, text),) = letters(mailbox)
    assert (to, subject) == (cast["head"].email, f"Đã có ý kiến: {asked.code} Chọn nơi nào?")
    assert f"Viện 2 ({director.name}, 23/11/2026)" in text


def test_what_was_answered_meanwhile_is_not_asked_any_more(
    db_session, cast, stream, config, mailbox
):
    task = make.task(db_session, stream, due=date(2026, 12, 1))
    why = Why(reason=MoveReason.BUDGET, sentence="Chưa có dự toán.")
    request = extension_requests.ask(task, date(2026, 12, 15), why=why, by=by(cast["member"]))
    extension_requests.withdraw(request, by=by(cast["member"]))
    db_session.commit()
    ticking.tick(config, at=NOW)

    assert letters(mailbox) == []


def test_the_owner_is_told_once_that_a_review_has_come(db_session, cast, stream, config, mailbox):
    mine = {"owner_id": cast["member"].person_id, "review_on": make.TODAY}
    first = make.risk(db_session, stream, title="Thiếu chuẩn", **mine)
    make.risk(db_session, stream, **mine, closed_on=make.TODAY)
    make.risk(db_session, stream, **mine | {"review_on": date(2026, 12, 1)})
    make.risk(db_session, stream, review_on=make.TODAY)  # of nobody
    later = make.risk(db_session, stream, title="Dời rồi", **mine)
    assert [risks.remind(by=by(cast["head"])) for _ in range(2)] == [2, 0]
    later.review_on = date(2026, 12, 1)
    db_session.commit()
    ticking.tick(config, at=NOW)

    ((to, subject, text),) = letters(mailbox)
    assert (to, subject) == (cast["member"].email, "1 khó khăn, rủi ro đến ngày rà soát")
    assert f"{first.code} Thiếu chuẩn" in text
    assert later.code not in text
    assert f"https://nqi.example.test/risks/{first.code}" in text


MOVED = date(2026, 12, 8)


@pytest.fixture
def waiting(db_session, cast, stream):
    """Two milestones and a task of the member's that wait for one another."""
    first, second = (
        make.milestone(db_session, stream, title=title, forecast=date(2026, 12, 1))
        for title in ("Công bố", "Đo được")
    )
    task = make.task(
        db_session,
        stream,
        title="Kiểm tra",
        due=date(2026, 12, 1),
        owner_id=cast["member"].person_id,
    )
    make.link(db_session, first, second)
    make.link(db_session, second, task, lag=1)
    db_session.commit()
    return first, second, task


def move(session, cast, first, *, role="head"):
    """Move the first and whatever the mover may move behind it."""
    account = read.account(cast[role].account_id)
    actor = accounts.actor_for(account, NOW.date())
    why = Why(reason=MoveReason.BUDGET)
    found = cascades.of(actor, first, MOVED)
    milestones.move_forecast(first, MOVED, why=why, by=by(cast[role]))
    cascades_do.push(first, found, why=why, by=by(cast[role]))
    session.commit()


def test_who_owns_what_was_pushed_is_told(db_session, cast, waiting, config, mailbox):
    move(db_session, cast, waiting[0])
    ticking.tick(config, at=NOW)

    ((recipient, subject, text),) = letters(mailbox)
    assert recipient == cast["member"].email
    assert subject == "Dự kiến của 1 nhiệm vụ được dời theo"
    assert f"{cast['head'].name} vừa dời mục mà 1 nhiệm vụ của bạn phải chờ" in text
    assert "dự kiến 09/12/2026" in text
    assert "https://nqi.example.test/tasks/HAL-1" in text


def test_who_must_move_what_others_may_not_is_told(db_session, cast, waiting, config, mailbox):
    move(db_session, cast, waiting[0], role="director")
    ticking.tick(config, at=NOW)

    told = {recipient: (subject, text) for recipient, subject, text in letters(mailbox)}
    leaders = {cast[role].email for role in ("head", "deputy", "secretary", "member")}
    assert set(told) == leaders
    subject, text = told[cast["head"].email]
    assert subject == "1 mục không còn kịp dự kiến"
    assert "sớm nhất 09/12/2026 · chờ HAL-M2" in text


def test_nobody_is_told_of_what_was_settled_meanwhile(db_session, cast, waiting, config, mailbox):
    move(db_session, cast, waiting[0], role="director")
    waiting[2].forecast = date(2026, 12, 9)
    db_session.commit()
    ticking.tick(config, at=NOW)

    assert letters(mailbox) == []
    assert undone(db_session) == []


@pytest.mark.parametrize("clears", [False, True])
def test_one_letter_a_period_asks_whoever_has_something_to_confirm(
    db_session, cast, stream, config, mailbox, clears
):
    """Two working days before it counts as stale; who has confirmed all by then hears nothing."""
    task = make.task(db_session, stream, owner_id=cast["member"].person_id)
    db_session.commit()
    told = []
    for day in (17, 18, 19):
        night = replace(by(cast["member"], "night"), at=NOW.replace(day=day))
        notifications.announce_check_in(by=night)
        told.append(len(undone(db_session)))
        db_session.commit()
        if clears:
            confirmations.confirm(task, by=night)
        ticking.tick(config, at=night.at)

    sent = [letter for letter in letters(mailbox) if letter[0] == cast["member"].email]
    if clears:
        assert sent == []
        return
    ((_, subject, text),) = sent
    assert (told[0], told[2]) == (0, 0)
    assert subject == "1 mục chờ bạn xác nhận, hạn 20/11/2026"
    assert "https://nqi.example.test/check-in" in text


def test_who_leads_hears_in_one_letter_that_units_have_to_name_somebody(
    db_session, cast, stream, config, mailbox
):
    wanted = directives.Wanted(
        workstream=stream, title="Báo cáo", due=NOW.date(), lead_unit_id=cast.unit_id
    )
    director = cast["director"]
    for _ in range(2):
        directives.give(wanted, given_by=director.person_id, by=by(director))
    named = directives.give(wanted, given_by=director.person_id, by=by(director))
    tasks.edit(named, {"owner_id": cast["head"].person_id}, by=by(cast["head"]))
    db_session.commit()
    ticking.tick(config, at=NOW)

    told = {recipient: (subject, text) for recipient, subject, text in letters(mailbox)}
    assert told.keys() == {cast[role].email for role in ("head", "deputy", "secretary")}
    subject, text = told[cast["head"].email]
    assert subject == "Cần cử người cho 2 nhiệm vụ"
    assert f"{director.name} vừa giao 2 nhiệm vụ cho đơn vị mà chưa có người nhận." in text
    assert "https://nqi.example.test/directives?state=nobody" in text


def test_minutes_go_to_everybody_once_with_all_that_was_given_them(
    db_session, cast, stream, config, mailbox
):
    held = meetings.running(cast, "HAL")
    for number in range(3):
        meetings.directed(held, cast, stream, f"d{number}", f"Việc {number + 1}")
    meetings.answered(held, cast, stream, meetings.asked(cast, stream), "a", text="Làm ngay")
    meetings.everybody(db_session, held, cast, "member", "head", "secretary")
    meetings.do.end(held, by=by(cast["director"]))
    facts = read_minutes.gather(read_meetings.find(DIRECTOR, held.id), NOW.date(), "")
    meetings.do.issue(held, facts, "45/TB-TĐC", NOW.date(), by=by(cast["secretary"]))
    db_session.commit()
    ticking.tick(config, at=LATER)

    told = {who: (subject, text) for who, subject, text in letters(mailbox)}
    about = "Kết luận Họp điều hành, số 45/TB-TĐC"
    assert {who: subject for who, (subject, _) in told.items() if subject == about} == {
        cast["director"].email: about,
        cast["head"].email: about,
        cast["member"].email: about,
    }
    assert [f"Việc {n}" in told[cast["member"].email][1] for n in (1, 2, 3)] == [True] * 3
    assert "HAL-Q1 Chọn phòng nào?" in told[cast["head"].email][1]
    assert "Việc 1" not in told[cast["head"].email][1]


def test_minutes_of_a_group_that_was_hidden_since_are_not_told(
    db_session, cast, stream, config, mailbox
):
    held = meetings.running(cast, "HAL")
    meetings.everybody(db_session, held, cast, "outsider")
    meetings.do.end(held, by=by(cast["director"]))
    facts = read_minutes.gather(read_meetings.find(DIRECTOR, held.id), NOW.date(), "")
    meetings.do.issue(held, facts, "45/TB-TĐC", NOW.date(), by=by(cast["secretary"]))
    stream.group.is_restricted = True
    db_session.commit()
    ticking.tick(config, at=NOW)

    assert [who for who, _, _ in letters(mailbox)] == [cast["director"].email]


def test_who_owes_a_report_reads_how_late_it_is_until_it_is_issued(
    db_session, config, cast, mailbox
):
    regime = regimes.create(
        "Báo cáo tháng",
        group_id=cast.groups["HAL"],
        starts_on=date(2026, 11, 1),
        period_kind=PeriodKind.MONTH,
        basis=PeriodBasis.DECREE,
        by=by(cast["administrator"]),
    )
    regimes.remind(by=replace(by(cast["head"]), person_id=None, cause="night"))
    item = db_session.scalars(select(OutboxItem)).first()
    db_session.commit()
    assert job.deliver([item], config, at=NOW) == 1

    ((_to, subject, text),) = letters(mailbox)
    assert subject == "1 báo cáo quá hạn gửi"
    assert "Báo cáo tháng · Tháng 11 năm 2026" in text
    assert "Tổ công tác Hal · hạn gửi 16/11/2026 (quá hạn) · Chưa bắt đầu" in text

    report = regimes.begin(regime, parse("2026-11"), by=by(cast["head"]))
    history.change(report, {"state": ReportState.ISSUED}, by=by(cast["head"]))
    others = db_session.scalars(select(OutboxItem).where(OutboxItem.id != item.id)).all()
    assert job.deliver(others, config, at=NOW) == 0


def test_a_report_calls_who_approves_it_and_comes_back_to_who_wrote_it(
    db_session, config, cast, mailbox
):
    group = db_session.get_one(Group, cast.groups["HAL"])
    report = reports.begin(group, parse("2026-11"), by=by(cast["secretary"]))
    frozen = reports.freeze(report, make_facts(3))
    record = reports.submit(report, frozen, by=by(cast["secretary"]))
    db_session.commit()
    calls = undone(db_session)
    assert job.deliver(calls[:1], config, at=NOW) == 1
    reports.return_(report, "Thiếu số liệu", by=by(cast["head"]), seen=record.id)
    db_session.commit()
    job.deliver(undone(db_session), config, at=NOW)

    called = {cast[role].email for role in ("head", "deputy")}
    (to, subject, text), (author, returned, remarks) = letters(mailbox)
    assert len(calls) == 2
    assert (to in called, subject) == (True, "Báo cáo tháng 11 năm 2026 chờ bạn duyệt")
    assert "đã trình báo cáo tháng 11 năm 2026 (Tổ công tác Hal), bản 1.0" in text
    assert (author, returned) == (
        cast["secretary"].email,
        "Báo cáo tháng 11 năm 2026 được trả lại",
    )
    assert "đã trả lại báo cáo tháng 11 năm 2026 (Tổ công tác Hal) ngày 23/11/2026" in remarks
    assert "Thiếu số liệu" in remarks
