"""Rows with boring defaults, written straight into the tables, without history or mail.

Use the services instead where a test is about what they record. Tasks and milestones are found by
search; the board knows them after the next commit. All dates lie round TODAY.
"""

from datetime import UTC, date, datetime

from argon2 import PasswordHasher
from sqlalchemy.orm import joinedload

from tracker.lib.periods import parse
from tracker.lib.text import fold, name_sort_key, sort_key_vi
from tracker.models import (
    Account,
    Counter,
    Deliverable,
    DeliverableKind,
    Dependency,
    Group,
    Membership,
    Milestone,
    Person,
    Report,
    ReportRecord,
    Risk,
    RiskKind,
    Role,
    Stage,
    Strand,
    Task,
    Unit,
    UnitName,
    Workstream,
)
from tracker.services import search

TODAY = date(2026, 11, 23)  # the Vietnamese date of conftest.NOW
AGES_AGO = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
# The least effort argon2 knows: nothing here is worth guarding, and each test would pay for it.
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def add(session, thing):
    session.add(thing)
    session.flush()
    return thing


def unit(session, name="Viện Đo lường", **values):
    made = add(session, Unit(name=name, folded=fold(name), sort_key=sort_key_vi(name), **values))
    named = UnitName(unit_id=made.id, name=name, name_en=made.name_en, valid_from=date(2000, 1, 1))
    add(session, named)
    return made


def person(session, full_name="Nguyễn Văn An", *, unit=None, **values):
    values = {"sort_key": name_sort_key(full_name), "folded": fold(full_name)} | values
    return add(session, Person(full_name=full_name, unit=unit, **values))


def account(session, full_name="Nguyễn Văn An", *, email, password=None, unit=None, **values):
    who = person(session, full_name, unit=unit, email=email)
    values = {"created_at": AGES_AGO} | values
    hashed = HASHER.hash(password) if password else None
    return add(session, Account(person=who, email=email, password_hash=hashed, **values))


def group(session, key="ION", name="Tổ công tác Ion", **values):
    """A group alone; `whole_group` has its four workstreams too."""
    return add(session, Group(key=key, name=name, **{"created_at": AGES_AGO} | values))


def whole_group(session, key="ION", name="Tổ công tác Ion", **values):
    made = group(session, key, name, **values)
    return made, {strand: workstream(session, made, strand) for strand in Strand}


def workstream(session, group, strand=Strand.STANDARDS):
    made = add(session, Workstream(group=group, strand=strand))
    touch(session, made)
    return made


def stream_of(session, cast, key="HAL", strand=Strand.METROLOGY):
    """A workstream of the cast, with its group, to make things in."""
    where = cast.workstreams[key, strand]
    return session.get_one(Workstream, where, options=[joinedload(Workstream.group)])


def membership(session, group, person, role=Role.MEMBER, **values):
    values = {"starts_on": AGES_AGO.date(), "strands": []} | values
    return add(session, Membership(group=group, person=person, role=role, **values))


def milestone(session, workstream, title="Trình dự thảo", **values):
    code = f"{workstream.group.key}-M{next_number(session, workstream.group, 'milestone')}"
    values = {"code": code, "created_at": AGES_AGO} | values
    return planned(
        session, Milestone(group=workstream.group, workstream=workstream, title=title, **values)
    )


def task(session, workstream, title="Soạn dự thảo", **values):
    code = f"{workstream.group.key}-{next_number(session, workstream.group, 'task')}"
    values = {"code": code, "created_at": AGES_AGO, "status_since": AGES_AGO.date()} | values
    return planned(
        session, Task(group=workstream.group, workstream=workstream, title=title, **values)
    )


def link(session, predecessor, successor, lag=0):
    """The successor waits for the predecessor."""
    ends = {
        f"{side}_{type(thing).__name__.lower()}_id": thing.id
        for side, thing in (("predecessor", predecessor), ("successor", successor))
    }
    return add(session, Dependency(lag=lag, created_at=AGES_AGO, **ends))


def kind(session, code="TCVN", **values):
    """A kind of deliverable, without stages; the one of that code where there is one."""
    found = session.query(DeliverableKind).filter_by(code=code).one_or_none()
    values = {"name": code, "strand": Strand.STANDARDS, "is_verified": True} | values
    return found or add(session, DeliverableKind(code=code, **values))


def stage(session, kind, code="B1", **values):
    """A stage after the others of its kind; the one of that code where there is one."""
    known = session.query(Stage).filter_by(kind_id=kind.id).all()
    found = next((one for one in known if one.code == code), None)
    values = {"name": f"Bước {code}", "position": len(known) + 1} | values
    return found or add(session, Stage(kind_id=kind.id, code=code, **values))


def deliverable(session, workstream, title="TCVN về yêu cầu chung", kind_code="TCVN", **values):
    code = f"{workstream.group.key}-D{next_number(session, workstream.group, 'deliverable')}"
    values = {"code": code, "kind": kind(session, kind_code), "created_at": AGES_AGO} | values
    made = add(
        session, Deliverable(group=workstream.group, workstream=workstream, title=title, **values)
    )
    made.folded = search.folded_of(made)
    search.index(made)
    return made


def risk(session, workstream, title="Có thể thiếu chuẩn đo", **values):
    """A risk of 3 × 4 without an owner; `kind=RiskKind.DIFFICULTY` for a difficulty."""
    code = f"{workstream.group.key}-R{next_number(session, workstream.group, 'risk')}"
    values = {"code": code, "created_at": AGES_AGO, "kind": RiskKind.RISK} | values
    if values["kind"] is RiskKind.RISK:
        values = {"likelihood": 3, "impact": 4} | values
    made = add(session, Risk(group=workstream.group, workstream=workstream, title=title, **values))
    search.index(made)
    return made


def report(session, word="2026-11", **values):
    """A draft on all groups on that period, which nobody began: its row alone."""
    period = parse(word)
    days = {"first_day": period.first, "last_day": period.last}
    values = {"created_at": AGES_AGO, "updated_at": AGES_AGO} | days | values
    return add(session, Report(period=word, **values))


def record(session, report, number="", **values):
    """The report was submitted, and said nothing; under a `number` it was issued too."""
    values = {"revision": 0, "submission": 1, "body": b"", "sha256": "0" * 64} | values
    if number:
        values = {"document_date": report.last_day, "issued_at": AGES_AGO} | values
    values = {"submitted_at": AGES_AGO, "document_number": number} | values
    return add(session, ReportRecord(report_id=report.id, **values))


def planned(session, thing):
    add(session, thing)
    search.index(thing)
    touch(session, thing.workstream)
    return thing


def touch(session, workstream):
    """Its summary is made anew before the commit, as after a change by a service."""
    session.info.setdefault("touched_workstreams", set()).add(workstream.id)


def next_number(session, group, kind):
    """Counts as the services do, so that a later `create` gives the next number."""
    counter = session.get(Counter, (group.id, kind))
    if counter is None:
        counter = add(session, Counter(group_id=group.id, kind=kind, last=0))
    counter.last += 1
    session.flush()
    return counter.last
