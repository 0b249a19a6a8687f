from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.factories import TODAY
from tests.services.acts import BY, changes_of
from tests.services.races import at_once
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.lib.periods import PeriodBasis, PeriodKind, parse
from tracker.models import (
    Group,
    Orientation,
    OutboxItem,
    Report,
    ReportKind,
    ReportState,
)
from tracker.queries import owed
from tracker.queries.reports import Scope
from tracker.services import history, notifications, report_templates, reports
from tracker.services import regimes as do

MONTHLY = {"period_kind": PeriodKind.MONTH, "basis": PeriodBasis.DECREE}
WEEKLY = {"period_kind": PeriodKind.WEEK, "basis": PeriodBasis.CALENDAR, "weekday": 4}


@pytest.fixture
def monthly(db_session, cast):
    return do.create(
        "Báo cáo tháng", group_id=cast.groups["HAL"], starts_on=date(2026, 11, 1), by=BY, **MONTHLY
    )


def on(day):
    """The night of that day."""
    return replace(BY, at=NOW + timedelta(days=(day - TODAY).days), cause="night")


def test_a_regime_is_recorded_with_its_rule(monthly):
    (change,) = changes_of(monthly)

    assert (change.new["period_kind"], change.new["basis"]) == ("month", "decree")
    assert change.new["kind"] == "periodic"


@pytest.mark.parametrize(
    ("details", "kind"),
    [
        (MONTHLY, ReportKind.CONSOLIDATED),
        (MONTHLY | {"period_kind": PeriodKind.YEAR}, ReportKind.ANNUAL),
        (MONTHLY | {"unit_id": "unit"}, ReportKind.PERIODIC),
    ],
)
def test_what_a_report_is_about_follows_from_whose_it_is_and_how_long(
    db_session, cast, details, kind
):
    if "unit_id" in details:
        details = details | {"unit_id": cast.unit_id}

    made = do.create("Báo cáo", responsible_id=cast["head"].person_id, by=BY, **details)

    assert (made.kind, made.starts_on) == (kind, TODAY)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"weekday": None}, "regime_incomplete"),
        ({"weekday": 8}, "regime_incomplete"),
        ({"working_days": 0}, "regime_working_days"),
        ({"ended_on": date(2026, 11, 1)}, "regime_ends_before_start"),
        ({"starts_on": date(2025, 11, 1)}, "regime_starts_too_early"),
        ({"group_id": None}, "regime_needs_person"),
        ({"unit_id": 1}, "regime_of_both"),
    ],
)
def test_a_regime_that_makes_no_sense_is_refused(db_session, cast, details, code):
    with pytest.raises(RuleViolationError) as refused:
        do.create("Tuần", by=BY, **{"group_id": cast.groups["HAL"], **WEEKLY, **details})

    assert refused.value.code == code


def test_a_report_begun_by_a_regime_is_as_the_regime_says(db_session, monthly, cast):
    do.edit(
        monthly,
        {"responsible_id": cast["secretary"].person_id, "orientation": Orientation.LANDSCAPE},
        by=BY,
    )

    report = do.begin(monthly, parse("2026-11"), by=BY)

    assert (report.regime_id, report.group_id) == (monthly.id, cast.groups["HAL"])
    assert (report.due_on, report.orientation) == (date(2026, 11, 16), Orientation.LANDSCAPE)
    assert report.person_id == cast["secretary"].person_id


def test_a_period_has_one_report_of_a_regime(db_session, monthly):
    do.begin(monthly, parse("2026-11"), by=BY)

    assert do.begin(monthly, parse("2026-11"), by=BY) is None
    assert len(db_session.scalars(select(Report)).all()) == 1


def test_what_is_being_written_follows_the_regime_and_what_is_submitted_stays(db_session, monthly):
    draft = do.begin(monthly, parse("2026-11"), by=BY)
    sent = do.begin(monthly, parse("2026-10"), by=BY)
    history.change(sent, {"state": ReportState.SUBMITTED}, by=BY)

    do.edit(monthly, {"working_days": 3, "orientation": Orientation.LANDSCAPE}, by=BY)

    assert (draft.due_on, draft.orientation) == (date(2026, 11, 18), Orientation.LANDSCAPE)
    assert (sent.due_on, sent.orientation) == (date(2026, 10, 15), Orientation.PORTRAIT)


def test_a_regime_can_hold_to_the_shipped_layout_whatever_the_default_is(db_session, monthly):
    default, other = (
        report_templates.upload(name, "mau.docx", name.encode(), by=BY) for name in ("A", "B")
    )
    for template in (default, other):
        report_templates.use(template, by=BY)
    report_templates.make_default(default, by=BY)
    draft = do.begin(monthly, parse("2026-10"), by=BY)
    begun_with = [draft.template_id]

    for values in (
        {"template_id": None, "is_laid_out_as_shipped": True},
        {"template_id": other.id, "is_laid_out_as_shipped": False},
        {"template_id": None, "is_laid_out_as_shipped": False},
        {"template_id": None, "is_laid_out_as_shipped": True},
    ):
        do.edit(monthly, values, by=BY)
        begun_with.append(draft.template_id)

    assert begun_with == [default.id, None, other.id, default.id, None]
    assert do.begin(monthly, parse("2026-11"), by=BY).template_id is None
    assert reports.begin(None, parse("2026-11"), by=BY).template_id == default.id


def test_what_was_sent_in_time_stays_so_while_it_is_corrected(db_session, monthly):
    do.edit(monthly, {"working_days": 3}, by=BY)
    sent = do.begin(monthly, parse("2026-11"), by=BY)
    history.change(sent, {"revision": 1}, by=BY)

    do.edit(monthly, {"working_days": 1, "orientation": Orientation.LANDSCAPE}, by=BY)

    assert (sent.due_on, sent.orientation) == (date(2026, 11, 18), Orientation.LANDSCAPE)


def test_a_report_that_was_begun_before_it_was_owed_is_the_one_that_is_owed(db_session, cast):
    group = db_session.get_one(Group, cast.groups["HAL"])
    by_hand = reports.begin(group, parse("2026-11"), by=BY)
    issued = reports.begin(group, parse("2026-10"), by=BY)
    history.change(issued, {"state": ReportState.ISSUED}, by=BY)
    by_calendar = reports.begin(group, parse("cal:2026-11"), by=BY)

    do.create("Tháng", group_id=group.id, starts_on=date(2026, 10, 1), by=BY, **MONTHLY)
    begun = [do.begin(*one, by=BY) for one in owed.missing(TODAY)]

    assert begun == [issued, by_hand]
    assert by_hand.due_on == date(2026, 11, 16)
    assert by_calendar.regime_id is None
    assert list(owed.missing(TODAY)) == []
    assert [one.period.word for one in owed.unsent(TODAY)] == ["2026-11", "2026-12"]


def test_by_other_days_nothing_is_owed_for_what_is_past(db_session, monthly):
    do.edit(monthly, WEEKLY, by=BY)

    assert monthly.starts_on == TODAY


def test_two_who_change_the_same_of_a_regime_are_asked(db_session, monthly):
    seen = monthly.version
    do.edit(monthly, {"name": "Báo cáo hằng tháng"}, by=BY)
    db_session.flush()

    with pytest.raises(StaleError):
        do.edit(monthly, {"name": "Tháng"}, by=BY, seen=seen)


def test_of_two_who_choose_another_layout_the_second_is_asked(db_session, monthly):
    seen = monthly.version
    template = report_templates.upload("A", "mau.docx", b"PK", by=BY)
    do.edit(monthly, {"template_id": template.id, "is_laid_out_as_shipped": False}, by=BY)
    db_session.flush()

    with pytest.raises(StaleError):
        do.edit(monthly, {"template_id": None, "is_laid_out_as_shipped": True}, by=BY, seen=seen)


def test_those_who_owe_a_report_are_reminded_once_a_stage(db_session, monthly, cast):
    days = [date(2026, 11, day) for day in (10, 11, 12, 13, 14, 15, 16, 17, 18, 24)]

    told = {day.day: do.remind(by=on(day)) for day in days}

    # The head, the deputy and the secretary; the month closes on the 14th and is due on the 16th.
    assert told == {10: 0, 11: 3, 12: 0, 13: 3, 14: 0, 15: 0, 16: 3, 17: 3, 18: 0, 24: 3}
    assert do.remind(by=on(date(2026, 11, 24))) == 0


def test_nobody_is_reminded_of_a_report_that_was_issued(db_session, monthly):
    report = do.begin(monthly, parse("2026-11"), by=BY)
    history.change(report, {"state": ReportState.ISSUED}, by=BY)
    db_session.flush()

    assert do.remind(by=BY) == 0


def test_who_is_responsible_is_reminded_besides_those_who_lead(db_session, monthly, cast):
    do.edit(monthly, {"responsible_id": cast["member"].person_id}, by=BY)

    do.remind(by=BY)

    readers = select(OutboxItem.payload).where(OutboxItem.kind == notifications.REPORT_DUE)
    assert {payload["person_id"] for payload in db_session.scalars(readers)} == {
        cast[role].person_id for role in ("head", "deputy", "secretary", "member")
    }


@pytest.mark.parametrize("key", ["HAL", None])
def test_two_who_ask_for_a_report_in_the_same_moment_write_the_same(app, cast, key):
    scope = Scope(group_id=cast.groups[key] if key else None)
    begun = []

    def ask(_who):
        group = db.session.get(Group, scope.group_id) if key else None
        begun.append(do.begin_wanted(group, parse("2026-11"), scope, by=BY).id)

    assert at_once(app, ask, ("head", "secretary")) == [None, None]
    assert begun == [begun[0]] * 2
