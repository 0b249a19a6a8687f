"""Keeps the promises that are mails: what is due for a person goes in one letter."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from tracker import policies as may
from tracker import words
from tracker.adapters import mail
from tracker.config import Config
from tracker.exports import mail as letters
from tracker.exports.report.wording import period as period_words
from tracker.extensions import db
from tracker.lib import dates
from tracker.lib.periods import parse
from tracker.models import Account, OutboxItem, ReportState, Task, TaskStatus
from tracker.queries import accounts
from tracker.queries import check_in as read_check_in
from tracker.queries import decisions as read_decisions
from tracker.queries import dependencies as read_dependencies
from tracker.queries import extension_requests as read_extensions
from tracker.queries import minutes as read_minutes
from tracker.queries import outbox as read
from tracker.queries import owed as read_owed
from tracker.queries import risks as read_risks
from tracker.queries.dependencies import Waits
from tracker.queries.reports import records
from tracker.services import accounts as accounts_do
from tracker.services import notifications, outbox
from tracker.services.act import Act

log = logging.getLogger("tracker.jobs")
SHOWN = 20
NO_NEWS = "no longer needed"


@dataclass(frozen=True)
class Line:
    """A task as a mail shows it."""

    code: str
    title: str
    group: str
    strand: str
    due: date | None


def deliver(items: Sequence[OutboxItem], config: Config, *, at: datetime) -> int:
    """Send what those items promise; returns how many letters went."""
    if config.smtp_url is None or not items:
        return 0
    bundles = [list(bundle) for _, bundle in groupby(sorted(items, key=_order), key=_bundle)]
    try:
        with mail.connected(mail.Server.at(config.smtp_url)) as smtp:
            return sum(_deliver(bundle, smtp, config, at=at) for bundle in bundles)
    except (*mail.FAILURES, mail.MailAddressError) as error:
        log.warning("mail server cannot be used", extra={"fields": {"problem": str(error)}})
        _postpone(items, error, at=at)
        return 0


def _order(item: OutboxItem) -> tuple[str, int, int]:
    return (*_bundle(item), item.id)


def _bundle(item: OutboxItem) -> tuple[str, int]:
    """Tasks for one person go together; an invitation goes alone, and so do minutes and steps."""
    if item.kind in {notifications.MINUTES, notifications.REPORT_STEP}:
        return (item.kind, -item.id)
    person_id = item.payload.get("person_id")
    return (item.kind, person_id if isinstance(person_id, int) else -item.id)


def _deliver(bundle: list[OutboxItem], smtp: mail.Smtp, config: Config, *, at: datetime) -> int:
    """One letter. Claimed and committed before it goes, so that no second worker sends it too."""
    mine = outbox.claim(bundle, at=at)
    db.session.commit()
    if not mine:
        return 0
    letter = _letter(mine, config, at=at)
    if letter is not None:
        try:
            mail.send(smtp, letter, sender=config.mail_from, at=at)
        except mail.FAILURES as error:
            db.session.rollback()  # an invitation's link is made anew with the next try
            log.warning("mail not taken", extra={"fields": {"problem": str(error)}})
            for item in mine:
                outbox.failed(item, str(error), at=at)
            db.session.commit()
            return 0
    for item in mine:
        outbox.done(item, at=at, note=None if letter else NO_NEWS)
    db.session.commit()
    return 1 if letter else 0


def _postpone(items: Sequence[OutboxItem], error: Exception, *, at: datetime) -> None:
    db.session.rollback()
    for item in outbox.claim([item for item in items if item.done_at is None], at=at):
        outbox.failed(item, str(error), at=at)
    db.session.commit()


def _letter(items: list[OutboxItem], config: Config, *, at: datetime) -> mail.Letter | None:
    """The letter those items want now, or None when there is nothing to say any more."""
    write = WRITERS.get(items[0].kind, _about_tasks)
    return write(items, config, at=at)


def _invitation(items: list[OutboxItem], config: Config, *, at: datetime) -> mail.Letter | None:
    item = items[0]
    account = read.account(_number(item, "account_id"))
    purpose = str(item.payload["purpose"])
    if account is None or not account.is_active:
        return None
    if purpose == "invite" and account.password_hash is not None:
        return None
    inviter = _number(item, "by")
    by = Act(person_id=inviter or None, at=at, cause="mail")
    secret = accounts_do.invite(account, by=by, purpose=purpose)
    lasts = accounts_do.RESET_LASTS if purpose == "reset" else accounts_do.INVITATION_LASTS
    until = (at + lasts).astimezone(dates.ZONE)
    return _written(
        "invitation",
        account,
        item.key,
        config,
        purpose=purpose,
        email=account.email,
        inviter=read.names([inviter]).get(inviter, ""),
        link=f"{config.base_url}/invitations/{secret}",
        until=until.strftime("%H:%M %d/%m/%Y"),
    )


def _about_tasks(items: list[OutboxItem], config: Config, *, at: datetime) -> mail.Letter | None:
    account = read.reader(_number(items[0], "person_id"))
    if account is None:
        return None
    kind = items[0].kind
    actor = accounts.actor_for(account, dates.local_day(at))
    tasks = [
        task
        for task in read.tasks({_number(item, "task_id") for item in items})
        if may.groups.see(actor, task.group) and _is_news(kind, task, account)
    ]
    if not tasks:
        return None
    givers = {_number(item, "by") for item in items}
    giver = read.names(givers).get(min(givers), "") if len(givers) == 1 else ""
    lang = words.language(account.language)
    return _written(
        kind.removeprefix("mail."),
        account,
        items[0].key,
        config,
        tasks=[
            Line(t.code, t.title, t.group.name, lang.label(t.workstream.strand), t.due)
            for t in tasks[:SHOWN]
        ],
        total=len(tasks),
        giver=giver,
    )


def _about_extensions(
    items: list[OutboxItem], config: Config, *, at: datetime
) -> mail.Letter | None:
    account = read.reader(_number(items[0], "person_id"))
    if account is None:
        return None
    kind, today = items[0].kind, dates.local_day(at)
    actor = accounts.actor_for(account, today)
    found = (read_extensions.find(actor, _number(item, "extension_id")) for item in items)
    asks = kind == notifications.EXTENSION_ASKED
    lines = [
        read_extensions.line(request, today)
        for request in found
        if request is not None and request.is_open == asks
    ]
    if not lines:
        return None
    return _written(
        kind.removeprefix("mail."),
        account,
        items[0].key,
        config,
        lines=lines[:SHOWN],
        total=len(lines),
    )


def _about_reviews(items: list[OutboxItem], config: Config, *, at: datetime) -> mail.Letter | None:
    account = read.reader(_number(items[0], "person_id"))
    if account is None:
        return None
    today = dates.local_day(at)
    actor = accounts.actor_for(account, today)
    risks = [
        risk
        for risk in read_risks.to_review(today, {_number(item, "risk_id") for item in items})
        if may.groups.see(actor, risk.group) and risk.owner_id == account.person_id
    ]
    if not risks:
        return None
    return _written(
        "risk_review", account, items[0].key, config, risks=risks[:SHOWN], total=len(risks)
    )


def _about_reports(items: list[OutboxItem], config: Config, *, at: datetime) -> mail.Letter | None:
    """The reports that are still to be sent; nothing once all were issued."""
    account = read.reader(_number(items[0], "person_id"))
    if account is None:
        return None
    today = dates.local_day(at)
    wanted = {(_number(item, "regime_id"), str(item.payload["period"])) for item in items}
    owed = read_owed.among(accounts.actor_for(account, today), wanted, today)
    if not owed:
        return None
    return _written(
        "report_due",
        account,
        items[0].key,
        config,
        lines=owed[:SHOWN],
        total=len(owed),
        late=sum(one.is_late for one in owed),
    )


def _about_step(items: list[OutboxItem], config: Config, *, at: datetime) -> mail.Letter | None:
    """That a report waits for somebody, or came back to them; nothing once it has gone on."""
    item = items[0]
    account = read.reader(_number(item, "person_id"))
    if account is None:
        return None
    actor = accounts.actor_for(account, dates.local_day(at))
    state = ReportState(str(item.payload["state"]))
    record = records.step(actor, _number(item, "record_id"), state)
    if record is None:
        return None
    report, lang = record.report, words.language(account.language)
    whose = report.group or report.unit
    return _written(
        "report_step",
        account,
        item.key,
        config,
        report_id=report.id,
        state=state,
        revision=record.name,
        period=period_words(parse(report.period), lang),
        whose=((lang.code == "en" and whose.name_en) or whose.name) if whose else "",
        remarks=report.remarks,
        number=record.document_number,
        by=read.names([_number(item, "by")]).get(_number(item, "by"), ""),
        day=dates.local_day(item.created_at),
    )


def _about_minutes(items: list[OutboxItem], config: Config, *, at: datetime) -> mail.Letter | None:
    """All that a meeting means for one person, in one letter."""
    item = items[0]
    account = read.reader(_number(item, "person_id"))
    if account is None:
        return None
    actor = accounts.actor_for(account, dates.local_day(at))
    news = read_minutes.news(actor, _number(item, "minutes_id"))
    if news is None:
        return None
    lang = words.language(account.language)
    return _written(
        "minutes",
        account,
        item.key,
        config,
        meeting_id=news.minutes.meeting_id,
        title=news.minutes.meeting.title,
        held_on=news.minutes.meeting.held_on,
        number=news.minutes.document_number,
        revision=news.minutes.name,
        reason=news.minutes.reason,
        tasks=[
            Line(t.code, t.title, t.group.name, lang.label(t.workstream.strand), t.due)
            for t in news.tasks
        ],
        total=len(news.tasks),
        answers=news.answers,
    )


def _about_check_in(items: list[OutboxItem], config: Config, *, at: datetime) -> mail.Letter | None:
    """How much is left to confirm; nothing once all is, or the days for it are over."""
    item = items[-1]
    account, today = read.reader(_number(item, "person_id")), dates.local_day(at)
    if account is None:
        return None
    found = read_check_in.head(accounts.actor_for(account, today), today)
    is_new = found.cut_off.isoformat() != item.payload["cut_off"]
    if found.is_done or found.is_over or is_new:
        return None
    return _written(
        "check_in",
        account,
        item.key,
        config,
        left=found.coverage.missing,
        cut_off=found.cut_off,
        deadline=found.deadline,
    )


def _about_decisions(
    items: list[OutboxItem], config: Config, *, at: datetime
) -> mail.Letter | None:
    account = read.reader(_number(items[0], "person_id"))
    if account is None:
        return None
    kind, today = items[0].kind, dates.local_day(at)
    actor = accounts.actor_for(account, today)
    wanted = kind == notifications.DECISION_WANTED
    ids = {_number(item, "decision_id") for item in items}
    lines = [
        line
        for line in read_decisions.among(actor, ids, today)
        if (line.wanted_from_id == account.person_id if wanted else line.decided_by)
        and line.is_open == wanted
    ]
    if not lines:
        return None
    return _written(
        kind.removeprefix("mail."),
        account,
        items[0].key,
        config,
        lines=lines[:SHOWN],
        total=len(lines),
    )


def _about_pushes(items: list[OutboxItem], config: Config, *, at: datetime) -> mail.Letter | None:
    account = read.reader(_number(items[0], "person_id"))
    if account is None:
        return None
    kind, today = items[0].kind, dates.local_day(at)
    actor = accounts.actor_for(account, today)
    found = (read_dependencies.waits_of(actor, key, today) for key in sorted(map(_key, items)))
    lines = [waits for waits in found if _is_push_news(kind, waits, account)]
    if not lines:
        return None
    movers = {_number(item, "by") for item in items}
    return _written(
        kind.removeprefix("mail."),
        account,
        items[0].key,
        config,
        lines=lines[:SHOWN],
        total=len(lines),
        mover=read.names(movers).get(min(movers), "") if len(movers) == 1 else "",
    )


def _key(item: OutboxItem) -> tuple[str, int]:
    kind = "task" if "task_id" in item.payload else "milestone"
    return kind, _number(item, f"{kind}_id")


def _is_push_news(kind: str, waits: Waits, account: Account) -> bool:
    """Whether it is still theirs and still open, or still cannot keep its date."""
    node = waits.node
    if node is None or node.is_over or node.is_dropped:
        return False
    if kind == notifications.PUSHED:
        return node.owner_id == account.person_id
    return waits.earliest is not None


def _is_news(kind: str, task: Task, account: Account) -> bool:
    """Whether what was promised is still so."""
    if kind == notifications.ASSIGNED:
        return task.owner_id == account.person_id and task.status.is_open
    if kind == notifications.PERSON_WANTED:
        return task.owner_id is None and task.status.is_open
    return task.status is TaskStatus.REVIEW


def _written(
    message: str, account: Account, key: str, config: Config, **context: object
) -> mail.Letter:
    lang = words.language(account.language)
    written = letters.write(
        message,
        lang,
        name=account.person.full_name,
        base_url=config.base_url,
        organisation=config.organisation,
        **context,
    )
    return mail.Letter(
        key=key,
        to=account.email,
        name=account.person.full_name,
        subject=written.subject,
        text=written.text,
        html=written.html,
        language=lang.code,
    )


def _number(item: OutboxItem, name: str) -> int:
    value = item.payload.get(name)
    return value if isinstance(value, int) else 0


# What each kind of promise comes to; the others are about tasks.
WRITERS: dict[str, Callable[..., mail.Letter | None]] = {
    notifications.INVITATION: _invitation,
    notifications.MINUTES: _about_minutes,
    notifications.CHECK_IN: _about_check_in,
    notifications.RISK_REVIEW: _about_reviews,
    notifications.REPORT_DUE: _about_reports,
    notifications.REPORT_STEP: _about_step,
    **dict.fromkeys(notifications.DECISIONS, _about_decisions),
    **dict.fromkeys(notifications.EXTENSIONS, _about_extensions),
    **dict.fromkeys(notifications.PUSHES, _about_pushes),
}
