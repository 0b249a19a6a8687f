"""What the board can be asked for, in its query string."""

from datetime import date, timedelta

from wtforms import BooleanField
from wtforms.validators import Optional

from tracker.forms.base import ChoiceField, DayField, Form, IdField, today
from tracker.lib.health import Health
from tracker.models import Strand
from tracker.queries.board import Filters
from tracker.words import N_

USUAL = timedelta(days=14)


class BoardForm(Form):
    """The board's filters and the day it is compared with. Nonsense counts as not asked."""

    class Meta(Form.Meta):
        """A question changes nothing and needs no token."""

        csrf = False

    since = DayField(N_("So với ngày"))
    health = ChoiceField(
        N_("Tình trạng"), [Optional()], members=Health, optional=N_("Mọi tình trạng")
    )
    strand = ChoiceField(N_("Cấu phần"), [Optional()], members=Strand, optional=N_("Mọi cấu phần"))
    lead = IdField(N_("Tổ trưởng"), [Optional()], validate_choice=False)
    overdue = BooleanField(N_("Có nhiệm vụ quá hạn"))

    @property
    def filters(self) -> Filters:
        """The filters that make sense."""
        health, strand = self.health.data, self.strand.data
        return Filters(
            health=health if isinstance(health, Health) else None,
            strand=strand if isinstance(strand, Strand) else None,
            lead=self.lead.data,
            overdue=bool(self.overdue.data),
        )

    @property
    def day(self) -> date:
        """The day to compare with: two weeks ago unless said otherwise, never tomorrow."""
        asked = self.since.data
        return min(asked, today()) if asked else today() - USUAL

    @property
    def asked(self) -> dict[str, str]:
        """What was understood, as it stands in an address; the usual is left out."""
        filters = self.filters
        return {
            "health": filters.health or "",
            "strand": filters.strand or "",
            "lead": str(filters.lead or ""),
            "overdue": "y" if filters.overdue else "",
            "since": "" if self.day == today() - USUAL else self.day.isoformat(),
        }
