"""Which changes are asked for: between which days, of which group and strand."""

from datetime import date, timedelta

from wtforms import StringField
from wtforms.validators import Optional

from tracker.forms.base import ChoiceField, DayField, Form, today
from tracker.lib.periods import after
from tracker.models import Strand
from tracker.words import N_

USUAL = timedelta(days=14)


class ChangesForm(Form):
    """Two days and a place. Nonsense counts as not asked."""

    class Meta(Form.Meta):
        """A question changes nothing and needs no token."""

        csrf = False

    since = DayField(N_("Từ ngày"))
    as_of = DayField(N_("Đến ngày"))
    group = StringField(N_("Tổ công tác"))
    strand = ChoiceField(N_("Cấu phần"), [Optional()], members=Strand, optional=N_("Mọi cấu phần"))

    @property
    def until(self) -> date | None:
        """The past day up to which; None for now."""
        asked = self.as_of.data
        return asked if asked and asked < today() else None

    @property
    def day(self) -> date:
        """The day after whose end changes count, never after the other one."""
        last = self.until or today()
        return min(self.since.data, last) if self.since.data else last - USUAL

    @property
    def period(self) -> str:
        """The days whose changes are told, as the slip ledger is asked for them."""
        return after(self.day, self.until or today())

    @property
    def place(self) -> tuple[str, Strand | None]:
        """The key of the group, or nothing for all, and the strand."""
        strand = self.strand.data
        return self.group.data or "", strand if isinstance(strand, Strand) else None
