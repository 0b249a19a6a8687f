"""What one state of a plan has that another has not, and what moved between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.lib.slip import Slip, slip
from tracker.lib.workdays import Calendar


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A milestone or task in one state of a plan. `kind` and `id` say which; `day` is its end.

    `basis` says what the day is: due, forecast or actual. `is_live` is whether it can be opened.
    """

    kind: str
    id: int
    code: str
    title: str
    strand: str
    day: date | None
    basis: str = "due"
    is_live: bool = True


@dataclass(frozen=True, slots=True)
class Pair:
    """The same item in both states; at least one of the three differs."""

    before: PlanItem
    after: PlanItem
    slip: Slip | None

    @property
    def is_moved(self) -> bool:
        """Its day is another one."""
        return self.before.day != self.after.day

    @property
    def is_renamed(self) -> bool:
        """Its title is another one."""
        return self.before.title != self.after.title

    @property
    def is_restranded(self) -> bool:
        """It stands in another strand."""
        return self.before.strand != self.after.strand


@dataclass(frozen=True, slots=True)
class StrandTotal:
    """The counts of a strand (the item's later one); `days` later and sooner are sums."""

    strand: str
    before: int = 0
    after: int = 0
    added: int = 0
    removed: int = 0
    later: int = 0
    days_later: int = 0
    sooner: int = 0
    days_sooner: int = 0
    renamed: int = 0
    restranded: int = 0


@dataclass(frozen=True)
class Comparison:
    """All differences: new and gone in the order given, moved ones with the latest first."""

    added: Sequence[PlanItem]
    removed: Sequence[PlanItem]
    moved: Sequence[Pair]
    renamed: Sequence[Pair]
    restranded: Sequence[Pair]
    totals: Sequence[StrandTotal]

    @property
    def is_empty(self) -> bool:
        """Whether the two states are alike."""
        return not (self.added or self.removed or self.moved or self.renamed or self.restranded)

    @property
    def whole(self) -> StrandTotal:
        """The totals of all strands."""
        names = StrandTotal.__slots__[1:]
        sums = {name: sum(getattr(total, name) for total in self.totals) for name in names}
        return StrandTotal("", **sums)


def compare(
    before: Iterable[PlanItem],
    after: Iterable[PlanItem],
    strands: Sequence[str],
    calendar: Calendar,
) -> Comparison:
    """Hold two states of one plan against each other; `strands` give the totals their order."""
    old, new = ({(item.kind, item.id): item for item in items} for items in (before, after))
    pairs = [
        Pair(item, new[key], slip(item.day, new[key].day, calendar))
        for key, item in old.items()
        if key in new
    ]
    moved = [pair for pair in pairs if pair.is_moved]
    return Comparison(
        added=[item for key, item in new.items() if key not in old],
        removed=[item for key, item in old.items() if key not in new],
        moved=sorted(moved, key=lambda pair: -pair.slip.days if pair.slip else 0),
        renamed=[pair for pair in pairs if pair.is_renamed],
        restranded=[pair for pair in pairs if pair.is_restranded],
        totals=[_total(strand, old, new, pairs) for strand in strands],
    )


Items = Mapping[tuple[str, int], PlanItem]


def _total(strand: str, old: Items, new: Items, pairs: Sequence[Pair]) -> StrandTotal:
    here = [pair for pair in pairs if pair.after.strand == strand]
    days = [pair.slip.days for pair in here if pair.slip is not None]
    later, sooner = [n for n in days if n > 0], [-n for n in days if n < 0]
    return StrandTotal(
        strand=strand,
        before=sum(item.strand == strand for item in old.values()),
        after=sum(item.strand == strand for item in new.values()),
        added=sum(item.strand == strand for key, item in new.items() if key not in old),
        removed=sum(item.strand == strand for key, item in old.items() if key not in new),
        later=len(later),
        days_later=sum(later),
        sooner=len(sooner),
        days_sooner=sum(sooner),
        renamed=sum(pair.is_renamed for pair in here),
        restranded=sum(pair.is_restranded for pair in here),
    )
