"""Playing the stories: every event goes through the services at its own past moment."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import islice
from random import Random
from typing import Any
from zlib import crc32

from tracker.cli.demo import recorded, recurring, register, script, waiting
from tracker.cli.demo.people import (
    ADMINISTRATOR,
    COMMISSION,
    FORMER,
    GROUPS,
    HEADS,
    INSIDE,
    MINISTRY,
    OUTSIDE,
    PERSONS,
    PRESENT,
    RENAMED,
    UNITS,
    GroupFacts,
)
from tracker.cli.demo.register import DeliverableScript, MoveScript
from tracker.cli.demo.script import Asked, GroupScript, Item, MilestoneScript, Moved, TaskScript
from tracker.lib import freshness
from tracker.lib.dates import ZONE, format_date
from tracker.models import (
    Account,
    Deliverable,
    ExtensionRequest,
    ExtensionState,
    FeedScope,
    Group,
    Meeting,
    Membership,
    Milestone,
    MoveReason,
    Person,
    Pillar,
    Priority,
    Relation,
    Stage,
    Strand,
    Task,
    TaskStatus,
    Unit,
    Workstream,
)
from tracker.queries import accounts as read_accounts
from tracker.queries import groups as read_groups
from tracker.queries import stages as read_stages
from tracker.services import (
    accounts,
    baselines,
    comments,
    confirmations,
    deliverables,
    dependencies,
    extension_requests,
    feeds,
    groups,
    milestones,
    people,
    settings,
    stages,
    tasks,
    trash,
)
from tracker.services.act import Act, Why
from tracker.services.directives import Wanted

BEGINNING = date(2025, 11, 24)
ORDERED = date(2026, 3, 2)
# Of the items of a month so many are forgotten at its check-in: one in FORGOTTEN.
FORGOTTEN = 8
CAUSE = "demo"
SUBSCRIBED = date(2026, 9, 7)
WEEK = 7
FULL = 100
LATE_REASONS = (
    (MoveReason.LABORATORY_CAPACITY, "Phòng thử nghiệm phải ưu tiên mẫu khác."),
    (MoveReason.AWAITING_COMMENTS, "Chờ hai đơn vị gửi góp ý."),
    (MoveReason.OTHER_BODY, "Đơn vị phối hợp gửi số liệu chậm."),
    (MoveReason.BUDGET, "Dự toán được duyệt chậm."),
)
_DAY_IN_TEXT = re.compile(r"\[\[(\d\d/\d\d/\d{4})\]\]")


@dataclass
class Past:
    """The events of the demo in the order they are told; `play` puts them in order of time."""

    shift: timedelta
    password: str
    units: dict[str, Unit] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, "GroupPast"] = field(default_factory=dict)
    # Those being held, by their days.
    meetings: dict[date, Meeting] = field(default_factory=dict)
    events: list[tuple[datetime, Callable[[Act], object], str | None]] = field(default_factory=list)

    def on(
        self, day: date, clock: time, do: Callable[[Act], object], person: str | None = None
    ) -> None:
        """Something happens on a day of the story, done by a person or by the tracker."""
        moment = datetime.combine(day + self.shift, clock, ZONE).astimezone(UTC)
        self.events.append((moment, do, person))

    def play(self) -> None:
        """Let everything happen, the earliest first."""
        for moment, do, person in sorted(self.events, key=lambda event: event[0]):
            known = self.persons.get(person) if person else None
            do(Act(person_id=known.id if known else None, at=moment, cause=CAUSE))

    def cut_offs(self) -> Iterator[date]:
        """The days on which the figures of a month are closed (Decree 09/2019), the last first.

        As days of the story: the 14th of the calendar is another day of it on each day of loading.
        """
        day = freshness.cut_off(script.LAST_DAY + self.shift)
        while day > BEGINNING + self.shift:
            yield day - self.shift
            day = freshness.cut_off(day)

    def day(self, day: date | None) -> date | None:
        """A day of the story as a day of the calendar."""
        return None if day is None else day + self.shift

    def words(self, text: str, due: date | None = None) -> str:
        """A text with its days and years put in."""
        year = str(((due or script.LAST_DAY) + self.shift).year)
        return _DAY_IN_TEXT.sub(self._written, text.replace("{year}", year))

    def _written(self, found: re.Match[str]) -> str:
        day = datetime.strptime(found[1], "%d/%m/%Y").date()  # noqa: DTZ007 - a day
        return format_date(day + self.shift)


def begin(today: date, password: str) -> Past:
    """The groups with their plans; the last day told is the Sunday on or before `today`."""
    weeks = (today - script.LAST_DAY).days // WEEK
    past = Past(timedelta(weeks=weeks), password)
    past.on(BEGINNING, time(8, 0), partial(_enter_units, past))
    past.on(BEGINNING, time(8, 5), partial(_enter_persons, past))
    past.on(BEGINNING, time(8, 10), partial(_enter_calendar, today=today), ADMINISTRATOR)
    past.on(BEGINNING, time(8, 15), _enter_header, ADMINISTRATOR)
    past.on(BEGINNING, time(8, 20), _ship_stages, ADMINISTRATOR)
    deliverables_told = register.read()
    for position, facts in enumerate(GROUPS, start=1):
        group = past.groups[facts.key] = GroupPast(past, facts, script.read(facts.key.lower()))
        group.plan()
        for told in deliverables_told[facts.key]:
            group.tell_of(told)
        past.on(SUBSCRIBED, time(8, 30), group.subscribe, facts.head)
        if facts.key == recurring.GROUP:
            group.tell_recurring()
        past.on(ORDERED, time(16, 0), partial(group.place, position), ADMINISTRATOR)
    return past


# ---------------------------------------------------------------- units, persons, calendar


def _enter_units(past: Past, act: Act) -> None:
    name, name_en, abbreviation = MINISTRY
    ministry = people.create_unit(name, by=act, name_en=name_en, abbreviation=abbreviation)
    head = people.create_unit(
        FORMER["name"],
        by=act,
        name_en=FORMER["name_en"],
        abbreviation=FORMER["abbreviation"],
        parent=ministry,
    )
    titles = {title: FORMER[title] for title in ("head_title", "head_title_en")}
    people.rename_unit(head, titles, by=act, valid_from=people.SINCE_EVER)
    people.rename_unit(head, PRESENT, by=act, valid_from=RENAMED)
    past.units |= {abbreviation: ministry, COMMISSION: head}
    for short, (name, name_en) in UNITS.items():
        past.units[short] = people.create_unit(
            name,
            by=act,
            name_en=name_en,
            abbreviation=short,
            parent=past.units[INSIDE.get(short, COMMISSION)],
        )
        title, title_en = next(HEADS[begins] for begins in HEADS if name.startswith(begins))
        titles = {"head_title": title, "head_title_en": title_en}
        people.rename_unit(past.units[short], titles, by=act, valid_from=people.SINCE_EVER)
    for short, (name, name_en) in OUTSIDE.items():
        past.units[short] = people.create_unit(name, by=act, name_en=name_en, abbreviation=short)


def _enter_persons(past: Past, act: Act) -> None:
    hashed = accounts.HASHER.hash(past.password)
    for given, who in PERSONS.items():
        email = f"{who.account}@demo.test" if who.account else None
        person = people.create_person(
            who.full_name,
            by=act,
            unit_id=past.units[who.unit].id,
            position=who.position,
            email=email,
        )
        past.persons[given] = person
        if email:
            _enter_account(person, email, who.roles, hashed, act)


def _enter_account(
    person: Person, email: str, roles: frozenset[str], hashed: str, act: Act
) -> Account:
    account = accounts.create(person, email, by=act, is_demo=True, **dict.fromkeys(roles, True))
    # One hash for all: thirteen times the slow function would be most of the loading time.
    account.password_hash = hashed
    return account


def _enter_calendar(act: Act, *, today: date) -> None:
    settings.start_calendar(today.year - 1, today.year + 2, by=act)


def _enter_header(act: Act) -> None:
    """What stands at the head and the foot of reports."""
    director = next(who for who in PERSONS.values() if "is_director" in who.roles)
    settings.put_report_header(
        {
            "superior_body": MINISTRY[0],
            "superior_body_en": MINISTRY[1],
            "issuing_body": PRESENT["name"],
            "issuing_body_en": PRESENT["name_en"].removesuffix(" (STAMEQ)"),
            "symbol": "BC-TĐC",
            "drafting_unit": "KHTC",
            "drafter": "NTH",
            "copies": 15,
            "address": "Số 8 Hoàng Quốc Việt, phường Nghĩa Đô, Hà Nội\nvanthu@demo.example",
            "address_en": "8 Hoang Quoc Viet, Nghia Do ward, Ha Noi\nvanthu@demo.example",
            "signer_form": "KT",
            "signer_authority": "Chủ tịch",
            "signer_authority_en": "the Chairman",
            "signer_post": "Phó Chủ tịch",
            "signer_post_en": "Vice Chairman",
            "signer_name": director.full_name,
            "place_en": "Ha Noi",
            "recipients": "Các tổ công tác\nBan Kế hoạch – Tài chính",
            "recipients_en": "The working groups\nPlanning and Finance Department",
        },
        by=act,
    )


def _ship_stages(act: Act) -> None:
    stages.start(by=act)


# ---------------------------------------------------------------- a group


class GroupPast:
    """Tells what happened in one group."""

    def __init__(self, past: Past, facts: GroupFacts, story: GroupScript) -> None:
        self.past = past
        self.facts = facts
        self.story = story
        self.group: Group
        self.workstreams: dict[Strand, Workstream] = {}
        self.things: dict[int, Milestone | Task] = {}
        self.requests: dict[int, ExtensionRequest] = {}
        self.deliverables: dict[int, Deliverable] = {}

    def plan(self) -> None:
        """Add the events of the group."""
        facts, past = self.facts, self.past
        past.on(facts.decision_date, time(15, 0), self._found, ADMINISTRATOR)
        if facts.approves_from:
            past.on(facts.approves_from, time(9, 0), self._ask_for_approval, facts.head)
        for number, day in facts.approvals:
            past.on(day, time(16, 0), partial(self._approve, number, day), facts.head)
        for strand, scripts in self.story.strands.items():
            for milestone in scripts:
                self._milestone(strand, milestone)

    def subscribe(self, act: Act) -> None:
        """The head reads the group's dates in a calendar program, to this day."""
        account = read_accounts.of_person(act.person_id or 0)
        assert account is not None  # noqa: S101 - heads have one
        feed, _secret = feeds.create(account, FeedScope.GROUP, group=self.group, by=act)
        feeds.note_read(feed, script.LAST_DAY + self.past.shift)

    def place(self, position: int, act: Act) -> None:
        """Stand there on the board, whatever the order of founding."""
        groups.edit(self.group, {"position": position}, by=act)

    def _found(self, act: Act) -> None:
        facts, past = self.facts, self.past
        self.group = groups.create(
            key=facts.key,
            name=facts.name,
            name_en=facts.name_en,
            by=act,
            decision_number=facts.decision_number,
            decision_date=past.day(facts.decision_date),
        )
        self.workstreams = {row.strand: row for row in read_groups.workstreams(self.group)}
        for post in facts.posts:
            starts, ends = post.starts or facts.decision_date, post.ends
            add = partial(
                groups.add_member,
                self.group,
                past.persons[post.person],
                post.role,
                starts_on=past.day(starts),
                strands=post.strands,
                unit=past.units[PERSONS[post.person].unit],
                decision_number=post.decision or facts.decision_number,
            )
            past_member: list[Membership] = []
            if starts == facts.decision_date:
                past_member.append(add(by=act))
            else:
                add(by=Act(person_id=act.person_id, at=_morning(past, starts), cause=CAUSE))
            if ends:
                groups.end_member(
                    past_member[0],
                    ends + past.shift,
                    by=Act(person_id=act.person_id, at=_morning(past, ends), cause=CAUSE),
                )

    def _ask_for_approval(self, act: Act) -> None:
        groups.edit(self.group, {"needs_approval": True}, by=act)

    def _approve(self, number: str, day: date, act: Act) -> None:
        baselines.approve(
            self.group, document_number=number, document_date=day + self.past.shift, by=act
        )

    # ------------------------------------------------------------ milestones

    def _milestone(self, strand: Strand, told: MilestoneScript) -> None:
        past, facts = self.past, self.facts
        past.on(
            told.entered, time(9, 0), partial(self._add_milestone, strand, told), facts.secretary
        )
        for moved in told.moved:
            past.on(moved.on, time(15, 0), partial(self._move_milestone, told, moved), facts.head)
        if told.finished:
            close = partial(self._close, told)
            past.on(told.finished, time(17, 0), close, facts.secretary)
        self._talk(told)
        self._ask(told)
        self._confirm(told, facts.secretary, silent=strand in facts.silent)
        for task in told.tasks:
            self._task(strand, told, task)

    def _add_milestone(self, strand: Strand, told: MilestoneScript, act: Act) -> None:
        self.things[id(told)] = milestones.create(
            self.workstreams[strand],
            self.past.words(told.title, told.due),
            by=act,
            baseline=self.past.day(told.due),
            description=self.past.words(told.description),
            stage_code=told.options.get("stage"),
        )

    def _move_milestone(self, told: MilestoneScript, moved: Moved, act: Act) -> None:
        day, milestone = moved.to + self.past.shift, self._milestone_of(told)
        with waiting.pushing(milestone, day, why=_why(moved), by=act):
            milestones.move_forecast(milestone, day, why=_why(moved), by=act)

    def _close(self, told: MilestoneScript, act: Act) -> None:
        milestones.close(self._milestone_of(told), told.evidence, by=act)

    def _milestone_of(self, told: Item) -> Milestone:
        thing = self.things[id(told)]
        assert isinstance(thing, Milestone)  # noqa: S101 - told as one
        return thing

    # ------------------------------------------------------------ deliverables

    def tell_of(self, told: DeliverableScript) -> None:
        """Add what happened to a deliverable; what was before the plan is entered with it."""
        entered = self.story.planned_on
        add = partial(self._add_deliverable, told)
        self.past.on(entered, time(10, 0), add, self.facts.secretary)
        for minute, move in enumerate(told.moves):
            enter = partial(self._enter, told, move)
            when = max(move.on, entered)
            self.past.on(when, time(10, 1 + minute), enter, self.facts.secretary)

    def _add_deliverable(self, told: DeliverableScript, act: Act) -> None:
        past, options = self.past, told.options
        kind = read_stages.kind(told.kind)
        assert kind is not None  # noqa: S101 - shipped
        deliverable = deliverables.create(
            self.workstreams[told.strand],
            kind,
            told.title,
            by=act,
            reference=told.reference,
            title_en=told.title_en,
            based_on=options.get("based"),
            relation=Relation(options["relation"]) if "relation" in options else None,
            replaces=options.get("replaces"),
            ics=options.get("ics"),
            committee=options.get("committee"),
            owner_id=past.persons[options["owner"]].id,
            lead_unit_id=past.units[options["lead"]].id,
        )
        self.deliverables[id(told)] = deliverable
        if told.milestone:
            code, title = told.milestone
            stage = self._stage(deliverable, code)
            deliverables.tie(deliverable, stage, self._milestone_titled(title), by=act)

    def _enter(self, told: DeliverableScript, move: MoveScript, act: Act) -> None:
        deliverable = self.deliverables[id(told)]
        deliverables.enter(
            deliverable,
            self._stage(deliverable, move.stage),
            by=act,
            on=move.on + self.past.shift,
            document_number=move.document,
            note=move.note,
        )

    @staticmethod
    def _stage(deliverable: Deliverable, code: str) -> Stage:
        known = {stage.code: stage for stage in read_stages.of_kind(deliverable.kind_id)}
        return known[code]

    def _milestone_titled(self, beginning: str) -> Milestone:
        thing = self.titled(beginning)
        assert isinstance(thing, Milestone)  # noqa: S101 - told as one
        return thing

    def titled(self, beginning: str) -> Milestone | Task:
        """The milestone whose title begins so, else the task."""
        found = [thing for thing in self.things.values() if thing.title.startswith(beginning)]
        return min(found, key=lambda thing: isinstance(thing, Task))

    # ------------------------------------------------------------ work that comes again

    def tell_recurring(self) -> None:
        """Add the work that comes again, and how it was done."""
        past, last = self.past, script.LAST_DAY
        for minute, told in enumerate(recurring.STORIES):
            begin = partial(self._set_up, told)
            past.on(recurring.SET_UP, time(9, minute), begin, self.facts.secretary)
        for monday in recurring.mondays(last):
            past.on(monday, time(9, 30), recurring.make)
            answer = partial(recurring.answer, last + past.shift)
            past.on(monday + recurring.FRIDAY, time(16, 30), answer)

    def _set_up(self, told: recurring.Told, act: Act) -> None:
        stream = self.workstreams[Strand.METROLOGY]
        milestone = next(
            thing
            for thing in self.things.values()
            if isinstance(thing, Milestone) and thing.workstream_id == stream.id
        )
        owner = self.past.persons[told.owner].id
        recurring.set_up(told, stream, milestone, owner, act)

    # ------------------------------------------------------------ tasks

    def _task(
        self,
        strand: Strand,
        above: MilestoneScript,
        told: TaskScript,
        parent: TaskScript | None = None,
    ) -> None:
        past, facts = self.past, self.facts
        doer = self._doer(told)
        enter = partial(self._add_task, strand, above, told, parent)
        past.on(told.entered, time(9, 30) if parent else time(9, 1), enter, facts.secretary)
        self._work(told, doer)
        for moved in told.moved:
            by = facts.head if moved.field == "due" else doer
            past.on(moved.on, time(9, 13), partial(self._move_task, told, moved), by)
        for stated in told.stated:
            past.on(stated.on, time(10, 0), partial(self._state, told, stated.status), doer)
        self._talk(told)
        self._ask(told)
        if parent is None:
            self._confirm(told, doer, forgets=True, silent=strand in facts.silent)
        if told.trashed:
            past.on(told.trashed, time(11, 0), partial(self._throw_away, told), facts.secretary)
        for subtask in told.subtasks:
            self._task(strand, above, subtask, told)

    def _doer(self, told: TaskScript) -> str:
        """Who types: the owner with an account, else the secretary for them."""
        if told.owner and PERSONS[told.owner].account:
            return told.owner
        return self.facts.secretary

    def _add_task(
        self,
        strand: Strand,
        above: MilestoneScript,
        told: TaskScript,
        parent: TaskScript | None,
        act: Act,
    ) -> None:
        past, options = self.past, told.options
        assigned = script.day(options["docdate"]) if "docdate" in options else None
        details: dict[str, Any] = {
            "milestone": self._milestone_of(above),
            "description": past.words(told.description),
            "owner_id": past.persons[told.owner].id if told.owner else None,
            "lead_unit_id": past.units[told.lead].id if told.lead else None,
            "assigning_document": told.document,
            "assigning_date": past.day(
                assigned or (self.facts.decision_date if told.document else None)
            ),
            "assigning_item": options.get("item"),
            "start": past.day(_start(told)),
            "due": past.day(told.due),
            "result": told.result,
            "priority": Priority(options.get("prio", "normal")),
        }
        title = past.words(told.title, told.due)
        if "by" in options:
            stream = self.workstreams[strand]
            wanted = Wanted(workstream=stream, title=title, **details)
            held, giver = past.meetings.get(act.today - past.shift), past.persons[options["by"]]
            task = recorded.give(held, wanted, giver.id, by=act)
        else:
            task = tasks.create(
                self.workstreams[strand],
                title,
                by=act,
                parent=self._task_of(parent) if parent else None,
                pillar=Pillar(options["pillar"]) if "pillar" in options else None,
                **details,
            )
        self.things[id(told)] = task
        units = [past.units[name].id for name in told.cooperating]
        tasks.set_cooperating_units(task, units, by=act)
        tasks.share(
            task, [past.persons[n].id for n in options.get("share", "").split() if n], by=act
        )

    def _task_of(self, told: Item) -> Task:
        thing = self.things[id(told)]
        assert isinstance(thing, Task)  # noqa: S101 - told as one
        return thing

    def _work(self, told: TaskScript, doer: str) -> None:
        """The percentages on the way, and how it ended."""
        past = self.past
        end = told.finished or told.submitted
        last = end or min([script.LAST_DAY - timedelta(days=4), *(s.on for s in told.stated)])
        reached = FULL if end else told.progress
        for day, progress in _steps(_start(told) or told.entered, last, reached, is_end=bool(end)):
            clock = _clock(told.title)
            past.on(day, clock, partial(self._progress, told, progress), doer)
        if told.finished and told.due and told.finished > told.due:
            self._foresee(told, doer)
        if end:
            past.on(end, time(16, 20), partial(self._state, told, TaskStatus.DONE), doer)
        if told.submitted:
            review = partial(self._state, told, TaskStatus.REVIEW)
            past.on(told.submitted, time(16, 21), review, doer)
        if told.finished:
            day = min(_workday(told.finished + timedelta(days=1)), script.LAST_DAY)
            past.on(day, time(17, 30), partial(self._accept, told), self.facts.head)

    def _foresee(self, told: TaskScript, doer: str) -> None:
        """What finishes late was seen coming a few days before it was due."""
        if told.due is None or told.finished is None or told.moved:
            return
        reason, sentence = LATE_REASONS[crc32(told.title.encode()) % len(LATE_REASONS)]
        agreed = PERSONS[self.facts.head].full_name
        day = _workday(told.due - timedelta(days=3))
        moved = Moved(day, "forecast", told.finished, reason, agreed, sentence)
        self.past.on(day, time(14, 0), partial(self._move_task, told, moved), doer)

    def _progress(self, told: TaskScript, progress: int, act: Act) -> None:
        tasks.set_progress(self._task_of(told), progress, by=act)

    def _state(self, told: TaskScript, status: TaskStatus, act: Act) -> None:
        task = self._task_of(told)
        if status is TaskStatus.DONE and told.submitted:
            status = TaskStatus.REVIEW
        tasks.change_status(task, status, by=act)

    def _accept(self, told: TaskScript, act: Act) -> None:
        task = self._task_of(told)
        if task.status is TaskStatus.REVIEW:
            tasks.approve(task, by=act)

    def _move_task(self, told: TaskScript, moved: Moved, act: Act) -> None:
        day, task, why = moved.to + self.past.shift, self._task_of(told), _why(moved)
        if moved.field == "due":
            tasks.move_due(task, day, why=why, by=act)
            return
        with waiting.pushing(task, day, why=why, by=act):
            tasks.move_forecast(task, day, why=why, by=act)

    def _throw_away(self, told: TaskScript, act: Act) -> None:
        trash.throw_away(self._task_of(told), by=act)

    # ------------------------------------------------------------ both

    def _ask(self, told: Item) -> None:
        """Requests for an extension, with their answers, and new titles."""
        past = self.past
        for asked in told.asked:
            past.on(
                asked.on,
                _clock(asked.sentence, 9),
                partial(self._request, told, asked),
                asked.person,
            )
            if asked.answered:
                answer = partial(self._answer, asked)
                past.on(asked.answered.on, time(15, 40), answer, asked.answered.person)
        for renamed in told.renamed:
            rename = partial(self._rename, told, renamed.title)
            past.on(renamed.on, time(10, 30), rename, self.facts.secretary)

    def _request(self, told: Item, asked: Asked, act: Act) -> None:
        why = Why(reason=asked.reason, sentence=self.past.words(asked.sentence))
        day = asked.to + self.past.shift
        self.requests[id(asked)] = extension_requests.ask(
            self.things[id(told)], day, why=why, by=act
        )

    def _answer(self, asked: Asked, act: Act) -> None:
        request, answered = self.requests[id(asked)], asked.answered
        if answered is None or answered.state is ExtensionState.WITHDRAWN:
            extension_requests.withdraw(request, by=act)
            return
        grant = answered.state is ExtensionState.GRANTED
        sentence = self.past.words(answered.sentence)
        extension_requests.answer(request, grant=grant, sentence=sentence, by=act)

    def _rename(self, told: Item, title: str, act: Act) -> None:
        thing = self.things[id(told)]
        values = {"title": self.past.words(title, told.due)}
        if isinstance(thing, Milestone):
            milestones.edit(thing, values, by=act)
        else:
            tasks.edit(thing, values, by=act)

    def _talk(self, told: Item) -> None:
        for waits in told.waits:
            wait = partial(self._wait, told, waits)
            self.past.on(waits.on, time(9, 5), wait, self.facts.secretary)
        for said in told.said:
            body = self.past.words(said.body)
            self.past.on(said.on, said.clock, partial(self._say, told, body), said.person)

    def _wait(self, told: Item, waits: script.Waiting, act: Act) -> None:
        group = self.past.groups[waits.key or self.facts.key]
        thing = self.things[id(told)]
        dependencies.link(thing, group.titled(waits.beginning), waits.lag, by=act)

    def _say(self, told: Item, body: str, act: Act) -> None:
        comments.write(self.things[id(told)], body, by=act)

    def _confirm(self, told: Item, person: str, *, silent: bool, forgets: bool = False) -> None:
        """Said to be still true, in the days after the figures of a month are closed."""
        chance = Random(crc32(told.title.encode()))  # noqa: S311 - a story, no secret
        until = told.finished or told.trashed or script.LAST_DAY + timedelta(days=1)
        for cut_off in islice(self.past.cut_offs(), int(silent), None):
            day = _next_workday(cut_off + timedelta(days=chance.randint(1, 4)))
            forgotten = forgets and not chance.randrange(FORGOTTEN)
            if told.entered < day < until and not forgotten:
                self.past.on(day, _clock(told.title, 8), partial(self._say_true, told), person)

    def _say_true(self, told: Item, act: Act) -> None:
        confirmations.confirm(self.things[id(told)], by=act)


def _morning(past: Past, day: date) -> datetime:
    return datetime.combine(_workday(day) + past.shift, time(8, 30), ZONE).astimezone(UTC)


def _why(moved: Moved) -> Why:
    return Why(reason=moved.reason, sentence=moved.sentence, agreed_by=moved.agreed_by)


def _start(told: TaskScript) -> date | None:
    """Work begins some weeks before it is due, later for later work, never before it is entered."""
    if told.due is None:
        return None
    weeks = 5 + crc32(told.title.encode()) % 8
    end = min(told.due, told.finished or told.submitted or told.due)
    start = max(told.entered, _workday(end - timedelta(weeks=weeks)))
    if told.progress and not told.finished:
        start = min(start, max(told.entered, script.LAST_DAY - timedelta(weeks=weeks)))
    return start


def _steps(start: date, last: date, reached: int, *, is_end: bool) -> list[tuple[date, int]]:
    """Days and percentages on the way to `reached` on the last day (not itself, where it ends)."""
    if not reached or last <= start:
        return [] if is_end or not reached else [(max(start, last), reached)]
    count = min(5, max(1, (last - start).days // 9)) + is_end
    steps = []
    for number in range(1, count + 1):
        day = _workday(start + (last - start) * number / count)
        progress = round(reached * number / count / 5) * 5 if number < count else reached
        steps.append((max(start, day), progress))
    return steps[:-1] if is_end else steps


def _workday(day: date) -> date:
    """That day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _next_workday(day: date) -> date:
    """That day, or the Monday after a weekend."""
    return day + timedelta(days=(WEEK - day.weekday()) if day.weekday() > 4 else 0)


def _clock(title: str, hour: int = 13) -> time:
    """An hour that is always the same for a title, so that loading twice gives the same story."""
    number = crc32(title.encode())
    return time(hour + number % 3, number // 7 % 60)
