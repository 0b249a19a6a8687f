"""The migrations make what the models say, and the database keeps its history by itself."""

from dataclasses import replace
from datetime import date, timedelta

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import DatabaseError

from tests import factories as make
from tests.exports.reports import make_facts
from tests.factories import AGES_AGO
from tests.services.acts import BY
from tracker.adapters import guards
from tracker.exports.report.formats import FORMATS
from tracker.extensions import Base
from tracker.lib.periods import parse
from tracker.lib.plain import plain, typed
from tracker.models import (
    Change,
    DateMove,
    MoveReason,
    Report,
    ReportRecord,
    ReportState,
    Strand,
    Summary,
    TaskStatus,
)
from tracker.queries import reports as build_reports
from tracker.queries.report_facts import ReportFacts, Stamp
from tracker.queries.reports import records
from tracker.services import (
    comments,
    confirmations,
    deliverables,
    milestones,
    people,
    reports,
    tasks,
    trash,
)
from tracker.services.act import Act, Why
from tracker.words import language

pytestmark = pytest.mark.blank

WHY = Why(reason=MoveReason.BUDGET)
ON_CONFLICT = "ON CONFLICT (id) DO UPDATE SET cause = 'nobody'"
REWRITES = {
    "sqlite": (
        "UPDATE history SET cause = 'nobody'",
        "DELETE FROM history",
        "INSERT OR REPLACE INTO history SELECT * FROM history",
        f"INSERT INTO history SELECT * FROM history WHERE true {ON_CONFLICT}",
    ),
    "postgresql": (
        "UPDATE history SET cause = 'nobody'",
        "DELETE FROM history",
        "TRUNCATE history CASCADE",
        "INSERT INTO history SELECT * FROM history ON CONFLICT (id) DO UPDATE SET cause = 'nobody'",
    ),
}


def differences(session):
    context = MigrationContext.configure(
        session.connection(),
        opts={
            "compare_type": True,
            "include_name": lambda name, kind, _: (
                kind not in {"table", "index"} or name not in guards.FOREIGN_NAMES
            ),
        },
    )
    return compare_metadata(context, Base.metadata)


def test_migrations_from_nothing_make_what_the_models_say(db_session):
    assert differences(db_session) == []


def test_upgrading_twice_changes_nothing(db_session):
    flask_migrate.upgrade()

    assert differences(db_session) == []


@pytest.fixture
def change(db_session):
    """One row of history, committed."""
    row = Change(at=AGES_AGO, cause="cli", kind="task", subject_id=1, field="title", new="A")
    db_session.add(row)
    db_session.commit()
    return row


def tried(session, statement):
    """The complaint of the database, or None when it obeyed."""
    try:
        session.execute(sa.text(statement))
    except DatabaseError as error:
        session.rollback()
        return str(error.orig)
    return None


def test_history_can_only_grow(db_session, change):
    for rewrite in REWRITES[db_session.get_bind().dialect.name]:
        assert "history can only grow" in (tried(db_session, rewrite) or f"done: {rewrite}")
        causes = db_session.execute(sa.text("SELECT cause FROM history")).scalars().all()
        assert causes == ["cli"], rewrite


def test_moves_of_dates_are_taken_over_from_the_history(db_session):
    """Whoever comes from a release before the slip ledger finds their past in it."""
    _, streams = make.whole_group(db_session)
    task = tasks.create(streams[Strand.METROLOGY], "Đo", by=BY, due=date(2026, 12, 1))
    tasks.move_forecast(task, date(2026, 12, 11), why=WHY, by=BY)
    tasks.move_due(task, date(2026, 12, 21), why=WHY, by=BY)
    db_session.commit()
    moves = list(db_session.execute(sa.select(DateMove.__table__)).mappings())
    db_session.commit()

    flask_migrate.downgrade(revision="0001")
    flask_migrate.upgrade()

    assert [row["days"] for row in moves] == [10, 20]
    assert list(db_session.execute(sa.select(DateMove.__table__)).mappings()) == moves


def test_who_upgrades_finds_when_everything_was_last_confirmed(db_session):
    """Also in the facts that the board reads, which the release before did not keep."""
    _, streams = make.whole_group(db_session)
    stream, who = streams[Strand.METROLOGY], make.person(db_session).id
    acts = [Act(person_id=who, at=AGES_AGO + timedelta(days=10 * n), cause="web") for n in range(3)]
    said = [tasks.create(stream, title, by=acts[0]) for title in ("Đo", "Thử", "Xong", "Nằm")]
    milestone = milestones.create(stream, "Mốc", by=acts[0], baseline=date(2026, 12, 1))
    tasks.change_status(said[0], TaskStatus.DOING, by=acts[1])
    confirmations.confirm(said[1], by=acts[2])
    tasks.change_status(said[2], TaskStatus.DONE, by=acts[1])
    milestones.move_forecast(milestone, date(2026, 12, 8), why=WHY, by=acts[2])
    tasks.edit(said[3], {"title": "Nằm yên"}, by=acts[2])
    db_session.commit()
    told = [thing.confirmed_at for thing in (*said, milestone)]
    stored = sa.text("SELECT facts FROM summaries WHERE workstream_id = :id").columns(
        facts=Summary.facts.type
    )
    before = db_session.execute(stored, {"id": stream.id}).scalar()
    db_session.commit()

    flask_migrate.downgrade(revision="0007")
    older = db_session.execute(stored, {"id": stream.id}).scalar()
    db_session.commit()
    flask_migrate.upgrade()
    db_session.expire_all()

    assert [len(older["milestones"][0]), "confirmed" in older] == [5, False]
    assert [thing.confirmed_at for thing in (*said, milestone)] == told
    assert db_session.execute(stored, {"id": stream.id}).scalar() == before
    assert [number for _, number in before["confirmed"]] == [1, 1, 1]


def test_the_release_before_finds_no_deliverables(db_session):
    """It does not know the kind, and its search would fail."""
    _, streams = make.whole_group(db_session)
    stream = streams[Strand.STANDARDS]
    tasks.create(stream, "Đo", by=BY)
    found = deliverables.create(stream, make.kind(db_session, "TCVN"), "Yêu cầu chung", by=BY)
    author = replace(BY, person_id=make.person(db_session).id)
    comments.write(found, "Đang soạn", by=author)
    db_session.commit()

    flask_migrate.downgrade(revision="0001")

    kinds = db_session.execute(sa.text("SELECT kind FROM search_entries")).scalars().all()
    left = db_session.execute(sa.text("SELECT count(*) FROM comments")).scalar()
    db_session.commit()
    flask_migrate.upgrade()
    assert (kinds, left) == (["task"], 0)


def a_report(session, facts, **values):
    """A report of the release that kept facts beside it, as one of its rows."""
    columns = {
        "kind": "periodic",
        "arranged_by": "group",
        "orientation": "portrait",
        "period": "2026-11",
        "first_day": date(2026, 10, 15),
        "last_day": date(2026, 11, 14),
        "revision": 0,
        "narrative": facts.narrative,
        "facts": plain(facts),
        "created_at": AGES_AGO,
        "updated_at": AGES_AGO,
        "version": 1,
        **dict.fromkeys(("reason", "remarks", "folded"), ""),
        **values,
    }
    types = {"narrative": Report.narrative.type, "facts": Report.narrative.type}
    for name in ("created_at", "updated_at"):
        types[name] = Report.created_at.type
    table = sa.table("reports", *(sa.column(name, types.get(name)) for name in columns))
    session.execute(sa.insert(table).values(columns))


def test_what_closed_reports_said_becomes_a_record(db_session):
    """Their files are made again byte by byte; what drafts were last made from goes."""
    told = make_facts(12)
    closer = make.person(db_session)
    db_session.commit()
    flask_migrate.downgrade(revision="0016")
    a_report(db_session, told, id=1, state="issued", period="2026-10")
    a_report(db_session, told, id=2, state="draft")
    closing = {"kind": "report", "subject_id": 1, "field": "state", "old": "draft", "new": "issued"}
    db_session.add(Change(at=AGES_AGO, cause="web", person_id=closer.id, **closing))
    db_session.commit()

    flask_migrate.upgrade()

    (record,) = db_session.scalars(sa.select(ReportRecord)).all()
    assert (record.report_id, record.approved_by_id, record.issued_at) == (1, closer.id, None)
    closed = db_session.get_one(Report, 1)
    assert closed.state is ReportState.APPROVED
    assert "ban ky thuat da hop 02 phien" in closed.folded
    found = records.facts_of(record)
    assert found == replace(told, revision=found.revision, stamp=Stamp())
    db_session.commit()

    flask_migrate.downgrade(revision="0016")
    query = sa.text("SELECT state, facts FROM reports WHERE id = 1")
    state, facts = db_session.execute(query.columns(facts=Report.narrative.type)).one()
    db_session.commit()
    flask_migrate.upgrade()
    assert (state, typed(ReportFacts, facts)) == ("issued", told)
    assert records.facts_of(db_session.scalars(sa.select(ReportRecord)).one()) == found


def test_a_report_says_the_same_whatever_became_of_plan_people_units_and_tables(db_session):
    unit = make.unit(db_session, "Viện Đo lường")
    owner = make.person(db_session, "Nguyễn Văn An", unit=unit)
    group, streams = make.whole_group(db_session)
    task = tasks.create(
        streams[Strand.METROLOGY], "Đo", by=BY, lead_unit_id=unit.id, owner_id=owner.id
    )
    db_session.flush()
    report = reports.begin(group, parse("2026-12"), by=BY)
    db_session.flush()
    facts = build_reports.build([group], parse("2026-12"), today=BY.today, covers_all=False)
    record = reports.submit(report, reports.freeze(report, facts), by=BY)
    db_session.commit()
    told = records.facts_of(record)
    before = [FORMATS[name].render(told, language("vi")) for name in ("docx", "xlsx", "csv")]
    assert all(said.encode() in before[-1] for said in ("Viện Đo lường", "Nguyễn Văn An"))

    people.rename_unit(unit, {"name": "Viện Đo lường Quốc gia"}, valid_from=BY.today, by=BY)
    people.edit_person(owner, {"full_name": "Nguyễn Thị Bình"}, by=BY)
    tasks.edit(task, {"title": "Việc khác"}, by=BY)
    trash.throw_away(task, by=BY)
    db_session.commit()
    flask_migrate.downgrade(revision="0017")
    flask_migrate.upgrade()
    db_session.expire_all()

    told = records.facts_of(db_session.scalars(sa.select(ReportRecord)).one())
    after = [FORMATS[name].render(told, language("vi")) for name in ("docx", "xlsx", "csv")]
    assert after == before


def test_guards_stand_again_after_a_table_was_made_anew(db_session, change):
    """An Alembic batch on SQLite copies, drops and renames the table, and its triggers are gone."""
    if db_session.get_bind().dialect.name == "sqlite":
        db_session.execute(sa.text("CREATE TABLE anew AS SELECT * FROM history"))
        db_session.execute(sa.text("DROP TABLE history"))
        db_session.execute(sa.text("ALTER TABLE anew RENAME TO history"))
        db_session.execute(sa.text("CREATE UNIQUE INDEX its_key ON history (id)"))
    else:
        db_session.execute(sa.text("DROP TRIGGER history_refuses_change ON history"))
        db_session.execute(sa.text("DROP TRIGGER history_refuses_truncate ON history"))
    db_session.commit()

    flask_migrate.upgrade()

    assert "history can only grow" in (tried(db_session, "DELETE FROM history") or "done")


@pytest.mark.sqlite
def test_sqlite_gives_no_id_twice_after_a_table_was_made_anew_either(db_session):
    """A later Alembic batch must pass `table_kwargs={"sqlite_autoincrement": True}`."""
    stored = dict(db_session.execute(sa.text("SELECT name, sql FROM sqlite_master")).all())
    numbered = [table.name for table in Base.metadata.sorted_tables if "id" in table.columns]

    assert [name for name in numbered if "AUTOINCREMENT" not in stored[name]] == []
