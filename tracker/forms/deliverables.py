"""What the pages of the register ask for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from typing_extensions import override
from wtforms import BooleanField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from tracker.forms.base import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    BlockField,
    ChoiceField,
    DayField,
    Form,
    IdField,
    LineField,
    clean,
)
from tracker.forms.messages import language
from tracker.lib.numbers import whole
from tracker.lib.stages import Ahead
from tracker.models import DeliverableKind, Relation, Stage, Strand
from tracker.queries.choices import Choice
from tracker.queries.deliverables import Filters
from tracker.words import N_

LONGEST = 200


class DeliverableForm(Form):
    """Everything of a deliverable that is typed."""

    title = LineField(N_("Tên"), [DataRequired(), Length(max=TITLE_LENGTH)])
    reference = LineField(N_("Số hiệu"), [Length(max=LONGEST)])
    title_en = LineField(N_("Tên tiếng Anh"), [Length(max=TITLE_LENGTH)])
    kind_id = IdField(N_("Loại sản phẩm"), [InputRequired()])
    relation = ChoiceField(
        N_("Mức độ tương đương"), [Optional()], members=Relation, optional=N_("– không áp dụng –")
    )
    based_on = LineField(N_("Tài liệu gốc"), [Length(max=LONGEST)])
    replaces = LineField(N_("Thay thế"), [Length(max=LONGEST)])
    ics = LineField(N_("Mã ICS"), [Length(max=LONGEST)])
    committee = LineField(N_("Ban kỹ thuật"), [Length(max=LONGEST)])
    owner_id = IdField(N_("Người phụ trách"))
    lead_unit_id = IdField(N_("Đơn vị chủ trì"))
    note = BlockField(N_("Ghi chú"), [Length(max=TEXT_LENGTH)])

    def offer(
        self,
        kinds: Iterable[DeliverableKind],
        persons: Iterable[Choice],
        units: Iterable[Choice],
    ) -> "DeliverableForm":
        """What can be chosen from."""
        english = language().code == "en"
        self.kind_id.choices = [
            SelectChoice(str(kind.id), (english and kind.name_en) or kind.name) for kind in kinds
        ]
        for name, rows in (("owner_id", persons), ("lead_unit_id", units)):
            self[name].choices = [
                SelectChoice("", "—"),
                *(SelectChoice(str(one.id), one.words) for one in rows),
            ]
        return self


class StageForm(Form):
    """To which stage, on which day, by which document."""

    stage_id = IdField(N_("Giai đoạn"), [InputRequired()])
    on = DayField(N_("Từ ngày"), [InputRequired()])
    document_number = LineField(N_("Số văn bản"), [Length(max=LONGEST)])
    note = LineField(N_("Ghi chú"), [Length(max=500)])

    def offer(self, stages: Iterable[Stage]) -> "StageForm":
        """The stages it may be brought to."""
        english = language().code == "en"
        self.stage_id.choices = [
            SelectChoice(str(one.id), f"{one.code} – {(english and one.name_en) or one.name}")
            for one in stages
        ]
        return self


class StageMilestones(Form):
    """For which stages milestones are wanted: a box and a day each; see `stage_milestones`."""

    following: Sequence[Ahead[Stage]] = ()

    @property
    def rows(self) -> list[tuple[Ahead[Stage], Any, Any]]:
        """Each stage with its box and its day."""
        return [
            (one, self[f"pick-{one.step.id}"], self[f"day-{one.step.id}"]) for one in self.following
        ]

    @override
    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """A stage that was chosen needs a day."""
        fine = super().validate(*args, **kwargs)
        for _, pick, day in self.rows:
            if pick.data and day.data is None and not day.errors:
                self.refuse(day.name, "stage_date_needed")
                fine = False
        return fine

    def chosen(self) -> list[tuple[Stage, date]]:
        """The stages that were picked, with their days."""
        return [(one.step, day.data) for one, pick, day in self.rows if pick.data]


def stage_milestones(following: Sequence[Ahead[Stage]]) -> StageMilestones:
    """The form for these stages; the day of each begins as the earliest there can be."""
    fields: dict[str, Any] = {"following": following}
    suggested: dict[str, object] = {}
    for one in following:
        fields[f"pick-{one.step.id}"] = BooleanField(N_("Tạo mốc"))
        fields[f"day-{one.step.id}"] = DayField(N_("Ngày"))
        suggested[f"day-{one.step.id}"] = one.earliest
        suggested[f"pick-{one.step.id}"] = bool(one.step.window) or one is following[-1]
    made: type[StageMilestones] = type("StageMilestonesOf", (StageMilestones,), fields)
    return made(data=suggested)


def read(args: Mapping[str, str]) -> Filters:
    """The filters of an address; nonsense counts as not asked."""
    strand = next((one for one in Strand if one.slug == args.get("strand")), None)
    try:
        page = whole(args.get("page", "1") or "1")
    except ValueError:
        page = 1
    return Filters(
        group=(args.get("group") or "").upper()[:LONGEST],
        strand=strand,
        kind=(args.get("kind") or "").upper()[:LONGEST],
        stage=(args.get("stage") or "")[:LONGEST],
        text=(clean(args.get("q")) or "")[:LONGEST],
        page=max(1, page),
    )


def written(filters: Filters, *, without_group: bool = False) -> dict[str, str]:
    """The filters as an address has them, without the page; what is not asked for is left out."""
    asked = {
        "q": filters.text,
        "group": "" if without_group else filters.group,
        "strand": filters.strand.slug if filters.strand else "",
        "kind": filters.kind,
        "stage": filters.stage,
    }
    return {name: value for name, value in asked.items() if value}


def query(filters: Filters, changes: Mapping[str, object], *, without_group: bool = False) -> str:
    """The query of an address with something asked for instead; a change to "" drops it."""
    asked = {
        **written(filters, without_group=without_group),
        **{name: str(value) for name, value in changes.items()},
    }
    return urlencode({name: value for name, value in asked.items() if value})
