"""What the files said before: a value that a file repeats is no change of the file."""

from dataclasses import dataclass

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib import plan_file
from tracker.lib.plan_file import PlanRow
from tracker.models import Group, Import, ImportGroup

# Plans come in again as a whole: what the last few imports did not mention is long ago.
LOOKED_AT = 5


@dataclass(frozen=True)
class Before:
    """A row as it was last imported, and where it stood."""

    row: PlanRow
    place: tuple[int, int, int]


def rows(group: Group) -> dict[str, Before]:
    """By the code of what they became: the rows that were last imported into the group."""
    found: dict[str, Before] = {}
    for import_ in db.session.execute(
        select(Import.id, Import.plan, Import.answers)
        .join(ImportGroup, ImportGroup.import_id == Import.id)
        .where(ImportGroup.group_id == group.id, Import.state == "applied")
        .order_by(Import.applied_at.desc(), Import.id.desc())
        .limit(LOOKED_AT)
    ):
        codes = import_.answers.get("codes", {})
        for number, sheet in enumerate(plan_file.from_json(import_.plan).sheets):
            became = codes.get(sheet.name, {})
            for row in sheet.rows:
                code = became.get(str(row.row))
                if code is not None:
                    found.setdefault(code, Before(row, (import_.id, number, row.row)))
    return found
