"""Endpoint × role, complete: an endpoint not in the table fails, and so does a changed right.

y allowed (or told what is wrong with the form) · n refused (403) · - not found (404).
Nobody who is not signed in gets further than the sign-in page.
"""

import re
import shutil
from dataclasses import replace
from datetime import date

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.databases import close
from tests.exports.reports import make_facts
from tests.permissions import TABLE
from tracker.exports.report.template.shipped import starting_point
from tracker.lib.periods import PeriodBasis, PeriodKind
from tracker.lib.plan_file import PlanFile, PlanSheet, to_json
from tracker.lib.recurrence import Frequency
from tracker.models import (
    CalendarFeed,
    Comment,
    DeliverableImport,
    ExtensionRequest,
    FeedScope,
    Group,
    Import,
    Membership,
    MoveReason,
    Person,
    Strand,
    TaskStatus,
    Workstream,
)
from tracker.services import (
    baselines,
    decisions,
    deliverables,
    directives,
    meetings,
    programmes,
    recurrences,
    regimes,
    report_exports,
    report_templates,
    reports,
    settings,
    trash,
)
from tracker.services.act import Act

ROLES = ("outsider", "observer", "member", "secretary", "head", "director", "administrator")
ACT = Act(person_id=None, at=NOW, cause="web")
ROWS = [tuple(line.split()) for line in TABLE.strip().splitlines()]
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")

pytestmark = pytest.mark.sqlite


@pytest.fixture
def places(set_up, cast):
    """One of each thing that addresses name, in HAL; returns what fills their places."""
    with set_up() as session:
        stream = session.get(Workstream, cast.workstreams["HAL", Strand.METROLOGY])
        stream.group = session.get(Group, cast.groups["HAL"])
        return put_something_everywhere(session, cast, stream)


def put_something_everywhere(session, cast, stream):
    member = session.get(Person, cast["member"].person_id)
    milestone = make.milestone(session, stream, baseline=date(2027, 1, 1))
    task = make.task(session, stream, milestone=milestone)
    own = make.task(session, stream, owner=member)
    waiting = make.task(session, stream, status=TaskStatus.REVIEW, submitted_on=NOW.date())
    deliverable = make.deliverable(session, stream)
    deliverables.enter(deliverable, make.stage(session, deliverable.kind), on=None, by=ACT)
    comment = make.add(session, Comment(task_id=task.id, author_id=member.id, body="x", at=NOW))
    thrown = trash.throw_away(make.task(session, stream), by=ACT)
    day = settings.put_day(date(2026, 9, 2), is_working=False, name="Quốc khánh", by=ACT)
    approved = approve(session.get(Group, stream.group_id))
    asked = make.add(session, a_request(make.task(session, stream, owner=member), member.id))
    report = make.report(session, group_id=stream.group_id)
    draft = make.add(session, an_import(stream.group_id))
    feed = make.add(session, a_feed(cast["member"].account_id))
    export = report_exports.ask(report, "pdf", "vi", by=replace(ACT, person_id=member.id))
    link = make.link(session, milestone, waiting)
    recurrence = recurrences.create(
        stream, "Họp tuần {kỳ}", frequency=Frequency.WEEKLY, weekday=1, by=ACT
    )
    post = session.query(Membership).filter_by(person_id=member.id).one()
    return {
        **a_meeting(stream, cast),
        "key": stream.group.key,
        "directive": a_directive(stream, cast),
        "decision": a_decision(session, stream.group, cast),
        "risk": make.risk(session, stream).code,
        "slug": "metrology",
        "task": task.code,
        "own": own.code,
        "waiting": waiting.code,
        "milestone": milestone.code,
        "deliverable": deliverable.code,
        "kind": deliverable.kind.code,
        "records_id": make.add(session, some_records(deliverable)).id,
        "stage_id": deliverable.stage_id,
        "comment_id": comment.id,
        "dependency_id": link.id,
        "trash_id": thrown.id,
        "day_id": day.id,
        "account_id": cast["observer"].account_id,
        "person_id": cast["observer"].person_id,
        "unit_id": cast.unit_id,
        "member_id": post.id,
        "extension_id": asked.id,
        "number": approved.number,
        "report_id": report.id,
        "record_id": submitted_twice(report).id,
        "format_name": "csv",
        "suffix": "svg",
        "import_id": draft.id,
        "feed_id": feed.id,
        "export_id": export.id,
        "recurrence_id": recurrence.id,
        "template_id": report_templates.upload("Mẫu", "mau.docx", starting_point(), by=ACT).id,
        "regime_id": a_regime(stream.group_id).id,
        "programme_id": programmes.create(name="Hội nhập", groups=[stream.group_id], by=ACT).id,
    }


def a_decision(session, group, cast):
    """Its code."""
    question = decisions.Question(
        question="Chọn nơi nào?",
        wanted_from_id=cast["director"].person_id,
        wanted_by=NOW.date(),
    )
    return decisions.ask(group, question, by=ACT).code


def a_directive(stream, cast):
    """The code of its task, which nobody was named for."""
    wanted = directives.Wanted(
        workstream=stream, title="Báo cáo", due=NOW.date(), lead_unit_id=cast.unit_id
    )
    return directives.give(wanted, given_by=cast["director"].person_id, by=ACT).code


def a_feed(account_id):
    return CalendarFeed(
        account_id=account_id,
        scope=FeedScope.MINE,
        with_tasks=True,
        language="vi",
        token_hash="x",
        created_at=NOW,
    )


def approve(group):
    return baselines.approve(group, document_number="1/QĐ", document_date=date(2026, 1, 1), by=ACT)


def a_request(task, asker_id):
    return ExtensionRequest(
        task_id=task.id,
        old_day=date(2026, 12, 1),
        new_day=date(2026, 12, 15),
        reason=MoveReason.BUDGET,
        sentence="x",
        asked_by_id=asker_id,
        asked_at=NOW,
    )


def a_regime(group_id):
    kind = {"period_kind": PeriodKind.MONTH, "basis": PeriodBasis.DECREE}
    return regimes.create("Báo cáo tháng", group_id=group_id, by=ACT, **kind)


def some_records(deliverable):
    return DeliverableImport(
        group_id=deliverable.group_id,
        workstream_id=deliverable.workstream_id,
        kind_id=deliverable.kind_id,
        file_name="x.jsonl",
        created_at=NOW,
    )


def a_meeting(stream, cast):
    """Of the director, with the member as its recorder, a note and a guest."""
    plan = meetings.Plan(
        title="Họp tháng",
        held_on=NOW.date(),
        chair_id=cast["director"].person_id,
        group_ids=[stream.group_id],
        recorder_ids=[cast["member"].person_id],
    )
    held = meetings.plan(plan, by=ACT)
    meetings.start(held, by=ACT)
    said = meetings.Said(uid="1", text="x", group_id=stream.group_id)
    return {
        "meeting_id": held.id,
        "entry_id": meetings.note(held, said, by=ACT).id,
        "row_id": meetings.invite_guest(held, "Khách", "", by=ACT).id,
    }


def submitted_twice(report):
    """So that there is a record, and one before it; written again since."""
    for _ in range(2):
        record = reports.submit(report, reports.freeze(report, make_facts(1)), by=ACT)
        reports.return_(report, "Thiếu", by=ACT, seen=record.id)
    return record


def an_import(group_id):
    sheet = PlanSheet(name="HAL", group_name=None, rows=(), problems=(), columns=())
    plan = to_json(PlanFile(sheets=(sheet,), problems=()))
    return Import(group_id=group_id, file_name="x.xlsx", sha256="0", plan=plan, created_at=NOW)


def mark_of(answer):
    if answer.status_code in {403, 404}:
        return {403: "n", 404: "-"}[answer.status_code]
    assert answer.status_code < 500, answer.text
    assert not (answer.location or "").startswith("/sign-in?"), answer.location
    return "y"


@pytest.mark.parametrize(("method", "path", "marks"), ROWS, ids=lambda part: part)
def test_each_role_may_do_what_the_table_says(
    app, client_for, places, database_url, method, path, marks
):
    stored = database_url.removeprefix("sqlite:///")
    close(app)
    shutil.copyfile(stored, f"{stored}.before")
    found = ""
    for role in ROLES:
        found += mark_of(client_for(role).open(path.format(**places), method=method))
        if method == "POST":  # what one did must not stand in the way of the next
            close(app)
            shutil.copyfile(f"{stored}.before", stored)

    assert found == marks


def test_nobody_unknown_gets_in(client_for, places):
    client = client_for("anonymous")

    let_in = [
        (method, path)
        for method, path, _ in ROWS
        if not is_shown_out(client.open(path.format(**places), method=method))
    ]

    assert let_in == []


def is_shown_out(answer):
    return answer.status_code == 401 or (answer.location or "").startswith("/sign-in")


IN_A_GROUP = [
    (method, path)
    for method, path, _ in ROWS
    if re.search(
        r"\{(key|task|own|waiting|milestone|deliverable|comment_id|trash_id|report_id|import_id"
        r"|extension_id|records_id)\}",
        path,
    )
    and not path.startswith("/admin")
]


@pytest.mark.parametrize("role", ["outsider", "head"])
def test_a_restricted_group_is_not_found_by_others(set_up, client_for, cast, role):
    with set_up() as session:
        stream = session.get(Workstream, cast.workstreams["SOL", Strand.METROLOGY])
        stream.group = session.get(Group, cast.groups["SOL"])
        secret = put_something_everywhere(session, cast, stream)
    client = client_for(role)

    answers = {
        (method, path): client.open(path.format(**secret), method=method).status_code
        for method, path in IN_A_GROUP
    }

    assert answers == dict.fromkeys(IN_A_GROUP, 404)


def test_every_endpoint_is_in_the_table(app):
    """A new page must be given its rights here first."""
    guarded = {
        (method, PLACE.sub("{}", rule.rule))
        for rule in app.url_map.iter_rules()
        if not getattr(app.view_functions[rule.endpoint], "is_public", False)
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    decided = {(method, re.sub(r"\{\w+\}", "{}", path)) for method, path, _ in ROWS}

    assert guarded == decided
