"""What the board can be asked for, in its query string."""

from datetime import date, timedelta
from enum import StrEnum

from wtforms import BooleanField
from wtforms.validators import Optional

from tracker.forms.base import ChoiceField, DayField, Form, IdField, today
from tracker.lib.health import Health
from tracker.models import Pillar, Strand
from tracker.queries.board import Filters
from tracker.queries.portfolio import Grouping
from tracker.words import N_

USUAL = timedelta(days=14)


class Density(StrEnum):
    """How much room the rows take."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


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
    programme = IdField(N_("Chương trình"), [Optional()], validate_choice=False)
    unit = IdField(N_("Đơn vị"), [Optional()], validate_choice=False)
    pillar = ChoiceField(N_("Trụ cột"), [Optional()], members=Pillar, optional=N_("Mọi trụ cột"))
    group_by = ChoiceField(
        N_("Xếp theo"),
        [Optional()],
        members=(Grouping.PROGRAMME, Grouping.LEAD),
        optional=N_("Không xếp nhóm"),
    )
    density = ChoiceField(N_("Mật độ"), [Optional()], members=Density)
    overdue = BooleanField(N_("Có nhiệm vụ quá hạn"))

    @property
    def filters(self) -> Filters:
        """The filters that make sense."""
        health, strand, pillar = self.health.data, self.strand.data, self.pillar.data
        return Filters(
            health=health if isinstance(health, Health) else None,
            strand=strand if isinstance(strand, Strand) else None,
            lead=self.lead.data,
            overdue=bool(self.overdue.data),
            programme=self.programme.data,
            unit=self.unit.data,
            pillar=pillar if isinstance(pillar, Pillar) else None,
        )

    @property
    def grouping(self) -> Grouping:
        """What the rows stand under: nothing, or the programme asked for, unless said otherwise."""
        asked = self.group_by.data
        if isinstance(asked, Grouping):
            return asked
        return Grouping.PROGRAMME if self.programme.data else Grouping.NONE

    @property
    def day(self) -> date:
        """The day to compare with: two weeks ago unless said otherwise, never tomorrow."""
        asked = self.since.data
        return min(asked, today()) if asked else today() - USUAL

    @property
    def asked_density(self) -> Density | None:
        """How much room the address asks for, if it does."""
        asked = self.density.data
        return asked if isinstance(asked, Density) else None

    @property
    def asked(self) -> dict[str, str]:
        """What was understood, as it stands in an address; the usual is left out."""
        filters = self.filters
        return {
            "health": filters.health or "",
            "strand": filters.strand or "",
            "lead": str(filters.lead or ""),
            "overdue": "y" if filters.overdue else "",
            "programme": str(filters.programme or ""),
            "unit": str(filters.unit or ""),
            "pillar": filters.pillar or "",
            "group_by": self.group_by.data if isinstance(self.group_by.data, Grouping) else "",
            "density": self.asked_density or "",
            "since": "" if self.day == today() - USUAL else self.day.isoformat(),
        }
