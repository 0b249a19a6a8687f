"""Difficulties and risks as they are typed, and what of the register is asked for."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from typing_extensions import override
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
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
)
from tracker.forms.messages import language
from tracker.forms.tasks import people_first
from tracker.lib.numbers import whole
from tracker.lib.risk import SCALE, Impact, Likelihood, RiskBand
from tracker.models import RiskKind, Strand, Treatment
from tracker.queries.choices import Choice
from tracker.queries.risks import Filters, Sort, Standing
from tracker.words import N_

SHORT_TEXT = 2_000
BETWEEN = re.compile(r"[\s,;]+")
FIELD_OF = {
    "review_in_past": "review_on",
    "risk_not_judged": "likelihood",
    "blocked_unknown": "blocks",
    "blocked_too_many": "blocks",
    "outcome_needed": "outcome",
}
Member = TypeVar("Member", bound=StrEnum)
Option = tuple[str, str]


class RiskForm(Form):
    """All of an entry that is typed; what belongs to a risk alone is left out of a difficulty."""

    kind = RadioField(N_("Loại"), [InputRequired()])
    workstream_id = IdField(N_("Cấu phần"), [InputRequired()])
    title = LineField(N_("Tên"), [DataRequired(), Length(max=TITLE_LENGTH)])
    description = BlockField(N_("Nguyên nhân, hậu quả"), [Length(max=TEXT_LENGTH)])
    likelihood = IdField(N_("Khả năng xảy ra"))
    impact = IdField(N_("Mức độ ảnh hưởng"))
    treatment = ChoiceField(
        N_("Cách xử lý rủi ro"), [Optional()], members=Treatment, optional=N_("Chưa chọn")
    )
    response = BlockField(N_("Biện pháp"), [Length(max=SHORT_TEXT)])
    owner_id = IdField(N_("Người phụ trách"))
    review_on = DayField(N_("Ngày rà soát"))
    blocks = LineField(N_("Đang chặn"), [Length(max=SHORT_TEXT)])

    def offer(
        self,
        *,
        workstreams: Iterable[Choice],
        members: Iterable[Choice],
        persons: Iterable[Choice],
    ) -> "RiskForm":
        """Fill the lists to choose from."""
        gettext, label = language().gettext, language().label
        self.kind.choices = [SelectChoice(kind.value, label(kind)) for kind in RiskKind]
        self.workstream_id.choices = [(one.id, one.words) for one in workstreams]
        for field, scale in ((self.likelihood, Likelihood), (self.impact, Impact)):
            steps = [(step.value, f"{step.value} – {label(step)}") for step in scale]
            field.choices = [("", gettext(N_("Chưa đánh giá"))), *steps]
        nobody = ("", gettext(N_("Chưa giao")))
        self.owner_id.choices = [nobody, *people_first(members, persons)]
        return self

    def of(self, kind: RiskKind) -> "RiskForm":
        """The form of one that is recorded: its kind stays."""
        self.drop("kind")
        if kind is RiskKind.DIFFICULTY:
            self.drop("likelihood", "impact", "treatment")
        return self

    @property
    def is_risk(self) -> bool:
        """Whether likelihood and impact are asked for."""
        if "kind" in self:
            return bool(self.kind.data == RiskKind.RISK)
        return "likelihood" in self

    @property
    def codes(self) -> list[str]:
        """The codes of what it blocks, each once."""
        typed = BETWEEN.split(self.blocks.data or "")
        return list(dict.fromkeys(code.upper() for code in typed if code))

    @override
    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Besides the fields themselves: a risk is judged."""
        fine = bool(super().validate(*args, **kwargs))
        if self.is_risk:
            for name in ("likelihood", "impact"):
                if self[name].data is None and not self[name].errors:
                    self.refuse(name, "risk_not_judged")
                    fine = False
        return fine

    def columns_typed(self) -> dict[str, Any]:
        """The values as `services.risks` takes them."""
        beside = {"version", "csrf_token", "kind", "blocks"}
        return {name: self[name].data for name in self.data if name not in beside}


class CloseForm(Form):
    """How it ended."""

    outcome = BlockField(
        N_("Kết quả xử lý"),
        [Length(max=SHORT_TEXT)],
        render_kw={"required": True},
    )


# ------------------------------------------------------------------ the register


def read(args: Mapping[str, str], me: int) -> Filters:
    """The filters of an address; nonsense counts as not asked. `me` stands for owner=me."""
    owner = me if args.get("owner") == "me" else _number(args.get("owner"))
    strand = next((one for one in Strand if one.slug == args.get("strand")), None)
    return Filters(
        group=(args.get("group") or "").upper()[:20],
        strand=strand,
        kind=_member(RiskKind, args.get("kind")),
        owner_id=owner,
        band=_member(RiskBand, args.get("level")),
        likelihood=_step(args.get("likelihood")),
        impact=_step(args.get("impact")),
        standing=_member(Standing, args.get("state")) or Standing.OPEN,
        is_due=args.get("review") == "due",
        is_blocking=args.get("blocking") == "yes",
        sort=_member(Sort, args.get("sort")) or Sort.LEVEL,
        page=max(1, _number(args.get("page")) or 1),
    )


def offers(
    groups: Iterable[Option], owners: Iterable[tuple[int, str]], me: int
) -> dict[str, list[Option]]:
    """What each filter of the register can be, by its name: values and their words."""
    _, label = language().gettext, language().label
    others = ((str(id_), name) for id_, name in owners if id_ != me)
    bands = ((one.value, _(N_("Rủi ro: %(band)s"), band=label(one))) for one in RiskBand)
    return {
        "group": [("", _(N_("Mọi tổ"))), *groups],
        "strand": [("", _(N_("Mọi cấu phần"))), *((one.slug, label(one)) for one in Strand)],
        "owner": [("", _(N_("Mọi người"))), ("me", _(N_("Của tôi"))), *others],
        "state": [
            ("", _(N_("Đang mở"))),
            (Standing.CLOSED.value, _(N_("Đã kết thúc"))),
            (Standing.ALL.value, _(N_("Tất cả"))),
        ],
        "kind": [
            ("", _(N_("Khó khăn và rủi ro"))),
            *((one.value, label(one)) for one in RiskKind),
        ],
        "level": [("", _(N_("Mọi mức"))), *bands],
        "review": [("", _(N_("Mọi ngày rà soát"))), ("due", _(N_("Quá hạn rà soát")))],
        "sort": [
            ("", _(N_("Theo mức độ"))),
            (Sort.REVIEW.value, _(N_("Theo ngày rà soát"))),
            (Sort.OWNER.value, _(N_("Theo người phụ trách"))),
            (Sort.NEWEST.value, _(N_("Mới nhất"))),
        ],
    }


def written(filters: Filters, me: int, *, within: bool = False) -> dict[str, str]:
    """The filters as an address has them, without the page; `within` a group or its strand."""
    asked = {
        "group": "" if within else filters.group,
        "strand": filters.strand.slug if filters.strand else "",
        "kind": filters.kind,
        "owner": "me" if filters.owner_id == me else filters.owner_id,
        "level": filters.band,
        "likelihood": filters.likelihood,
        "impact": filters.impact,
        "state": "" if filters.standing is Standing.OPEN else filters.standing,
        "review": "due" if filters.is_due else "",
        "blocking": "yes" if filters.is_blocking else "",
        "sort": "" if filters.sort is Sort.LEVEL else filters.sort,
    }
    return {name: str(value) for name, value in asked.items() if value}


def query(asked: Mapping[str, str], changes: Mapping[str, object]) -> str:
    """The query of an address with something asked for instead; a change to "" drops it."""
    wanted = {**asked, **{name: str(value) for name, value in changes.items()}}
    return urlencode({name: value for name, value in wanted.items() if value})


def _member(enum: type[Member], text: str | None) -> Member | None:
    return next((one for one in enum if one.value == text), None)


def _number(text: str | None) -> int | None:
    try:
        return whole(text) if text else None
    except ValueError:
        return None


def _step(text: str | None) -> int | None:
    number = _number(text)
    return number if number in SCALE else None
