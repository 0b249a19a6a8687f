"""`tracker plan import`: a plan file from the command line, previewed as in the browser."""

from pathlib import Path

import click

from tracker.adapters import clock
from tracker.cli import language, refuse, say, with_tables
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.imports import plan
from tracker.lib.plan_file import PlanFile, PlanSheet
from tracker.models import Group, MoveReason
from tracker.policies.actor import Actor
from tracker.queries import importing as read
from tracker.queries.importing import NEW, Answers, Outcome, Preview, RowPlan, wording
from tracker.services import importing as do
from tracker.services.act import Act, Why
from tracker.words import N_, SENTENCES

# Whoever may run commands on the server may do everything.
OPERATOR = Actor(person_id=0, person_name="", is_administrator=True)
SIGNS = {
    Outcome.NEW: "+",
    Outcome.CHANGED: "~",
    Outcome.UNCHANGED: "=",
    Outcome.ASKED: "?",
    Outcome.LEFT_OUT: "!",
}
TOTALS = (
    ("new", N_("%(number)s mới")),
    ("changed", N_("%(number)s thay đổi")),
    ("unchanged", N_("%(number)s không đổi")),
    ("asked", N_("%(number)s cần trả lời")),
    ("left_out", N_("%(number)s không nhập được")),
    ("moves", N_("%(number)s ngày dời")),
    ("persons", N_("%(number)s người sẽ thêm")),
    ("units", N_("%(number)s đơn vị sẽ thêm")),
)


@click.group("plan")
def plan_group() -> None:
    """Bring work plans in."""


@plan_group.command(
    "import",
    epilog='Example: tracker plan import ke-hoach.xlsx --group "Halal=HAL" --dry-run',
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--group", "groups", multiple=True, metavar="KEY | SHEET=KEY", help="Its group.")
@click.option("--dry-run", is_flag=True, help="Show what would be done and write nothing.")
@click.option(
    "--reason",
    type=click.Choice([reason.value for reason in MoveReason]),
    help="Why dates move; needed when there are any that do.",
)
@click.option("--sentence", default="", help="The reason in a sentence; needed for «other».")
@click.option(
    "--similar",
    type=click.Choice(["same", "new"]),
    help="Take rows with nearly the title of something that is there for it, or for new.",
)
@click.option("--skip-unreadable", is_flag=True, help="Import without rows that cannot be read.")
@click.option("--all-rows", is_flag=True, help="List the rows that stay as they are, too.")
@with_tables
def import_plan(  # noqa: PLR0913 - options
    file: Path,
    groups: tuple[str, ...],
    dry_run: bool,  # noqa: FBT001 - options
    reason: str | None,
    sentence: str,
    similar: str | None,
    skip_unreadable: bool,  # noqa: FBT001 - click passes it by name
    all_rows: bool,  # noqa: FBT001 - click passes it by name
) -> None:
    """Import a work plan from an Excel or CSV file.

    Prints what becomes of each row. Everything is written or, when anything is in the way,
    nothing; the import is then listed in the browser, where it can be taken back.
    """
    data, by = file.read_bytes(), Act(person_id=None, at=clock.now(), cause="cli")
    if reason == MoveReason.OTHER and not sentence.strip():
        raise click.UsageError(language().gettext(N_("--reason other cần có --sentence.")))
    parsed = plan.parse(data, file.name, today=by.today)
    answers = Answers(groups=_assigned(parsed, groups, by))
    preview = _preview(parsed, answers, by)
    if similar is not None:
        answers = answers.with_(same=_same(preview, similar))
        preview = _preview(parsed, answers, by)
    _print(preview, all_rows=all_rows)
    if dry_run:
        say(N_("Chưa ghi gì (--dry-run)."))
        return
    _check(preview, reason, skip_unreadable=skip_unreadable)
    if preview.does_nothing:
        say(SENTENCES["import_changes_nothing"])
        return
    why = Why(reason=MoveReason(reason), sentence=sentence) if reason else None
    draft = do.draft(parsed, data, file.name, group=_only(preview.groups), by=by)
    do.answer(draft, answers, preview.groups)
    do.apply(draft, preview, why=why, by=by)
    db.session.commit()
    say(N_("Đã nhập. Đây là lần nhập số %(number)s: /imports/%(number)s"), number=draft.id)


def _preview(parsed: PlanFile, answers: Answers, by: Act) -> Preview:
    return read.of_plan(parsed, answers, start=None, actor=OPERATOR, today=by.today)


def _only(groups: list[Group]) -> Group | None:
    return groups[0] if len(groups) == 1 else None


# ------------------------------------------------------------------ which sheet is whose


def _assigned(parsed: PlanFile, said: tuple[str, ...], by: Act) -> dict[str, str]:
    """The key of the group by sheet."""
    known = {group.key for group in read.shapeable(OPERATOR)}
    found: dict[str, str] = {}
    for each in said:
        name, has_sheet, key = each.rpartition("=")
        key = key.strip().upper()
        if key not in known:
            raise RuleViolationError("import_group_unknown", key=key)
        for sheet in _meant(parsed, name.strip()) if has_sheet else _unnamed(parsed, by):
            found[sheet.name] = key
    return found


def _unnamed(parsed: PlanFile, by: Act) -> list[PlanSheet]:
    """What a key alone is for: the only sheet, else those that bear the name of no group."""
    if len(parsed.sheets) == 1:
        return list(parsed.sheets)
    unclear = [each.sheet for each in _preview(parsed, Answers(), by).open_sheets]
    if not unclear:
        raise RuleViolationError("import_group_for_which")
    return unclear


def _meant(parsed: PlanFile, name: str) -> list[PlanSheet]:
    sheets = [sheet for sheet in parsed.sheets if sheet.name.casefold() == name.casefold()]
    if not sheets:
        raise RuleViolationError("import_sheet_unknown", sheet=name)
    return sheets


def _same(preview: Preview, similar: str) -> dict[str, str]:
    return {
        row.name: NEW if similar == NEW else row.candidates[0].code
        for row in preview.rows
        if row.is_asked
    }


# ------------------------------------------------------------------ what is printed


def _print(preview: Preview, *, all_rows: bool) -> None:
    for sheet in preview.sheets:
        group = sheet.group
        click.echo(f"\n{sheet.sheet.name} → {f'{group.name} ({group.key})' if group else '?'}")
        for problem in sheet.sheet.problems:
            if problem.row is None:
                click.echo(f"      {language().sentence(problem.code, **problem.words)}")
        for row in preview.rows:
            if row.key[0] == sheet.number and (all_rows or _tells(row)):
                _print_row(row)
    for problem in preview.plan.problems:
        say(SENTENCES[problem.code], **problem.words)
    click.echo("\n" + _totals(preview))


def _tells(row: RowPlan) -> bool:
    return row.outcome is not Outcome.UNCHANGED or bool(row.problems or row.kept)


def _print_row(row: RowPlan) -> None:
    lang = language()
    sign = "◆ " if row.kind == "milestone" else ""
    code = f" [{row.thing.code}]" if row.thing else ""
    click.echo(f"{SIGNS[row.outcome]} {row.row:>5}  {sign}{row.title}{code}")
    for change in wording.told(row.changes):
        old, new = (wording.said(each, change.field, lang) for each in (change.old, change.new))
        told = "" if change.field == "position" else f": {old} → {new}"
        click.echo(f"           {wording.label(change.field, lang)}{told}")
    for thing in row.candidates if row.is_asked else ():
        click.echo(f"           ? {thing.code} {thing.title}")
    for sentence in wording.sentences(row, lang):
        click.echo(f"           {sentence}")


def _totals(preview: Preview) -> str:
    lang, counts = language(), preview.counts
    said = [lang.gettext(words, number=counts[name]) for name, words in TOTALS if counts[name]]
    return " · ".join(said) or lang.gettext(N_("0 dòng"))


def _check(preview: Preview, reason: str | None, *, skip_unreadable: bool) -> None:
    """Refuse while anything is in the way, with the option that would settle it."""
    for sheet in preview.open_sheets:
        raise RuleViolationError("import_group_unclear", sheet=sheet.sheet.name)
    if any(row.is_asked for row in preview.rows):
        refuse(f"{language().sentence('import_questions_open')} (--similar same | new)")
    if preview.left_out and not skip_unreadable:
        refuse(f"{language().sentence('import_rows_left_out')} (--skip-unreadable)")
    if preview.counts["moves"] and reason is None:
        refuse(f"{language().sentence('reason_needed')} (--reason)")


commands = (plan_group,)
