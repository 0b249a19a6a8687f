"""What the board can be asked for, in its query string."""

from datetime import date, timedelta
from enum import StrEnum

from wtforms import BooleanField
from wtforms.validators import Optional

from tracker.forms.base import ChoiceField, DayField, Form, IdField, today
from tracker.lib.dates import add_months
from tracker.lib.health import Health
from tracker.lib.periods import after
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
    """The board's filters, its day and the day it is compared with. Nonsense counts as not asked.

    `last_meeting` is the day to compare with where none is asked for; two weeks before, if unknown.
    """

    last_meeting: date | None = None

    class Meta(Form.Meta):
        """A question changes nothing and needs no token."""

        csrf = False

    as_of = DayField(N_("Bảng tại ngày"))
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
        N_("Nhóm theo"),
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
    def past(self) -> date | None:
        """The past day whose board is asked for; None for the board of today."""
        asked = self.as_of.data
        return asked if asked and asked < today() else None

    @property
    def is_ahead(self) -> bool:
        """Whether the board of a day that has not come yet is asked for."""
        return self.as_of.data is not None and self.as_of.data > today()

    @property
    def shown(self) -> date:
        """The day whose board is shown."""
        return self.past or today()

    @property
    def usual(self) -> date:
        """The day to compare with unless said otherwise."""
        return self.last_meeting or self.shown - USUAL

    @property
    def quick(self) -> list[tuple[str, date]]:
        """Days that are often compared with, in words to be translated."""
        days = [
            (N_("Lần họp trước"), self.last_meeting),
            (N_("Tuần trước"), self.shown - timedelta(weeks=1)),
            (N_("Hai tuần trước"), self.shown - USUAL),
            (N_("Tháng trước"), add_months(self.shown, -1)),
        ]
        return [(words, day) for words, day in days if day]

    @property
    def day(self) -> date:
        """The day to compare with, never one after the day that is shown."""
        asked = self.since.data
        return min(asked, self.shown) if asked else self.usual

    @property
    def period(self) -> str:
        """The days whose changes are told, as the slip ledger is asked for them."""
        return after(self.day, self.shown)

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
            "as_of": self.past.isoformat() if self.past else "",
            "since": "" if self.day == self.usual else self.day.isoformat(),
        }
