"""The demo is loaded once a database for the tests that only read it."""

import stat
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from tests import factories as make
from tests import past
from tests.databases import close, make_app
from tracker import cli
from tracker.cli.demo import script
from tracker.extensions import db
from tracker.lib.health import Health, WorkstreamFacts, judge
from tracker.lib.plan_comparison import compare
from tracker.lib.risk import RiskBand
from tracker.lib.text import nfc
from tracker.models import (
    Account,
    Baseline,
    Blocking,
    Change,
    Comment,
    Decision,
    Declaration,
    Deliverable,
    EntryKind,
    ExtensionRequest,
    ExtensionState,
    Group,
    Meeting,
    MeetingEntry,
    MeetingMinutes,
    MeetingState,
    Membership,
    Milestone,
    MoveReason,
    Person,
    Report,
    ReportKind,
    ReportRecord,
    ReportRegime,
    ReportState,
    Risk,
    RiskKind,
    SearchEntry,
    Snapshot,
    Strand,
    Summary,
    Task,
    TaskStatus,
    Trash,
    Unit,
    UnitName,
    Workstream,
)
from tracker.queries import (
    baselines,
    confirmations,
    declarations,
    owed,
    past_facts,
    programmes,
    recurrences,
    settings,
)
from tracker.queries.reports import chips, records
from tracker.services import accounts, search, summaries
from tracker.services.history import encoded

TODAY = date(2026, 11, 23)
PASSWORD = "bốn từ dễ nhớ"
S, M, C, I = Strand  # noqa: E741 - the letters by which stories tell strands


def run(app, *words):
    return CliRunner().invoke(cli.root(), words, obj=lambda: app)


@contextmanager
def loaded(database, folder, *options):
    """An app with a demo of its own."""
    with database.copy("empty", folder) as (url, _):
        app = make_app(url, folder, demo_password=PASSWORD)
        result = run(app, "demo", "load", *options)
        assert result.exit_code == 0, result.output
        yield app
        close(app)


@pytest.fixture(scope="module")
def demo_app(database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    with loaded(database, folder, "--today", f"{TODAY}") as app:
        app.folder = folder
        yield app


@pytest.fixture
def demo(demo_app):
    with demo_app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture(scope="module")
def crowd_app(database, tmp_path_factory):
    words = ("--today", f"{TODAY}", "--groups", "5", "--tasks", "400", "--seed", "7")
    with loaded(database, tmp_path_factory.mktemp("crowd"), *words) as app:
        yield app


def everything(session, table, *conditions):
    return session.scalars(db.select(table).where(*conditions).order_by(table.id)).all()


def by_code(session, table, code):
    return session.scalars(db.select(table).where(table.code == code)).one()


def workstreams(session):
    query = db.select(Workstream, Group.key).join(Group, Group.id == Workstream.group_id)
    return {(key, row.strand): row for row, key in session.execute(query)}


# ------------------------------------------------------------------ accounts


def test_the_accounts_are_those_the_readme_names(demo):
    found = everything(demo, Account)

    groups = [f"{role}.{key}" for key in ("hal", "sol", "ghg") for role in ROLES]
    names = ["admin", "director", "observer", *groups]
    assert sorted(a.email for a in found) == sorted(f"{name}@demo.test" for name in names)
    assert [a.email for a in found if a.is_administrator] == ["admin@demo.test"]
    assert [a.email for a in found if a.is_director] == ["director@demo.test"]
    assert {a.is_demo for a in found} == {True}


ROLES = ("lead", "secretary", "member")


def test_one_password_opens_all_accounts(demo):
    hashes = {account.password_hash for account in everything(demo, Account)}

    assert len(hashes) == 1
    assert accounts.password_fits(everything(demo, Account)[0], PASSWORD)


def test_the_password_is_kept_for_its_owner_only(demo_app):
    path = demo_app.folder / "demo-password"

    assert path.read_text("utf-8") == PASSWORD + "\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_loading_prints_address_accounts_and_password(demo_app):
    result = run(demo_app, "demo", "load", "--if-empty")

    assert result.exit_code == 0
    assert "http://127.0.0.1:5000" in result.stdout
    assert result.stdout.count("@demo.test") == 12
    assert PASSWORD in result.stdout


def test_a_password_is_invented_where_none_is_set(database, tmp_path):
    with database.copy("empty", tmp_path) as (url, _):
        app = make_app(url, tmp_path)
        result = run(app, "demo", "load", "--today", f"{TODAY}")
        close(app)

    kept = (tmp_path / "demo-password").read_text("utf-8").strip()
    assert len(kept) == 19
    assert kept in result.stdout


# ------------------------------------------------------------------ twice


def test_loading_twice_is_refused_and_changes_nothing(demo_app):
    with demo_app.app_context():
        before = db.session.scalar(db.select(db.func.count(Change.id)))

    result = run(demo_app, "demo", "load")

    assert result.exit_code == 1
    assert "đã có dữ liệu" in result.stderr
    with demo_app.app_context():
        assert db.session.scalar(db.select(db.func.count(Change.id))) == before


def test_a_wrong_option_is_a_matter_of_usage(demo_app):
    assert run(demo_app, "demo", "load", "--groups", "two").exit_code == 2


# ------------------------------------------------------------------ what the board shows


def test_leads_declared_for_half_a_year_and_one_of_them_better_than_late(demo):
    said = declarations.current()
    places = {row.id: place for place, row in workstreams(demo).items()}
    better = {places[id_]: one for id_, one in said.items() if one.was_better}

    assert len(said) == len(places)
    late = better["SOL", Strand.INSPECTION]
    assert (late.health, late.computed, bool(late.recovery)) == (Health.ON_TRACK, Health.LATE, True)
    days = {row.at.date() for row in everything(demo, Declaration)}
    assert (max(days) - min(days)).days > 180


def test_the_board_looks_like_the_design(demo):
    judged = {
        (key, strand): judge(
            WorkstreamFacts.from_json(demo.get_one(Summary, row.id).facts),
            script.LAST_DAY,
            settings.thresholds(),
            settings.calendar(),
        )
        for (key, strand), row in workstreams(demo).items()
    }

    assert {
        place: (j.health.shape, f"{j.done}/{j.total}", j.slip_days, j.overdue)
        for place, j in judged.items()
    } == {
        ("HAL", S): ("●", "14/18", 0, 0),
        ("HAL", M): ("▲", "5/11", 18, 1),
        ("HAL", C): ("■", "3/12", 41, 5),
        ("HAL", I): ("▲", "0/6", 20, 0),
        ("SOL", S): ("✓", "16/16", -6, 0),
        ("SOL", M): ("●", "7/10", 0, 0),
        ("SOL", C): ("●", "8/13", 0, 0),
        ("SOL", I): ("■", "2/9", 27, 3),
        ("GHG", S): ("●", "9/15", 0, 0),
        ("GHG", M): ("▲", "7/19", 9, 1),
        ("GHG", C): ("●", "6/9", 0, 0),
        ("GHG", I): ("▲", "1/5", 5, 1),
    }


def test_the_groups_stand_in_the_order_of_the_design(demo):
    found = demo.scalars(db.select(Group).order_by(Group.position)).all()

    assert [(g.key, g.name, g.name_en, g.needs_approval) for g in found] == [
        ("HAL", "Halal", "Halal", True),
        ("SOL", "Pin mặt trời", "Solar panels", False),
        ("GHG", "Khí nhà kính", "Greenhouse gases", False),
    ]


def test_every_status_can_be_seen(demo):
    assert {task.status for task in everything(demo, Task)} == set(TaskStatus)


def test_the_task_of_the_design_has_its_five_subtasks(demo):
    task = by_code(demo, Task, "HAL-47")
    parts = everything(demo, Task, Task.parent_id == task.id)

    assert task.title == "So sánh liên phòng với 4 phòng thử nghiệm"
    assert (task.due, task.forecast, task.progress) == (
        date(2026, 11, 18),
        date(2026, 12, 2),
        60,
    )
    assert [part.status.value for part in parts] == ["done", "done", "done", "doing", "todo"]


def test_two_plans_are_approved_and_one_is_a_draft(demo):
    keys = {group.id: group.key for group in everything(demo, Group)}

    assert sorted(keys[row.group_id] for row in everything(demo, Baseline)) == [
        "HAL",
        "HAL",
        "SOL",
    ]


def test_the_trash_holds_something_to_bring_back(demo):
    assert [row.title for row in everything(demo, Trash)] == [
        "Khảo sát giá mô-đun trên mạng",
        "Kiểm tra nhãn tại hội chợ tháng 9",
    ]


def test_some_people_left_and_some_changed_their_post(demo):
    ended = everything(demo, Membership, Membership.ends_on.is_not(None))

    assert sorted(demo.get_one(Person, row.person_id).full_name for row in ended) == [
        "Phan Thành",
        "Phan Đình Đạt",
        "Đinh Văn Mạnh",
    ]


def test_the_commission_had_another_name_before(demo):
    unit = demo.scalars(db.select(Unit).where(Unit.abbreviation == "Ủy ban TCĐLCL Quốc gia")).one()
    names = demo.scalars(
        db.select(UnitName.name).where(UnitName.unit_id == unit.id).order_by(UnitName.valid_from)
    )

    assert list(names) == [
        "Tổng cục Tiêu chuẩn Đo lường Chất lượng",
        "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia",
    ]


# ------------------------------------------------------------------ the past


def test_every_move_of_a_date_says_why_and_who_agreed(demo):
    moves = everything(
        demo,
        Change,
        Change.field.in_(["forecast", "due"]),
        Change.old.is_not(None),
        Change.cause == "demo",
    )

    assert len(moves) >= 15
    assert [m.id for m in moves if not (m.reason and m.sentence and m.agreed_by)] == []
    assert {m.reason for m in everything(demo, Change, Change.reason.is_not(None))} == set(
        MoveReason
    )


@pytest.mark.parametrize(
    ("day", "forecast"),
    [
        (date(2026, 10, 19), "2026-12-15"),
        (date(2026, 10, 20), "2026-12-25"),
        (date(2026, 11, 17), "2026-12-25"),
        (date(2026, 11, 18), "2026-12-15"),
    ],
)
def test_a_past_day_shows_the_forecast_of_then(demo, day, forecast):
    milestone = everything(demo, Milestone, Milestone.title.startswith("Công bố TCVN soát xét"))[0]

    state = past.state_at(workstreams(demo)["HAL", S], day)

    assert state["milestone", milestone.id].values["forecast"] == forecast


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 20), None),
        (date(2026, 10, 21), ("todo", 0, None)),
        (date(2026, 11, 6), ("doing", 40, None)),
        (date(2026, 11, 19), ("doing", 60, None)),
        (date(2026, 11, 20), ("doing", 60, "2026-12-02")),
    ],
)
def test_a_past_day_shows_the_task_of_then(demo, day, expected):
    task = by_code(demo, Task, "HAL-47")

    item = past.state_at(workstreams(demo)["HAL", M], day).get(("task", task.id))

    found = item and tuple(item.values.get(name) for name in ("status", "progress", "forecast"))
    assert found == expected


def test_only_people_who_can_sign_in_did_or_said_anything(demo):
    able = {account.person_id for account in everything(demo, Account)}

    assert {row.person_id for row in everything(demo, Change)} - able == {None}
    assert {row.author_id for row in everything(demo, Comment)} <= able


def test_the_history_rebuilds_the_plan_as_it_is(demo):
    assert_replayed(demo)


def test_the_summaries_and_the_index_are_those_of_the_services(demo):
    assert summaries.rebuild() == 0
    assert_indexed(demo)


def test_nothing_happened_after_the_last_day_or_on_a_weekend(demo):
    rows = everything(demo, Change)
    days = {(row.at + timedelta(hours=7)).date() for row in rows}
    # The tracker makes drafts on the day after the cut-off, whichever that is.
    by_people = [row for row in rows if row.kind != "report" or row.person_id]
    worked = {(row.at + timedelta(hours=7)).date() for row in by_people}
    spoken = {(row.at + timedelta(hours=7)).date() for row in everything(demo, Comment)}

    assert max(days | spoken) <= script.LAST_DAY
    assert sorted(day for day in worked if day.weekday() > 4) == []


def assert_replayed(session):
    beside = {"id", "version", "deleted_at", "trash_id", "confirmed_at"}
    said = confirmations.ledger()
    for workstream in workstreams(session).values():
        live = {}
        for kind, table in (("milestone", Milestone), ("task", Task)):
            for row in everything(
                session, table, table.workstream_id == workstream.id, table.deleted_at.is_(None)
            ):
                names = [c.key for c in db.inspect(table).column_attrs if c.key not in beside]
                values = {name: encoded(getattr(row, name)) for name in names}
                live[kind, row.id] = {n: v for n, v in values.items() if v is not None}
                assert row.confirmed_at == said.last((kind, row.id), without=0)
        lists = {"cooperating_units", "participants"}
        replayed = {
            key: {n: v for n, v in item.values.items() if v is not None and n not in lists}
            for key, item in past.state_at(workstream, TODAY).items()
        }
        assert replayed == live


def assert_indexed(session):
    """Each live thing has an entry, nothing else has one, and indexing again changes none."""
    before = {(e.kind, e.subject_id): texts(e) for e in everything(session, SearchEntry)}
    things = [
        thing
        for table in (Milestone, Task, Deliverable)
        for thing in everything(session, table, table.deleted_at.is_(None))
    ] + everything(session, Risk)
    assert {(type(thing).__name__.lower(), thing.id) for thing in things} == set(before)
    for thing in things:
        search.index(thing)
    after = {(e.kind, e.subject_id): texts(e) for e in everything(session, SearchEntry)}
    assert after == before


def texts(entry):
    return entry.group_id, entry.code, entry.title, entry.body, entry.folded


# ------------------------------------------------------------------ the whole of it


def test_no_item_of_the_plan_is_out_of_reach(demo):
    alive = {m.id: m for m in everything(demo, Milestone, Milestone.deleted_at.is_(None))}
    tasks = {t.id: t for t in everything(demo, Task, Task.deleted_at.is_(None))}

    assert [t.code for t in tasks.values() if t.milestone_id not in alive] == []
    assert [
        t.code
        for t in tasks.values()
        if alive[t.milestone_id].workstream_id != t.workstream_id
        or alive[t.milestone_id].group_id != t.group_id
        or (t.parent_id and tasks[t.parent_id].milestone_id != t.milestone_id)
    ] == []


def test_all_text_of_the_story_is_composed(demo):
    assert [text for text in all_text(demo) if text != nfc(text)] == []


def test_all_text_of_a_crowd_is_composed(crowd_app):
    with crowd_app.app_context():
        assert [text for text in all_text(db.session) if text != nfc(text)] == []


def all_text(session):
    return [
        value
        for table in (Task, Milestone, Comment, Person, Unit, Group, Change, SearchEntry)
        for row in everything(session, table)
        for column in db.inspect(table).column_attrs
        if isinstance(value := getattr(row, column.key), str)
    ]


@pytest.mark.sqlite
def test_the_story_moves_by_whole_weeks(database, tmp_path):
    with (
        loaded(database, tmp_path, "--today", "2027-03-03") as app,
        app.app_context(),
    ):
        task = by_code(db.session, Task, "HAL-47")
        last = max(row.at for row in everything(db.session, Change)).date()
        titles = [row.title for row in everything(db.session, Milestone)]
        said = [row.body for row in everything(db.session, Comment)]

    assert task.due == date(2026, 11, 18) + timedelta(weeks=14)
    assert task.due.weekday() == 2
    assert last == date(2026, 11, 20) + timedelta(weeks=14)
    assert "Ban hành kế hoạch kiểm tra nhãn Halal năm 2027" in titles
    assert [text for text in (*said, *titles) if "[[" in text or "{" in text] == []
    assert any("10/03/2027" in text for text in said)


# ------------------------------------------------------------------ crowds


def test_a_crowd_is_as_large_as_asked_and_even(crowd_app):
    with crowd_app.app_context():
        per_group = db.session.execute(
            db.select(Group.key, db.func.count(Task.id)).join(Task).group_by(Group.key)
        ).all()

    assert dict(map(tuple, per_group)) == dict.fromkeys(("HAL", "SOL", "GHG", "T003", "T004"), 80)


def test_a_crowd_has_the_past_and_the_index_of_real_work(crowd_app):
    with crowd_app.app_context():
        assert_replayed(db.session)
        assert_indexed(db.session)
        assert summaries.rebuild() == 0


def test_a_crowd_leaves_room_for_the_next_number(crowd_app):
    with crowd_app.app_context():
        codes = set(db.session.scalars(db.select(Task.code).where(Task.code.startswith("T004-"))))

    assert codes == {f"T004-{number}" for number in range(1, 81)}


@pytest.mark.sqlite
def test_a_seed_gives_the_same_crowd_again_and_another_one_another(database, tmp_path):
    def crowd(seed):
        folder = tmp_path / f"{seed}-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        words = ("--today", f"{TODAY}", "--groups", "4", "--tasks", "260", "--seed", seed)
        with loaded(database, folder, *words) as app, app.app_context():
            rows = everything(db.session, Task)
            return [(t.code, t.title, t.due, t.status, t.owner_id, t.description) for t in rows]

    first = crowd("1")
    assert crowd("1") == first
    assert crowd("2") != first


# ------------------------------------------------------------------ who may sign in


@pytest.mark.parametrize(
    ("app_settings", "status"),
    [
        ({"host": "127.0.0.1"}, 303),
        ({"host": "0.0.0.0"}, 403),
        ({"host": "0.0.0.0", "demo_password": "some words"}, 303),
    ],
    indirect=["app_settings"],
)
def test_demo_accounts_are_refused_where_strangers_can_reach(set_up, client_for, status):
    with set_up() as session:
        make.account(session, email="lead@demo.test", password=PASSWORD, is_demo=True)

    answer = client_for("anonymous").post(
        "/sign-in", data={"email": "lead@demo.test", "password": PASSWORD}
    )

    assert answer.status_code == status


@pytest.fixture
def app_settings(request):
    return getattr(request, "param", {})


# ------------------------------------------------------------------ stories


def test_a_line_that_is_none_of_a_story_is_named():
    with pytest.raises(ValueError, match=r"not a line of a story: > soon"):
        script.parse("plan 01/02/26\n== standards\n◆ Mốc | 01/03/26\n  > soon")


def test_a_reset_refuses_where_real_people_sign_in(runner, app, cast):
    result = runner.invoke(cli.root(), ["demo", "reset"], obj=lambda: app)

    assert result.exit_code == 1
    assert accounts_of(app) > 0


@pytest.mark.sqlite
@pytest.mark.blank
@pytest.mark.own_app
def test_a_reset_throws_a_demo_away(runner, app):
    folder = app.extensions["tracker.config"].data_dir
    runner.invoke(cli.root(), ["demo", "load"], obj=lambda: app)
    assert (folder / "demo-password").exists()

    result = runner.invoke(cli.root(), ["demo", "reset"], obj=lambda: app)

    assert result.exit_code == 0
    assert sorted(path.name for path in folder.glob("tracker.db*")) == []
    assert not (folder / "demo-password").exists()


def accounts_of(app):
    with app.app_context():
        return db.session.query(Account).count()


# ------------------------------------------------------------------ work that comes again


def test_one_of_the_reports_was_missed_and_the_others_were_written(demo):
    group = demo.scalar(db.select(Group).where(Group.key == "GHG"))

    lines = recurrences.listing(group, script.LAST_DAY)

    assert [(line.recurrence.name, line.done, line.missed) for line in lines] == [
        ("Báo cáo tháng … về chế tạo khí chuẩn", 2, 1),
        ("Họp kỹ thuật khí chuẩn quý …", 1, 0),
        ("Kế hoạch so sánh liên phòng năm …", 0, 0),
    ]
    assert [line.next.due for line in lines] == [
        date(2026, 12, 25),
        date(2027, 3, 9),
        date(2027, 12, 31),
    ]


def test_its_owners_tick_boxes(demo):
    started = everything(demo, Task, Task.description.contains("[x]"))

    assert {task.status for task in started} == {TaskStatus.DOING, TaskStatus.DONE}


def test_requests_for_an_extension_have_every_state(demo):
    states = {row.state for row in everything(demo, ExtensionRequest)}

    assert states == set(ExtensionState)


def test_the_second_approval_differs_from_the_first(demo):
    group = demo.scalars(db.select(Group).where(Group.key == "HAL")).one()
    first, second = (baselines.items(baselines.find(group, number)) for number in (1, 2))
    strands = [strand.value for strand in Strand]

    found = compare(first, second, strands, settings.calendar())

    assert [pair.slip.days for pair in found.moved] == [92, 91, 46]
    assert [pair.after.title for pair in found.renamed] == [
        "Phổ biến áp dụng TCVN 13708:2023 và TCVN 13709:2023"
    ]


# ------------------------------------------------------------------ difficulties and risks


def test_the_register_is_spread_over_the_heat_map_and_some_of_it_is_over(demo):
    entries = everything(demo, Risk)
    is_open = [one for one in entries if one.is_open]

    for key in ("HAL", "SOL", "GHG"):
        assert len([one for one in entries if one.code.startswith(f"{key}-R")]) == 4
    assert {one.band for one in is_open if one.kind is RiskKind.RISK} == set(RiskBand)
    assert [one.code for one in entries if one.happened_on and one.closed_on] == ["HAL-R1"]
    assert len([one for one in is_open if one.review_on < script.LAST_DAY]) == 2
    statuses = {task.id: task.status for task in everything(demo, Task)}
    stuck = [statuses[one.task_id] for one in everything(demo, Blocking) if one.task_id]
    assert stuck == [TaskStatus.BLOCKED] * 3


# ------------------------------------------------------------------ programmes


def programmes_of(app):
    with app.app_context():
        return {
            line.programme.name: [group.key for group in line.groups] for line in programmes.lines()
        }


def test_programmes_bundle_the_groups_of_the_story(demo_app):
    assert programmes_of(demo_app) == {
        "Xuất khẩu và hội nhập": ["HAL", "SOL"],
        "Chuyển đổi xanh": ["SOL", "GHG"],
    }


def test_a_crowd_has_programmes_of_its_own(crowd_app):
    found = programmes_of(crowd_app)

    assert len(found) == 10
    assert found["Nông nghiệp và thực phẩm"] == ["T004"]


# ------------------------------------------------------------------ days


def kept_and_played(app, days):
    """A day each night, and a history that ends where the plan stands."""
    with app.app_context():
        nights_kept = db.select(Snapshot.day).where(Snapshot.cause == "night")
        kept = db.session.scalars(nights_kept.order_by(Snapshot.day)).all()
        assert kept == [TODAY - timedelta(days=ago) for ago in range(days, 0, -1)]

        for group in everything(db.session, Group):
            ((_, played),) = past_facts.of_group(group.id, [TODAY])
            stored = {id_: facts for id_, facts in past_facts.now().items() if id_ in played}
            assert played == stored, group.key


def test_half_a_year_of_the_story_is_kept_day_by_day(demo_app):
    kept_and_played(demo_app, 200)


def test_two_months_of_a_crowd_are_kept_day_by_day(crowd_app):
    kept_and_played(crowd_app, 60)


def test_its_meetings_were_held_and_what_was_decided_in_them_has_their_number(demo):
    held = demo.query(Meeting).order_by(Meeting.held_on).all()
    papers = demo.query(MeetingMinutes).order_by(MeetingMinutes.id).all()
    entries = demo.query(MeetingEntry).all()

    assert [one.state for one in held] == [
        *[MeetingState.ISSUED] * 6,
        MeetingState.ENDED,
        MeetingState.PLANNED,
    ]
    assert [paper.name for paper in papers] == ["1.0"] * 5 + ["1.1", "1.0"]
    assert held[-1].held_on > TODAY
    kinds = {kind: sum(one.kind is kind for one in entries) for kind in EntryKind}
    assert min(kinds.values()) >= 2
    numbers = {paper.document_number for paper in papers}
    decided = {one.decision_id for one in entries if one.decision_id}
    told = demo.query(Decision).filter(Decision.id.in_(decided)).all()
    assert {one.document_number for one in told if one.document_number} <= numbers


def test_its_reports_are_owed_by_regimes_and_issued_in_time_but_for_a_few(demo):
    reports = everything(demo, Report)
    names = {regime.id: regime.name for regime in everything(demo, ReportRegime)}
    issued = [record for record in everything(demo, ReportRecord) if record.issued_at]
    late = [
        (names[report.regime_id], report.period)
        for report in reports
        for record in issued
        if record.report_id == report.id
        and not record.revision
        and record.document_date > report.due_on
    ]

    assert {report.state for report in reports} == {
        ReportState.DRAFT,
        ReportState.SUBMITTED,
        ReportState.RETURNED,
        ReportState.ISSUED,
    }
    assert {report.kind for report in reports} == {ReportKind.PERIODIC, ReportKind.CONSOLIDATED}
    assert sorted(late) == [
        ("Báo cáo tháng của tổ Halal", "2026-08"),
        ("Báo cáo tháng của tổ Pin mặt trời", "2026-09"),
    ]
    assert [report.period for report in reports if report.revision] == ["2026-10"]
    assert [record.document_number for record in issued][:2] == ["46/BC-TCTHAL", "55/BC-TCTHAL"]
    assert [chips.missing(records.facts_of(record)) for record in issued] == [[] for _ in issued]


def test_what_is_due_this_month_waits_for_its_people(demo):
    unsent = owed.unsent(TODAY)

    assert [(one.regime.name, one.state, one.is_late) for one in unsent if one.is_closed] == [
        ("Báo cáo tháng của tổ Pin mặt trời", ReportState.SUBMITTED, True),
        ("Báo cáo tháng của tổ Khí nhà kính", ReportState.RETURNED, True),
        ("Báo cáo tổng hợp tháng", ReportState.DRAFT, False),
    ]
    assert owed.missing(TODAY) == []
