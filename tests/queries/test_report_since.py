"""What a report says of its period, of what changed since the last one, and of a unit."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests import factories as make
from tracker.lib.lateness import FourCells
from tracker.lib.periods import parse
from tracker.lib.stages import StageRole
from tracker.models import (
    Arrangement,
    MoveReason,
    Report,
    ReportKind,
    ReportRecord,
    ReportState,
    RiskKind,
    TaskStatus,
)
from tracker.queries import groups as read_groups
from tracker.queries import reports as read
from tracker.queries.report_facts import Basis, ChangeSort, Name, SinceFact, Yield
from tracker.queries.reports import records
from tracker.queries.reports.happened import steps
from tracker.services import (
    decisions,
    deliverables,
    directives,
    groups,
    milestones,
    people,
    risks,
    settings,
    tasks,
)
from tracker.services.act import Act, Why
from tracker.services.decisions import Answer, Question
from tracker.services.directives import Wanted

TODAY = date(2026, 11, 23)
NOVEMBER = parse("2026-11")  # 15 October to 14 November
WHY = Why(reason=MoveReason.BUDGET, sentence="Chưa cấp kinh phí", agreed_by="Lãnh đạo Ủy ban")


def on(day, month=11, year=2026):
    """Somebody's act of that day, at ten in Viet Nam."""
    at = datetime(year, month, day, 3, tzinfo=UTC)
    return Act(person_id=None, at=at, cause="test")


@pytest.fixture
def group(db_session):
    return groups.create(key="RPT", name="Báo cáo", by=on(1, 9))


@pytest.fixture
def stream(group):
    return read_groups.workstreams(group)[1]


def told(*groups_, period=NOVEMBER, **scope):
    one = groups_[0].id if len(groups_) == 1 and "unit_id" not in scope else None
    asked = read.Scope(group_id=one, **scope)
    return read.build(groups_, period, today=TODAY, covers_all=asked.covers_all, scope=asked)


def changes(since):
    return {str(one.sort): [row.code for row in one.rows] for one in since.changes}


def codes(rows):
    return [row.code for row in rows]


def issued(session, facts, *, revision=0, number="7/BC-TCTRPT", **values):
    """A report that said these facts, with the clerk's number."""
    values = {"kind": facts.kind, "state": ReportState.ISSUED, **values}
    report = Report(
        period=facts.period.word,
        first_day=facts.period.first,
        last_day=facts.period.last,
        created_at=on(16, 10).at,
        updated_at=on(16, 10).at,
        **values,
    )
    session.add(report)
    session.flush()
    body, digest = records.encode(facts)
    record = ReportRecord(
        report_id=report.id,
        revision=revision,
        submission=1,
        body=body,
        sha256=digest,
        submitted_at=on(15, 10).at,
        document_number=number,
        document_date=date(2026, 10, 16),
        issued_at=on(16, 10).at,
    )
    session.add(record)
    session.flush()
    return report


# ---------------------------------------------------------------- changes


@pytest.fixture
def plan(db_session, group, stream):
    """Something of every sort happens between the two cut-offs."""
    made = {
        name: tasks.create(stream, name, due=due, by=on(1, 9))
        for name, due in {
            "xong": date(2026, 11, 1),
            "quá hạn": date(2026, 11, 5),
            "đã quá hạn": date(2026, 10, 1),
            "bỏ": date(2026, 12, 1),
            "yên": date(2026, 12, 31),
        }.items()
    }
    for name, day in {"dời": date(2026, 12, 1), "đạt": date(2026, 11, 3)}.items():
        made[name] = milestones.create(stream, name, baseline=day, by=on(1, 9))
    made["qua"] = risks.create(stream, RiskKind.DIFFICULTY, "qua", by=on(1, 10))
    tasks.change_status(made["xong"], TaskStatus.DONE, by=on(4))
    tasks.change_status(made["bỏ"], TaskStatus.DROPPED, by=on(4))
    made["thêm"] = tasks.create(stream, "thêm", due=date(2026, 12, 5), by=on(20, 10))
    tasks.create(stream, "phần", parent=made["thêm"], by=on(20, 10))
    milestones.move_forecast(made["dời"], date(2026, 12, 21), why=WHY, by=on(2))
    milestones.close(made["đạt"], "1/BB", by=on(3))
    risks.close(made["qua"], "Xong", by=on(5))
    made["mới"] = risks.create(stream, RiskKind.DIFFICULTY, "mới", by=on(6))
    db_session.flush()
    return {name: thing.code for name, thing in made.items()}


EXPECTED = {
    "overdue": ["quá hạn"],
    "moved": ["dời"],
    "finished": ["xong"],
    "reached": ["đạt"],
    "added": ["thêm"],
    "dropped": ["bỏ"],
    "risen": ["mới"],
    "settled": ["qua"],
}


def test_without_an_issued_report_changes_are_since_the_period_before(group, plan):
    since = told(group).since

    assert (since.basis, since.day, since.period) == (
        Basis.PERIOD,
        date(2026, 10, 14),
        parse("2026-10"),
    )
    assert since.cells == FourCells(open_on_time=4, open_overdue=1)
    assert changes(since) == {
        sort: [plan[name] for name in names] for sort, names in EXPECTED.items()
    }
    moved, late = since.of(ChangeSort.MOVED).rows[0], since.of(ChangeSort.OVERDUE).rows[0]
    assert (moved.before, moved.now, moved.days) == (date(2026, 12, 1), date(2026, 12, 21), 20)
    assert (late.before, late.days) == (date(2026, 11, 5), 9)
    assert [(one.before, one.now) for one in since.health] == [("at_risk", "late")]
    assert since.health[0].is_worse


def test_an_issued_report_is_what_changes_are_told_against(db_session, group, stream, plan):
    before = told(group, period=parse("2026-10"))
    report = issued(db_session, before, group_id=group.id)

    since = told(group).since

    assert since == replace(
        told(group).since,
        basis=Basis.REPORT,
        report_id=report.id,
        revision="1.0",
        number="7/BC-TCTRPT",
        issued_on=date(2026, 10, 16),
    )
    assert changes(since) == {
        sort: [plan[name] for name in names] for sort, names in EXPECTED.items()
    }


def test_what_was_said_counts_where_the_history_says_otherwise(db_session, group, plan):
    """A status was written down later, for the past: the report before could not know it."""
    before = told(group, period=parse("2026-10"))
    quiet = replace(before, tasks=tuple(t for t in before.tasks if t.code != plan["yên"]))
    issued(db_session, quiet, group_id=group.id)

    assert plan["yên"] in changes(told(group).since)["added"]


def test_only_the_same_row_of_reports_is_compared_with(db_session, group, plan):
    others = make.whole_group(db_session, "OTH")[0]
    facts = told(group, period=parse("2026-10"))
    quarter = replace(facts, period=parse("2026-Q3"))
    issued(db_session, facts, group_id=others.id)
    issued(db_session, facts, kind=ReportKind.CONSOLIDATED)
    issued(db_session, quarter, group_id=group.id)
    later = issued(db_session, replace(facts, period=parse("2026-12")), group_id=group.id)
    db_session.flush()

    assert told(group).since.basis is Basis.PERIOD
    assert told(group, period=parse("2026-12"), report_id=later.id).since.basis is Basis.PERIOD
    assert told(group, period=parse("2026-Q4")).since.period == parse("2026-Q3")


def test_of_several_revisions_the_last_one_issued_counts(db_session, group, plan):
    facts = told(group, period=parse("2026-10"))
    report = issued(db_session, facts, group_id=group.id)
    body, digest = records.encode(replace(facts, cut_off=date(2026, 10, 13)))
    row = {"report_id": report.id, "submitted_at": on(20, 10).at, "body": body, "sha256": digest}
    db_session.add(ReportRecord(revision=1, submission=1, issued_at=on(21, 10).at, **row))
    db_session.add(ReportRecord(revision=2, submission=1, **row))
    db_session.flush()

    since = told(group).since

    assert (since.revision, since.day) == ("1.1", date(2026, 10, 13))


def test_a_report_that_was_altered_in_the_database_stops_no_later_one(db_session, group, plan):
    """What it said is not known any more: the one before it is compared with."""
    facts = told(group, period=parse("2026-09"))
    earlier = issued(db_session, facts, group_id=group.id)
    altered = issued(db_session, replace(facts, period=parse("2026-10")), group_id=group.id)
    row = {"report_id": altered.id, "submitted_at": on(20, 10).at, "issued_at": on(21, 10).at}
    db_session.add(ReportRecord(revision=1, submission=1, body=b"x", sha256="0" * 64, **row))
    db_session.flush()

    assert told(group).since.revision == "1.0"
    assert told(group).since.report_id == altered.id
    assert told(group, period=parse("2026-10")).since.report_id == earlier.id


def test_a_gap_between_reports_is_told_whole(db_session, group, stream, cast):
    """The last report was on September: what was decided in October is in this one."""
    asked = _ask(group, cast, on(20, 9))
    facts = told(group, period=parse("2026-09"))
    tasks.create(stream, "Việc", by=on(5, 9))
    issued(db_session, facts, group_id=group.id)
    _answer(asked, cast, on(1, 10))
    db_session.flush()

    facts = told(group)

    assert codes(facts.questions) == [asked.code]
    assert changes(facts.since)["answered"] == [asked.code]


def test_a_plan_that_was_not_known_before_has_nothing_to_compare_with(group, stream):
    tasks.create(stream, "Việc", start=date(2026, 9, 1), by=on(20))

    assert told(group).since == SinceFact(Basis.NOTHING)


# ---------------------------------------------------------------- what directors are asked, and say


def _ask(group, cast, by, *stalls, wanted_by=date(2026, 11, 10)):
    question = Question(
        question="Tách phụ gia?",
        wanted_from_id=cast["director"].person_id,
        wanted_by=wanted_by,
        options=("Tách", "Không"),
        recommended=0,
        stalls=stalls,
    )
    return decisions.ask(group, question, by=by)


def _answer(asked, cast, by, decided_on=None):
    given = Answer(
        decided_on=decided_on or by.today, chosen=1, document_number="5/TB", document_date=by.today
    )
    decisions.answer(asked, given, decided_by=cast["director"].person_id, by=by)


def test_questions_are_told_as_they_were_known_at_the_cut_off(db_session, group, stream, cast):
    task = tasks.create(stream, "Việc", by=on(1, 10))
    db_session.flush()
    waiting = _ask(group, cast, on(1, 10), task)
    answered, later, before = (_ask(group, cast, on(2, 10)) for _ in range(3))
    withdrawn = _ask(group, cast, on(3, 10))
    _answer(before, cast, on(5, 10))
    _answer(answered, cast, on(5))
    _answer(later, cast, on(16))
    decisions.withdraw(withdrawn, "Đã rõ", by=on(6))
    db_session.flush()

    found = {one.code: one for one in told(group).questions}

    assert list(found) == [one.code for one in (waiting, later, answered, withdrawn)]
    assert [one.state for one in found.values()] == ["open", "open", "answered", "withdrawn"]
    one = found[waiting.code]
    assert (one.recommended, one.stalls, one.is_overdue) == ("Tách", (task.code,), True)
    one = found[answered.code]
    assert (one.chosen, one.document, one.decided_by) == (
        "Không",
        "5/TB (05/11/2026)",
        "Vũ Đình Đức",
    )
    assert (found[later.code].answer, found[withdrawn.code].answer) == ("", "Đã rõ")


def test_what_was_known_after_the_cut_off_is_in_the_next_report(db_session, group, stream, cast):
    """Done, decided and moved in November, approved and written down for December."""
    group.needs_approval = True
    made = tasks.create(stream, "Việc", due=date(2026, 12, 1), by=on(1, 10))
    asked = _ask(group, cast, on(1, 10))
    kind = make.kind(db_session)
    product = deliverables.create(stream, kind, "A", by=on(1, 10))
    db_session.flush()
    tasks.change_status(made, TaskStatus.REVIEW, by=on(13))
    tasks.approve(made, by=on(16))
    _answer(asked, cast, on(16), decided_on=date(2026, 11, 13))
    stage = make.stage(db_session, kind, "B1")
    deliverables.enter(product, stage, on=date(2026, 11, 13), by=on(16))
    db_session.flush()

    november, december = told(group), told(group, period=parse("2026-12"))

    assert made.finished_on == date(2026, 11, 13)
    assert (november.finished, november.deliverables) == ((), ())
    assert codes(december.finished) == [made.code]
    assert december.yields.whole.finished == 1
    assert codes(december.deliverables) == [product.code]
    assert changes(december.since) == {"finished": [made.code], "answered": [asked.code]}


def test_directives_have_their_cells_and_are_told_while_they_matter(
    db_session, group, stream, cast
):
    def give(title, by, due=date(2026, 12, 1)):
        wanted = Wanted(workstream=stream, title=title, due=due, owner_id=cast["head"].person_id)
        return directives.give(wanted, given_by=cast["director"].person_id, by=by)

    old, waiting, late = (give(title, on(1, 10)) for title in ("Cũ", "Chờ", "Muộn"))
    new, after = give("Mới", on(1)), give("Sau kỳ", on(16))
    tasks.change_status(old, TaskStatus.DONE, by=on(5, 10))
    tasks.change_status(late, TaskStatus.DONE, by=on(5))
    db_session.flush()

    facts = told(group)

    assert [(one.code, one.is_new) for one in facts.directives] == [
        (waiting.code, False),
        (late.code, False),
        (new.code, True),
    ]
    row = facts.statistics.directives
    assert (row.now.done, row.now.open, row.before.done, row.before.open) == (2, 2, 1, 2)
    assert changes(facts.since)["given"] == [new.code]
    assert after.code not in codes(facts.tasks)


# ---------------------------------------------------------------- deliverables


def test_deliverables_are_counted_by_stage_as_they_were_known(db_session, group, stream):
    kind = make.kind(db_session)
    for code, values in {"B1": {}, "B2": {}, "B7": {"role": StageRole.GOAL}}.items():
        make.stage(db_session, kind, code, **values)
    stages = {code: make.stage(db_session, kind, code) for code in ("B1", "B2", "B7")}
    moving, undone, still = (
        deliverables.create(stream, kind, title, by=on(1, 10)) for title in "ABC"
    )
    db_session.flush()
    deliverables.enter(moving, stages["B1"], on=date(2026, 10, 2), by=on(2, 10))
    deliverables.enter(undone, stages["B1"], on=date(2026, 10, 2), by=on(2, 10))
    deliverables.enter(moving, stages["B2"], on=date(2026, 11, 2), by=on(3), document_number="9/CV")
    deliverables.enter(undone, stages["B2"], on=date(2026, 11, 2), by=on(3))
    deliverables.take_back(undone, by=on(4))
    deliverables.enter(moving, stages["B7"], on=date(2026, 11, 10), by=on(16))  # known later
    db_session.flush()

    facts = told(group)

    (fact,) = facts.stages
    assert (fact.total, fact.unplaced) == (3, 1)
    assert [(one.code, one.before, one.now) for one in fact.stages] == [
        ("B1", 2, 1),
        ("B2", 0, 1),
        ("B7", 0, 0),
    ]
    assert [(one.code, one.stage_code, one.document) for one in facts.deliverables] == [
        (moving.code, "B2", "9/CV")
    ]
    assert still.code not in codes(facts.deliverables)


# ---------------------------------------------------------------- the year


def test_what_a_period_brought_stands_beside_the_one_before(group, plan, stream):
    yields = told(group).yields

    assert yields.whole == Yield(finished=1, finished_late=1, reached=1, moves=1, days=20)
    assert yields.before == Yield()
    assert [row.key for row in yields.by_strand if row.now.finished] == [stream.strand.value]


def test_moves_are_summed_up_by_reason_the_dearest_first(db_session, group, stream):
    late = Why(reason=MoveReason.NO_CONSENSUS, sentence="x", agreed_by="y")
    task = tasks.create(stream, "Việc", due=date(2026, 11, 1), by=on(1, 10))
    milestone = milestones.create(stream, "Mốc", baseline=date(2026, 12, 1), by=on(1, 10))
    tasks.move_due(task, date(2026, 11, 20), why=WHY, by=on(20, 10))
    tasks.move_due(task, date(2026, 11, 25), why=WHY, by=on(22, 10))
    milestones.move_forecast(milestone, date(2027, 1, 30), why=late, by=on(2))
    db_session.flush()

    assert [
        (one.reason, one.moves, one.items, one.due, one.forecast)
        for one in told(group).slip_reasons
    ] == [("no_consensus", 1, 1, 0, 60), ("budget", 2, 1, 24, 0)]


def test_a_year_is_told_month_by_month(group, plan):
    facts = told(group, period=parse("2026"), kind=ReportKind.ANNUAL)

    assert facts.kind is ReportKind.ANNUAL
    assert [(one.period.number, one.cells.total, one.brought.finished) for one in facts.months] == [
        (9, 5, 0),
        (10, 5, 0),
        (11, 5, 1),
        (12, 5, 0),
    ]


@pytest.mark.parametrize(
    ("word", "day", "first", "last"),
    [
        ("2026-11", TODAY, "2026-06", "2026-11"),
        ("2026-Q4", TODAY, "2026-07", "2026-12"),
        ("cal:2026-Q3", TODAY, "cal:2026-04", "cal:2026-09"),
        ("2025", TODAY, "2025-01", "2025-12"),
        ("2026", date(2026, 3, 20), "2026-01", "2026-04"),
        ("2026-W47", TODAY, "2026-W40", "2026-W47"),
    ],
)
def test_the_way_to_a_day_is_told_in_steps(word, day, first, last):
    found = steps(parse(word), day)

    assert (found[0].word, found[-1].word) == (first, last)


def test_any_two_days_have_no_steps():
    assert steps(parse("2026-10-01..2026-11-02"), TODAY) == []


# ---------------------------------------------------------------- units


def test_a_unit_tells_what_it_leads_in_every_group(db_session, group, stream, cast):
    unit = people.create_unit("Viện Đo lường", abbreviation="VMI", by=on(1, 9))
    other = groups.create(key="OTR", name="Khác", by=on(1, 9))
    led = tasks.create(stream, "Của viện", by=on(1, 10), lead_unit_id=unit.id)
    whole = tasks.create(stream, "Của nơi khác", due=date(2026, 10, 1), by=on(1, 9))
    part = tasks.create(stream, "Phần của viện", parent=whole, by=on(1, 10), lead_unit_id=unit.id)
    there = tasks.create(
        read_groups.workstreams(other)[0], "Ở tổ khác", by=on(1, 10), lead_unit_id=unit.id
    )
    asked = _ask(group, cast, on(2, 10), led)
    _ask(group, cast, on(2, 10), whole)
    mine, other_s = (
        risks.create(stream, RiskKind.DIFFICULTY, "x", blocks=[task.code], by=on(2, 10))
        for task in (led, whole)
    )
    risks.close(other_s, "Xong", by=on(5))
    db_session.flush()

    facts = told(group, other, unit_id=unit.id)

    assert facts.unit == Name("Viện Đo lường")
    assert (facts.organisation.issuing, facts.organisation.symbol) == (Name("Viện Đo lường"), "VMI")
    assert codes(facts.tasks) == [led.code, part.code, there.code]
    assert facts.statistics.whole == FourCells(open_on_time=3)
    assert codes(facts.questions) == [asked.code]
    assert [(one.group, one.health, one.total) for one in facts.workstreams] == [
        ("RPT", "at_risk", 2),
        ("OTR", "not_started", 1),
    ]
    assert codes(facts.risks) == [mine.code]
    assert (facts.since.health, facts.since.changes) == ((), ())


def test_a_unit_signs_under_the_title_its_head_had_when_the_period_ended(db_session, group):
    unit = people.create_unit("Viện Đo lường", by=on(1, 9))
    named = {"name": unit.name, "head_title": "Viện trưởng", "head_title_en": "Director"}
    people.rename_unit(unit, named, by=on(1, 9), valid_from=date(2026, 9, 1))
    later = named | {"head_title": "Giám đốc"}
    people.rename_unit(unit, later, by=on(16), valid_from=date(2026, 11, 15))
    settings.put_report_header({"unit_signer_form": "KT"}, by=on(1, 10))

    def signed(word):
        signature = told(group, period=parse(word), unit_id=unit.id).organisation.signature
        return signature.authority.vi, signature.post.vi, signature.post.en

    assert signed("2026-08") == (
        "Thủ trưởng đơn vị",
        "Phó Thủ trưởng đơn vị",
        "Deputy Head of the unit",
    )
    assert signed("2026-11") == ("Viện trưởng", "Phó Viện trưởng", "Deputy Director")
    assert signed("2026-12") == ("Giám đốc", "Phó Giám đốc", "Deputy Director")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("name", "abbreviation", "symbol"),
    [
        ("Trung tâm Kỹ thuật 1", "QUATEST 1", "QUATEST1"),
        ("Văn phòng Công nhận Chất lượng", "BoA", "VPCNCL"),
        ("Ban Kế hoạch – Tài chính", "", "BKHTC"),
    ],
)
def test_the_symbol_of_a_unit_is_written_in_capitals(db_session, name, abbreviation, symbol):
    unit = make.unit(db_session, name, abbreviation=abbreviation)

    assert told(unit_id=unit.id).organisation.symbol == symbol


# ---------------------------------------------------------------- a report that was begun


def test_the_facts_of_a_report_look_as_its_regime_wants(db_session, group, plan):
    report = Report(
        period="2026-11",
        first_day=NOVEMBER.first,
        last_day=NOVEMBER.last,
        kind=ReportKind.CONSOLIDATED,
        arranged_by=Arrangement.STRAND,
        created_at=on(16).at,
        updated_at=on(16).at,
    )
    db_session.add(report)
    db_session.flush()

    facts = read.facts_of(report, [group], today=TODAY)

    assert (facts.kind, facts.arranged_by) == (ReportKind.CONSOLIDATED, Arrangement.STRAND)
    assert facts.covers_all_groups
