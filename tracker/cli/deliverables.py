"""`tracker deliverables import`: records of ISO Open Data from a local file into a register."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import click

from tracker.adapters import clock
from tracker.cli import language, said, say, with_tables
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.imports import iso_open_data
from tracker.lib.iso_records import Problem, Record, Wanted
from tracker.models import DeliverableKind, Strand, Workstream
from tracker.policies.actor import Actor
from tracker.queries import groups as read_groups
from tracker.queries import records as read
from tracker.queries import stages
from tracker.services import records as do
from tracker.services.act import Act
from tracker.words import N_

READ = N_("Đã đọc %(read)s bản ghi, trong đó %(wanted)s bản ghi cần lấy.")
TAKEN = N_(
    "%(new)s mới, %(changed)s thay đổi, %(unchanged)s không đổi, %(left_out)s không nhập được."
)
# Whoever may run commands on the server may do everything.
OPERATOR = Actor(person_id=0, person_name="", is_administrator=True)
BATCH = 500
MOST_TOLD = 20
SIGNS = {
    read.Outcome.NEW: "+",
    read.Outcome.CHANGED: "~",
    read.Outcome.UNCHANGED: "=",
    read.Outcome.LEFT_OUT: "!",
}


@click.group("deliverables")
def deliverables() -> None:
    """Look after the register of deliverables."""


@deliverables.command(
    "import",
    epilog="Example: tracker deliverables import iso_deliverables_metadata.jsonl --group GHG"
    ' --strand standards --committee "ISO/TC 207/SC 7" --dry-run',
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--group", "key", required=True, metavar="KEY", help="Whose register.")
@click.option(
    "--strand", required=True, type=click.Choice([strand.slug for strand in Strand]), help="Where."
)
@click.option("--kind", default="ISO", show_default=True, help="Of which kind they are.")
@click.option("--ics", multiple=True, help="Only with this ICS code or one below it; repeatable.")
@click.option("--committee", multiple=True, help="Only of this committee or its subcommittees.")
@click.option("--reference", multiple=True, help="Only with this in the reference.")
@click.option("--dry-run", is_flag=True, help="Show what would be done and write nothing.")
@with_tables
def import_records(  # noqa: PLR0913 - options
    file: Path,
    key: str,
    strand: str,
    kind: str,
    ics: tuple[str, ...],
    committee: tuple[str, ...],
    reference: tuple[str, ...],
    dry_run: bool,  # noqa: FBT001 - an option
) -> None:
    """Take records of ISO Open Data (JSON lines) from FILE into the register of a group.

    What is there already is followed, so that a second run changes nothing. Lines that cannot be
    read are told with their number and left out. Data of ISO under ODC-By 1.0.
    """
    workstream, its_kind = _workstream(key, strand), _kind(kind)
    wanted = Wanted(ics=ics, committees=committee, references=reference)
    with file.open("rb") as stream:
        counts = _run(stream, wanted, workstream, its_kind, dry_run=dry_run)
    say(READ, read=counts["read"], wanted=counts["wanted"])
    say(TAKEN, **{outcome.value: counts[outcome.value] for outcome in read.Outcome})
    if counts["unreadable"]:
        say(N_("%(number)s dòng không đọc được."), number=counts["unreadable"])
    if dry_run:
        say(N_("Chưa ghi gì (--dry-run)."))
    if counts["unreadable"] and not counts["read"]:
        raise RuleViolationError("records_none")


def _run(
    stream: BinaryIO,
    wanted: Wanted,
    workstream: Workstream,
    kind: DeliverableKind,
    *,
    dry_run: bool,
) -> Counter[str]:
    """Batch by batch, each stored before the next is read: memory does not grow with the file."""
    counts: Counter[str] = Counter()
    found = _wanted(stream, wanted, counts)
    by = Act(person_id=None, at=clock.now(), cause="cli")
    while batch := list(islice(found, BATCH)):
        if dry_run:
            taken = _looked_at(batch, workstream, kind)
        else:
            taken = do.take(batch, workstream, kind, by=by)
            db.session.commit()
        counts.update(taken.counts)
        for problem in taken.problems:
            _tell(problem, counts)
        db.session.expunge_all()
    return counts


def _wanted(stream: BinaryIO, wanted: Wanted, counts: Counter[str]) -> Iterator[Record]:
    for one in iso_open_data.read(stream):
        if isinstance(one, Problem):
            counts["unreadable"] += 1
            _tell(one, counts)
            continue
        counts["read"] += 1
        if wanted.has(one):
            counts["wanted"] += 1
            yield one


def _looked_at(batch: Sequence[Record], workstream: Workstream, kind: DeliverableKind) -> do.Taken:
    taken = do.Taken()
    for one in read.compare(batch, workstream.group_id, kind):
        taken.counts[one.outcome.value] += 1
        if one.problem:
            taken.problems.append(one.problem)
        elif one.outcome is not read.Outcome.UNCHANGED:
            code = one.deliverable.code if one.deliverable else ""
            stage = one.stage.code if one.stage else ""
            click.echo(f"{SIGNS[one.outcome]} {one.record.reference}  {stage}  {code}".rstrip())
    return taken


def _tell(problem: Problem, counts: Counter[str]) -> None:
    """The first of what is wrong; of a file of another kind every line would be."""
    counts["told"] += 1
    if counts["told"] <= MOST_TOLD:
        sentence = language().sentence(problem.code, **problem.values)
        line = said(N_("dòng %(number)s"), number=problem.line)
        click.echo(f"! {line}: {sentence}", err=True)
    elif counts["told"] == MOST_TOLD + 1:
        click.echo("! …", err=True)


def _workstream(key: str, slug: str) -> Workstream:
    found = read_groups.workstream(OPERATOR, key, slug)
    if found is None:
        keys = ", ".join(group.key for group in read_groups.listing(OPERATOR))
        raise RuleViolationError("group_unknown", key=key, keys=keys)
    return found


def _kind(code: str) -> DeliverableKind:
    found = stages.kind(code)
    if found is None:
        known = ", ".join(kind.code for kind in stages.kinds())
        raise RuleViolationError("kind_unknown", code=code, codes=known)
    return found


commands = (deliverables,)
