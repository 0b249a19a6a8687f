"""The deliverables of a report by stage, as they stood on its day, and those that came further."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc, local_day
from tracker.lib.stages import StageRole, standing
from tracker.models import Deliverable, DeliverableKind, Stage, StageMove, Strand
from tracker.queries.report_facts import DeliverableFact, Name, StageCount, StagesFact
from tracker.queries.reports.plan import Place

LONGEST_WAY = 12  # stages; ISO counts twenty-six
USUAL = {StageRole.ROUTE, StageRole.GOAL}


class Move(NamedTuple):
    """A deliverable came to a stage on `day`, that of `written_on` where it is not known."""

    id: int
    corrects_id: int | None
    stage_id: int | None
    day: date
    document: str
    written_on: date


@dataclass(frozen=True)
class Register:
    """The deliverables there were at the end of a day, and the moves known then, by deliverable."""

    deliverables: Sequence[Deliverable]
    moves: Mapping[int, Sequence[Move]]
    kinds: Mapping[int, DeliverableKind]
    stages: Mapping[int, Stage]
    places: Mapping[int, Place]
    day: date

    def by_stage(self, earlier: date) -> Iterable[StagesFact]:
        """Kind by kind, how many stand at each stage, and how many did at the end of that day."""
        now: dict[int, Counter[int | None]] = defaultdict(Counter)
        before: dict[int, Counter[int | None]] = defaultdict(Counter)
        for one in self.deliverables:
            now[one.kind_id][self._stage_of(one.id, self.day)] += 1
            before[one.kind_id][self._stage_of(one.id, earlier)] += 1
        for kind_id, kind in self.kinds.items():
            if now[kind_id]:
                yield self._kind(kind, now[kind_id], before[kind_id])

    def _kind(
        self, kind: DeliverableKind, now: Counter[int | None], before: Counter[int | None]
    ) -> StagesFact:
        stages = [stage for stage in self.stages.values() if stage.kind_id == kind.id]
        shown = set(_always_shown(stages))
        return StagesFact(
            kind=kind.code,
            name=Name(kind.name, kind.name_en or ""),
            strand=kind.strand.value,
            total=now.total(),
            unplaced=now[None],
            stages=tuple(
                StageCount(
                    code=stage.code,
                    name=_name(stage),
                    role=stage.role.value,
                    now=now[stage.id],
                    before=before[stage.id],
                )
                for stage in stages
                if now[stage.id] or before[stage.id] or stage.id in shown
            ),
        )

    def _stage_of(self, id_: int, day: date) -> int | None:
        known = standing([move for move in self.moves.get(id_, ()) if move.written_on <= day])
        return known[-1].stage_id if known else None

    def came(self, first: date) -> Iterable[DeliverableFact]:
        """Those that came to a stage from that day on, and are there; the latest stage of each."""
        for one in self.deliverables:
            known = standing(self.moves.get(one.id, ()))
            last = known[-1] if known else None
            if last is None or last.stage_id is None or not _is_news(one, last, first):
                continue
            stage = self.stages[last.stage_id]
            key, strand = self.places[one.workstream_id]
            yield DeliverableFact(
                code=one.code,
                reference=one.reference or "",
                title=one.title,
                group=key,
                strand=strand.value,
                kind=self.kinds[one.kind_id].code,
                stage=_name(stage),
                stage_code=stage.code,
                came_on=last.day,
                document=last.document,
                is_goal=stage.role is StageRole.GOAL,
                title_en=one.title_en or "",
            )


def register(
    places: Mapping[int, tuple[str, Strand]], day: date, unit_id: int | None = None
) -> Register:
    """Of those workstreams, or of a unit that leads them there."""
    until = end_of_day_utc(day)
    conditions: list[Any] = [
        Deliverable.workstream_id.in_(list(places)),
        Deliverable.created_at <= until,
        or_(Deliverable.deleted_at.is_(None), Deliverable.deleted_at > until),
    ]
    if unit_id is not None:
        conditions.append(Deliverable.lead_unit_id == unit_id)
    order = {id_: at for at, id_ in enumerate(places)}
    found = db.session.scalars(select(Deliverable).where(*conditions)).all()
    kinds = db.session.scalars(
        select(DeliverableKind).order_by(DeliverableKind.position, DeliverableKind.id)
    )
    stages = db.session.scalars(select(Stage).order_by(Stage.position, Stage.id))
    return Register(
        sorted(found, key=lambda one: (order[one.workstream_id], one.id)),
        _moves(conditions, until),
        {kind.id: kind for kind in kinds},
        {stage.id: stage for stage in stages},
        places,
        day,
    )


def _moves(conditions: Sequence[Any], until: datetime) -> Mapping[int, Sequence[Move]]:
    """By deliverable, in the order in which they were written down."""
    found: dict[int, list[Move]] = defaultdict(list)
    for row in db.session.execute(
        select(
            StageMove.deliverable_id,
            StageMove.id,
            StageMove.corrects_id,
            StageMove.stage_id,
            StageMove.on,
            StageMove.document_number,
            StageMove.at,
        )
        .join(Deliverable, Deliverable.id == StageMove.deliverable_id)
        .where(*conditions, StageMove.at <= until)
        .order_by(StageMove.id)
    ):
        written_on = local_day(row.at)
        number = row.document_number or ""
        day = row.on or written_on
        move = Move(row.id, row.corrects_id, row.stage_id, day, number, written_on)
        found[row.deliverable_id].append(move)
    return found


def _is_news(one: Deliverable, last: Move, first: date) -> bool:
    """Whether it came there from that day on; or before, and that was written down later. One that
    was entered with its stage has not come there.
    """
    was_known = local_day(one.created_at) < first
    return last.day >= first or (was_known and last.written_on >= first)


def _always_shown(stages: Iterable[Stage]) -> Iterable[int]:
    """The whole way, also where nothing stands; of one that is long only where it leads."""
    usual = [stage for stage in stages if stage.role in USUAL and not stage.is_retired]
    goals = [stage for stage in usual if stage.role is StageRole.GOAL]
    return (stage.id for stage in (goals if len(usual) > LONGEST_WAY else usual))


def _name(stage: Stage) -> Name:
    return Name(stage.name, stage.name_en or "")
