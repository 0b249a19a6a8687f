"""What of the slip ledger is asked for, in its query string."""

from wtforms import SelectField
from wtforms.validators import Length, Optional

from tracker.forms.base import ChoiceField, Form, IdField, LineField
from tracker.forms.messages import language
from tracker.lib.periods import Period, PeriodError, parse
from tracker.models import MoveReason, Strand
from tracker.queries.slips import KINDS, Filters
from tracker.words import N_

KIND_WORDS = {
    "task-due": N_("Thời hạn nhiệm vụ"),
    "task-forecast": N_("Dự kiến nhiệm vụ"),
    "milestone-forecast": N_("Dự kiến mốc"),
    "milestone-baseline": N_("Kế hoạch của mốc"),
}


def _kinds() -> list[tuple[str, str]]:
    words = [(kind, language().gettext(word)) for kind, word in KIND_WORDS.items()]
    return [("", language().gettext(N_("Mọi ngày"))), *words]


class SlipsForm(Form):
    """The filters. Nonsense counts as not asked; a period that is none is said to be none."""

    class Meta(Form.Meta):
        """A question changes nothing and needs no token."""

        csrf = False

    group = SelectField(N_("Tổ công tác"), choices=[], validate_choice=False)
    strand = ChoiceField(N_("Cấu phần"), [Optional()], members=Strand, optional=N_("Mọi cấu phần"))
    unit = IdField(N_("Đơn vị chủ trì"), [Optional()], validate_choice=False)
    reason = ChoiceField(N_("Lý do"), [Optional()], members=MoveReason, optional=N_("Mọi lý do"))
    kind = SelectField(N_("Ngày được dời"), choices=_kinds, validate_choice=False)
    period = LineField(
        N_("Kỳ"), [Length(max=60)], render_kw={"placeholder": "2026-11, 2026-Q4, 2026"}
    )

    def filters(self, group: str = "") -> Filters:
        """The filters that make sense; `group` where the page is that of one group."""
        strand, reason = self.strand.data, self.reason.data
        return Filters(
            group=group or (self.group.data or "")[:20],
            strand=strand if isinstance(strand, Strand) else None,
            unit_id=self.unit.data,
            reason=reason if isinstance(reason, MoveReason) else None,
            kind=self.kind.data if self.kind.data in KINDS else "",
            period=self._period(),
        )

    def _period(self) -> Period | None:
        if not self.period.data:
            return None
        try:
            return parse(self.period.data)
        except PeriodError as error:
            self.refuse("period", error.code, **error.values)
            return None
