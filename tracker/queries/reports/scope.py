"""What a report is of, besides its groups and its period, and how it wants to be told."""

from dataclasses import dataclass
from typing import Any, Self

from tracker.extensions import db
from tracker.lib.periods import Period, PeriodKind
from tracker.models import Report, ReportRegime
from tracker.models.enums import Arrangement, Orientation, ReportKind
from tracker.queries.report_facts import Name

NOBODY = Name("")


def kind_of(period: Period, *, of_all: bool) -> ReportKind:
    """A year is reviewed; what is on all groups is consolidated."""
    if period.kind is PeriodKind.YEAR:
        return ReportKind.ANNUAL
    return ReportKind.CONSOLIDATED if of_all else ReportKind.PERIODIC


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Of a group, of a unit (what it leads in all groups), or of neither: of all groups.

    `addressees` and `recipients` are those of its regime, one a line; empty means those of the
    installation.
    `report_id` is the report itself, which is not compared with itself.
    """

    kind: ReportKind = ReportKind.PERIODIC
    arranged_by: Arrangement = Arrangement.GROUP
    orientation: Orientation = Orientation.PORTRAIT
    group_id: int | None = None
    unit_id: int | None = None
    regime_id: int | None = None
    report_id: int | None = None
    addressees: Name = NOBODY
    recipients: Name = NOBODY

    @property
    def covers_all(self) -> bool:
        """Whether it is on neither one group nor one unit."""
        return self.group_id is None and self.unit_id is None

    def columns(self) -> dict[str, Any]:
        """What of it is kept with a report that is begun; its group is named besides."""
        names = ("kind", "arranged_by", "orientation", "unit_id")
        return {name: getattr(self, name) for name in names}

    @classmethod
    def of(cls, report: Report) -> Self:
        """That of a report that was begun."""
        regime = db.session.get(ReportRegime, report.regime_id) if report.regime_id else None
        return cls(
            kind=report.kind,
            arranged_by=report.arranged_by,
            orientation=report.orientation,
            group_id=report.group_id,
            unit_id=report.unit_id,
            regime_id=report.regime_id,
            report_id=report.id,
            **_named(regime),
        )


def _named(regime: ReportRegime | None) -> dict[str, Name]:
    """To whom a report of the regime is sent, and who gets a copy."""
    if regime is None:
        return {}
    return {
        "addressees": Name(regime.addressee, regime.addressee_en),
        "recipients": Name(regime.recipients, regime.recipients_en),
    }
