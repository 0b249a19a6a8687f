"""A report on a page: its facts as they are now or were kept, and what its page shows of them."""

from collections.abc import Callable, Hashable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import timedelta

from flask import request

from tracker import policies as may
from tracker.adapters import database
from tracker.exports.report import formats, head
from tracker.exports.report.formats import FORMATS, Format
from tracker.exports.report.wording import label, reason
from tracker.exports.report.wording import period as period_words
from tracker.exports.report.wording import share as share_words
from tracker.extensions import db
from tracker.forms.base import Form
from tracker.forms.report_layout import LayoutForm
from tracker.forms.report_text import NarrativeForm
from tracker.forms.reports import STATES, IssueForm, ReasonForm, RemarksForm
from tracker.lib.periods import Period, parse
from tracker.models import Change, Group, Report, ReportKind, ReportRecord, ReportState
from tracker.queries import groups as read_groups
from tracker.queries import history, report_templates
from tracker.queries import report_exports as exports
from tracker.queries import reports as read
from tracker.queries.report_facts import Organisation, ReportFacts
from tracker.queries.reports import records
from tracker.queries.reports.differences import Differences, between
from tracker.services import reports as do
from tracker.web import clock, report_apart, report_reads, report_text, turns
from tracker.web.authorization import actor
from tracker.web.cache import kept
from tracker.web.configuration import config
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found
from tracker.words import LANGUAGES, N_, Language

SOME_MINUTES = timedelta(minutes=5)
TITLES = {
    ReportKind.PERIODIC: N_("Báo cáo %(period)s"),
    ReportKind.CONSOLIDATED: N_("Báo cáo tổng hợp %(period)s"),
    ReportKind.ANNUAL: N_("Báo cáo tổng kết %(period)s"),
}


def seen() -> Sequence[Group]:
    """The groups a report of all groups is on, as far as the actor sees them."""
    return read_groups.listing(actor())


def told_of(report: Report) -> Sequence[Group]:
    """The groups that a report tells of: its own, or all that are there."""
    return [report.group] if report.group else seen()


def title(report: Report) -> str:
    """The heading of a report."""
    return heading(report.kind, parse(report.period))


def heading(kind: ReportKind, period: Period) -> str:
    """What a report of that kind on that period is called."""
    return _(TITLES[kind], period=period_words(period, current()))


def share(value: float | None) -> str:
    """A share as it is written."""
    return share_words(value, current())


def outline(groups: Sequence[Group], period: Period, scope: read.Scope) -> read.Outline:
    """What a page shows of it; the same as long as nothing at all changes, on very many tasks for
    some minutes though something did: it says of when it is.
    """
    keys, today = tuple(one.key for one in groups), clock.today()
    key = ("report", keys, scope, period, today)
    if exports.is_large(scope):
        return _outline_apart(key, period, scope)
    return kept().value(
        (*key, read.revision(), read.last_comment()),
        lambda: read.outline(
            groups,
            period,
            today=today,
            covers_all=scope.covers_all,
            organisation=config().organisation,
            scope=scope,
        ),
    )


def _outline_apart(key: Hashable, period: Period, scope: read.Scope) -> read.Outline:
    now = clock.now()

    def is_good(known: read.Outline) -> bool:
        return known.read_at is not None and now - known.read_at < SOME_MINUTES

    def made() -> read.Outline:
        outline = report_apart.outline(actor().person_id, period, scope, clock.today())
        return replace(outline, read_at=now)

    return _one_at_a_time(key, made, is_good)


def _one_at_a_time(
    key: Hashable,
    make: Callable[[], read.Outline],
    is_good: Callable[[read.Outline], bool] | None = None,
) -> read.Outline:
    """Who had to wait for another shows what that one made."""

    def made() -> read.Outline:
        with report_apart.turn():
            return kept().value(key, make, is_good=is_good)

    return kept().value(key, made, is_good=is_good)


def outline_of(report: Report, record: ReportRecord | None = None) -> read.Outline:
    """Of a report that was submitted that of its facts, of a draft that of the plan."""
    said = record or records.current(report)
    if said is None:
        return outline(told_of(report), parse(report.period), read.Scope.of(report))
    key = ("record", said.id, said.approved_at, said.issued_at)
    if exports.is_large(report):
        return _one_at_a_time(key, lambda: report_apart.outline_of(said))
    return kept().value(key, lambda: read.Outline.of(records.facts_of(said)))


@dataclass(frozen=True)
class _Issuer:
    """What the symbol follows from: the long lists of a report need not be read."""

    organisation: Organisation


def whole_number(report: Report, given: str) -> str:
    """The number as the paper has it, with the symbol of whose document it is."""
    record = records.current(report)
    if record is None:
        return given
    issuer = records.part_of(record, _Issuer).organisation
    return head.written_number(given.strip(), head.symbol_of(issuer))


def lookup(report: Report) -> report_text.Lookup:
    """Looks up what the outline of a draft does not hold, once as long as nothing changes."""

    def found(outline: read.Outline, codes: Set[str]) -> list[report_text.Item]:
        unknown = codes - outline.found.keys()
        groups = [g for g in told_of(report) if any(c.startswith(f"{g.key}-") for c in unknown)]
        outline.found.update(dict.fromkeys(unknown))
        if groups:
            period, day, unit = parse(report.period), clock.today(), report.unit_id
            items = read.items(groups, period, unknown, today=day, unit_id=unit)
            outline.found.update({one.code: one for one in items})
        return [one for code in codes if (one := outline.found[code])]

    return found


def facts_of(report: Report, record: ReportRecord | None = None) -> ReportFacts:
    """Those of a report that was submitted never change; a draft follows the plan."""
    said = record or records.current(report)
    if said is not None:
        return records.facts_of(said)
    facts = read.facts_of(
        report, told_of(report), today=clock.today(), organisation=config().organisation
    )
    return do.with_identity(report, facts)


def gathered(report: Report, record: ReportRecord | None = None) -> ReportFacts:
    """The facts, read as a reader, so that others write meanwhile: commit first."""
    with database.reading():
        facts = facts_of(report, record)
        db.session.close()  # the end of reading
    return facts


def frozen(report: Report) -> do.Frozen:
    """What the report says, to be submitted: commit first."""
    if exports.is_large(report):
        return report_apart.frozen(actor().person_id, report, clock.today())
    return do.freeze(report, gathered(report))


def differences(report: Report, before: ReportRecord, now: ReportRecord) -> Differences:
    """What a record of the report says otherwise than the one before it."""
    if exports.is_large(report):
        return report_apart.differences(before, now)
    with turns.turn():
        return between(records.facts_of(before), records.facts_of(now))


def rendered(
    report: Report, made_as: Format, lang: Language, record: ReportRecord | None = None
) -> tuple[ReportFacts, bytes]:
    """The facts and the file made of them, a few at a time; of the record, or as it is now.

    Commit first: who waits for a turn holds neither a lock nor a connection.
    """
    with turns.turn():
        facts, template = gathered(report, record), _template(report, record)
        return facts, formats.make(made_as.extension, facts, lang, template)


def _template(report: Report, record: ReportRecord | None) -> bytes | None:
    with database.reading():
        content = report_templates.content_of(report, record or records.current(report))
        db.session.close()  # the end of reading
    return content


def to_change(report_id: int) -> Report:
    """The report as it is by now, in a transaction that begins as a writer."""
    database.read_only(value=False)
    return found(read.find(actor(), report_id, to_change=True))


def may_write(report: Report) -> bool:
    """Whether the actor writes the report, while it can be written in."""
    return may.reports.write(actor(), report.group, report.regime)


def context(
    report: Report,
    form: NarrativeForm | None = None,
    record: ReportRecord | None = None,
    **forms: Form,
) -> dict[str, object]:
    """What the page of a report takes: as it is now, or as a record of it says.

    `form` is what was typed and could not be kept, `forms` those of its next step with errors.
    """
    kept_records = records.of(report)
    told = outline_of(report, record or (None if report.state.is_open else kept_records[0]))
    asked = request.args.get("lang", "")
    is_open = report.state.is_open and record is None
    narrative = report.narrative if is_open else told.facts.narrative
    if not report.state.is_open or record:
        report_reads.note(record or kept_records[0])  # who is shown it has read it
    return {
        "report": report,
        "form": form or NarrativeForm(None, data={**narrative, "version": report.version}),
        "outline": told,
        "share": share,
        "facts": told.facts,
        "symbol": head.symbol(told.facts),
        "files": read.files(report),
        "title": title(report),
        "states": STATES,
        "formats": list(FORMATS),
        "chosen_lang": asked if asked in LANGUAGES else current().code,
        "languages": LANGUAGES,
        "word": lambda kind, code: label(kind, code, current()),
        "why": lambda fact: reason(fact, current()),
        "shown": record,
        "records": kept_records,
        "returned": _returned(report),
        "may_write": is_open and may_write(report),
        **report_text.page(report, told, lookup(report), is_open=is_open),
        **_steps(report, is_latest=record is None or record.id == kept_records[0].id),
        **forms,
    }


def left_of(report: Report, record: ReportRecord | None) -> dict[str, object]:
    """What the page takes of a record whose lines were altered in the database."""
    kept_records = records.of(report)
    shown = record or kept_records[0]
    return {
        "report": report,
        "title": title(report),
        "shown": shown,
        "records": kept_records,
        "files": read.intact_files(shown),
    }


def _returned(report: Report) -> Change | None:
    """Who gave it back with the remarks that it bears, and when."""
    if not report.remarks:
        return None
    return history.last_to("report", report.id, "state", ReportState.RETURNED.value)


def _steps(report: Report, *, is_latest: bool) -> dict[str, object]:
    """Who may take the next step in the life of the report, with its form; what was submitted is
    judged where it is shown.
    """
    may_approve = is_latest and may.reports.approve(actor(), report.group)
    may_issue = may.reports.issue(actor(), report.group)
    state = report.state
    return {
        "may_approve": state is ReportState.SUBMITTED and may_approve,
        "may_return": state in {ReportState.SUBMITTED, ReportState.APPROVED} and may_approve,
        "may_issue": state is ReportState.APPROVED and may_issue,
        "may_reopen": state is ReportState.ISSUED and may_issue,
        "returning": RemarksForm(formdata=None),
        "issuing": IssueForm(formdata=None, data={"day": clock.today()}),
        "reopening": ReasonForm(formdata=None),
        "layout": LayoutForm(None, obj=report).offer(
            report_templates.choices(also=report.template_id)
        ),
    }
