"""Which working group the sheet of a file is for."""

import re
from collections.abc import Sequence

from tracker.lib.plan_file import PlanFile, PlanSheet
from tracker.lib.text import fold
from tracker.models import Group

_WORD = re.compile(r"\w+")
# What sheets and files are called when they are not called anything.
_NO_NAME = re.compile(
    r"^$|(?:sheet|trang|bang|ke hoach|plan|data|du lieu|tong hop|nhiem vu)\d*\b|\d"
)
_BEFORE = re.compile(r"^(?:(?:to|nhom) cong tac|working group|to|nhom|group)(?: ve)? ")


def assigned(
    plan: PlanFile, groups: Sequence[Group], chosen: dict[str, str], start: Group | None
) -> dict[str, Group | None]:
    """The group of each sheet; None where nobody knows yet or the sheet is left out.

    A file of one sheet goes to the group on whose page it was brought (`start`).
    """
    by_key = {group.key: group for group in groups}
    found: dict[str, Group | None] = {}
    for sheet in plan.sheets:
        if sheet.name in chosen:
            found[sheet.name] = by_key.get(chosen[sheet.name])
        elif len(plan.sheets) == 1 and start is not None:
            found[sheet.name] = start
        else:
            found[sheet.name] = named(sheet, groups)
    return found


def named(sheet: PlanSheet, groups: Sequence[Group]) -> Group | None:
    """The one group whose name or key the sheet bears."""
    said = {_bare(name) for name in (sheet.group_name, sheet.name) if name}
    meant = [group for group in groups if said & _names(group)]
    return meant[0] if len(meant) == 1 else None


def is_foreign(sheet: PlanSheet, group: Group) -> bool:
    """Whether the sheet has a name of its own in which that of the group does not occur."""
    said = _bare(sheet.group_name or sheet.name)
    names = _names(group)
    return not _NO_NAME.match(said) and not any(f" {name} " in f" {said} " for name in names)


def _names(group: Group) -> set[str]:
    return {_bare(name) for name in (group.name, group.name_en, group.key) if name}


def _bare(name: str) -> str:
    words = " ".join(_WORD.findall(fold(name)))
    return _BEFORE.sub("", words) or words
