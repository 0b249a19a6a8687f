"""Who hears of a change by mail. Writes promises to the outbox; `jobs.mail` keeps them.

A promise holds ids only: the mail is written when it is sent, from what is then true, and not
sent at all when it no longer is. All that is due for a person goes in one mail.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select

from tracker.extensions import db
from tracker.lib import freshness
from tracker.models import (
    Account,
    Decision,
    ExtensionRequest,
    MeetingMinutes,
    Membership,
    Milestone,
    Report,
    ReportRecord,
    ReportRegime,
    ReportState,
    Risk,
    Role,
    Task,
)
from tracker.queries import check_in, settings
from tracker.queries import outbox as read
from tracker.services import outbox
from tracker.services.act import Act

INVITATION = "mail.invitation"
ASSIGNED = "mail.assigned"
APPROVAL = "mail.approval"
PERSON_WANTED = "mail.person_wanted"
EXTENSION_ASKED = "mail.extension_asked"
EXTENSION_ANSWERED = "mail.extension_answered"
EXTENSIONS = (EXTENSION_ASKED, EXTENSION_ANSWERED)
DECISION_WANTED = "mail.decision_wanted"
DECISION_ANSWERED = "mail.decision_answered"
DECISIONS = (DECISION_WANTED, DECISION_ANSWERED)
RISK_REVIEW = "mail.risk_review"
REPORT_DUE = "mail.report_due"
REPORT_STEP = "mail.report_step"
MINUTES = "mail.minutes"
PUSHED = "mail.pushed"
PUSH_WANTED = "mail.push_wanted"
PUSHES = (PUSHED, PUSH_WANTED)
CHECK_IN = "mail.check_in"
MAILS = (
    INVITATION,
    ASSIGNED,
    APPROVAL,
    PERSON_WANTED,
    *EXTENSIONS,
    *DECISIONS,
    *PUSHES,
    CHECK_IN,
    RISK_REVIEW,
    REPORT_DUE,
    REPORT_STEP,
    MINUTES,
)

# Plans that are only shown, or taken back, are no news to anybody; what comes of a meeting is told
# once, with its minutes.
SILENT = ("demo", "undo", "meeting")
APPROVERS = (Role.HEAD, Role.DEPUTY, Role.SECRETARY)
_READERS = select(Account.person_id).where(Account.is_active, Account.is_demo.is_(False))


def announce_assignment(task: Task, old_owner_id: object, *, by: Act) -> None:
    """Tell the new owner, unless they gave themselves the task."""
    owner_id = task.owner_id
    if owner_id is None or owner_id in {old_owner_id, by.person_id} or _is_silent(by):
        return
    if read.reader(owner_id) is None:
        return
    _promise(ASSIGNED, task, owner_id, by=by)


def announce_assignments(tasks: Sequence[Task], *, by: Act) -> None:
    """Tell the owners of many new tasks, each once in one mail; finished tasks are no news."""
    if _is_silent(by):
        return
    readers = set(db.session.scalars(_READERS)) - {by.person_id}
    for task in tasks:
        if task.owner_id in readers and task.status.is_open:
            _promise(ASSIGNED, task, task.owner_id, by=by)


def announce_approval_wanted(task: Task, *, by: Act) -> None:
    """Tell those who may approve in the group that a task waits for them."""
    if _is_silent(by):
        return
    for person_id in _leading(task.group_id, by=by):
        if person_id != by.person_id:
            _promise(APPROVAL, task, person_id, by=by)


def announce_person_wanted(task: Task, *, by: Act) -> None:
    """Tell those who lead the group that a unit was given a task and nobody of it was named."""
    if _is_silent(by):
        return
    for person_id in _leading(task.group_id, by=by):
        if person_id != by.person_id:
            _promise(PERSON_WANTED, task, person_id, by=by)


def announce_extension_asked(request: ExtensionRequest, item: Task | Milestone, *, by: Act) -> None:
    """Tell those who lead the group, and for a milestone the directors, that somebody waits."""
    if _is_silent(by):
        return
    readers = set(_leading(item.group_id, by=by))
    if isinstance(item, Milestone):
        readers |= set(db.session.scalars(_READERS.where(Account.is_director)))
    for person_id in sorted(readers - {by.person_id}):
        _promise_answer(EXTENSION_ASKED, request, person_id, by=by)


def announce_extension_answered(request: ExtensionRequest, *, by: Act) -> None:
    """Tell who asked what was answered."""
    asker = request.asked_by_id
    if asker is None or asker == by.person_id or _is_silent(by) or read.reader(asker) is None:
        return
    _promise_answer(EXTENSION_ANSWERED, request, asker, by=by)


def announce_decision_wanted(decision: Decision, *, by: Act) -> None:
    """Tell the director who is asked."""
    _tell_of_decision(DECISION_WANTED, decision, decision.wanted_from_id, by=by)


def announce_decision_answered(decision: Decision, *, by: Act) -> None:
    """Tell who asked what was decided."""
    _tell_of_decision(DECISION_ANSWERED, decision, decision.asked_by_id, by=by)


def _tell_of_decision(kind: str, decision: Decision, reader: int | None, *, by: Act) -> None:
    if reader is None or reader == by.person_id or _is_silent(by) or read.reader(reader) is None:
        return
    outbox.put(
        kind,
        f"{kind}:{decision.id}:{reader}",
        {"decision_id": decision.id, "person_id": reader, "by": by.person_id},
        at=by.at,
    )


def announce_review_due(risk: Risk, *, by: Act) -> bool:
    """Tell the owner that the day of the review has come, once for each such day."""
    owner_id = risk.owner_id
    if owner_id is None or _is_silent(by) or read.reader(owner_id) is None:
        return False
    promised = outbox.put(
        RISK_REVIEW,
        f"{RISK_REVIEW}:{risk.id}:{owner_id}:{risk.review_on}",
        {"risk_id": risk.id, "person_id": owner_id},
        at=by.at,
    )
    return promised is not None


def announce_report_due(regime: ReportRegime, period: str, urgency: str, *, by: Act) -> int:
    """Tell who is responsible, and those who lead the group, that the report is due or late, once
    for each degree of urgency; returns how many are told.
    """
    if _is_silent(by):
        return 0
    readers = set(_leading(regime.group_id, by=by)) if regime.group_id else set()
    if regime.responsible_id is not None and read.reader(regime.responsible_id) is not None:
        readers.add(regime.responsible_id)
    promised = (
        outbox.put(
            REPORT_DUE,
            f"{REPORT_DUE}:{regime.id}:{period}:{urgency}:{person_id}",
            {"regime_id": regime.id, "period": period, "person_id": person_id},
            at=by.at,
        )
        for person_id in sorted(readers)
    )
    return sum(item is not None for item in promised)


def announce_report_step(report: Report, record: ReportRecord, *, by: Act) -> None:
    """Tell whoever has to act on a report, or has written it, how far it has come.

    What is submitted waits for those who approve it: the lead of its group, or the directors.
    """
    if _is_silent(by):
        return
    if report.state is not ReportState.SUBMITTED:
        wanted = {report.person_id, record.submitted_by_id, record.approved_by_id}
        readers = set(db.session.scalars(_READERS)) & wanted
    elif report.group_id is None:
        readers = set(db.session.scalars(_READERS.where(Account.is_director)))
    else:
        readers = set(_leading(report.group_id, by=by, roles=(Role.HEAD, Role.DEPUTY)))
    for person_id in sorted(readers - {by.person_id}):
        outbox.put(
            REPORT_STEP,
            f"{REPORT_STEP}:{record.id}:{report.state}:{person_id}",
            {
                "record_id": record.id,
                "state": report.state,
                "person_id": person_id,
                "by": by.person_id,
            },
            at=by.at,
        )


def announce_minutes(minutes: MeetingMinutes, person_ids: Collection[int], *, by: Act) -> None:
    """Tell everybody who has to do with a meeting what came of it, each in one mail."""
    if _is_silent(by):
        return
    readers = set(db.session.scalars(_READERS)) & set(person_ids)
    for person_id in sorted(readers - {by.person_id}):
        outbox.put(
            MINUTES,
            f"{MINUTES}:{minutes.id}:{person_id}",
            {"minutes_id": minutes.id, "person_id": person_id, "by": by.person_id},
            at=by.at,
        )


def announce_push(task: Task, *, by: Act) -> None:
    """Tell the owner that the forecast was moved along with what the task waits for."""
    owner_id = task.owner_id
    if owner_id is None or owner_id == by.person_id or _is_silent(by):
        return
    if read.reader(owner_id) is not None:
        _promise_push(PUSHED, task, owner_id, by=by)


def announce_push_wanted(thing: Task | Milestone, *, by: Act) -> None:
    """Tell the owner and those who lead the group that the item can no longer keep its date.

    Somebody who may not move it has moved what it waits for.
    """
    if _is_silent(by):
        return
    readers = set(_leading(thing.group_id, by=by))
    owner_id = thing.owner_id if isinstance(thing, Task) else None
    if owner_id is not None and read.reader(owner_id) is not None:
        readers.add(owner_id)
    for person_id in sorted(readers - {by.person_id}):
        _promise_push(PUSH_WANTED, thing, person_id, by=by)


def announce_check_in(*, by: Act) -> int:
    """Ask everybody who still has something to confirm, once a period; returns how many.

    On the last days before it counts as stale, so that who came by themselves hears nothing.
    """
    if not freshness.is_asking(by.today, settings.calendar()):
        return 0
    cut_off = freshness.cut_off(by.today).isoformat()
    promised = (
        outbox.put(
            CHECK_IN,
            f"{CHECK_IN}:{cut_off}:{person_id}",
            {"person_id": person_id, "cut_off": cut_off},
            at=by.at,
        )
        for person_id in check_in.waiting(by.today)
    )
    return sum(item is not None for item in promised)


def _leading(group_id: int, *, by: Act, roles: Collection[Role] = APPROVERS) -> Sequence[int]:
    """Who leads the group on that day, of those who can be written to."""
    return db.session.scalars(
        _READERS.join(Membership, Membership.person_id == Account.person_id)
        .where(
            Membership.group_id == group_id,
            Membership.role.in_(roles),
            Membership.starts_on <= by.today,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= by.today),
        )
        .distinct()
    ).all()


def announce_invitation(account: Account, *, by: Act, purpose: str = "invite") -> None:
    """Send the person a link to set a password (`invite`) or a new one (`reset`).

    The secret of the link is made when the mail is sent, so that it is stored nowhere.
    """
    outbox.put(
        INVITATION,
        f"{INVITATION}:{purpose}:{account.id}:{by.at.isoformat()}",
        {"account_id": account.id, "purpose": purpose, "by": by.person_id},
        at=by.at,
    )


def _promise(kind: str, task: Task, person_id: int, *, by: Act) -> None:
    db.session.flush()  # a new task needs its id
    outbox.put(
        kind,
        f"{kind}:{task.id}:{person_id}:{by.at.isoformat()}",
        {"task_id": task.id, "person_id": person_id, "by": by.person_id},
        at=by.at,
    )


def _promise_answer(kind: str, request: ExtensionRequest, person_id: int, *, by: Act) -> None:
    outbox.put(
        kind,
        f"{kind}:{request.id}:{person_id}",
        {"extension_id": request.id, "person_id": person_id, "by": by.person_id},
        at=by.at,
    )


def _promise_push(kind: str, thing: Task | Milestone, person_id: int, *, by: Act) -> None:
    about = type(thing).__name__.lower()
    outbox.put(
        kind,
        f"{kind}:{about}:{thing.id}:{person_id}:{by.at.isoformat()}",
        {f"{about}_id": thing.id, "person_id": person_id, "by": by.person_id},
        at=by.at,
    )


def _is_silent(by: Act) -> bool:
    return by.cause.partition(":")[0] in SILENT
