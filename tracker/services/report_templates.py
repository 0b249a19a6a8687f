"""What can be done with a template of reports: bring it, use it, retire it, make it the default.

Its file never changes: reports that were laid out by it can be laid out again.
"""

from hashlib import sha256
from pathlib import PurePath

from tracker.errors import RuleViolationError
from tracker.lib.text import strip_controls
from tracker.models import ReportTemplate
from tracker.queries import report_templates as read
from tracker.queries import settings as read_settings
from tracker.services import history, settings
from tracker.services.act import Act

LONGEST_NAME = 120


def upload(name: str, file_name: str, content: bytes, *, by: Act) -> ReportTemplate:
    """Keep a file that was found fine; nobody can choose it before it is put to use."""
    _check_name(name)
    mark = sha256(content).hexdigest()
    known = read.same(mark)
    if known is not None:
        raise RuleViolationError("template_known", name=known.name)
    template = ReportTemplate(
        name=name,
        file_name=_plain(file_name),
        content=content,
        sha256=mark,
        size=len(content),
        is_active=False,
        uploaded_by_id=by.person_id,
        created_at=by.at,
    )
    history.created(template, by=by)
    return template


def _plain(file_name: str) -> str:
    """Without folders and without what hides its ending; some browsers send both."""
    last = PurePath(strip_controls(file_name).replace("\\", "/")).name
    return f"{PurePath(last).stem[:LONGEST_NAME] or 'mau'}.docx"


def rename(template: ReportTemplate, name: str, *, by: Act, seen: int | None = None) -> None:
    """Call it something else."""
    if name != template.name:
        _check_name(name)
    history.change(template, history.merged(template, {"name": name}, seen=seen), by=by)


def _check_name(name: str) -> None:
    if read.is_taken(name):
        raise RuleViolationError("template_name_taken", name=name)


def use(template: ReportTemplate, *, by: Act) -> None:
    """Let it be chosen."""
    history.change(template, {"is_active": True}, by=by)


def retire(template: ReportTemplate, *, by: Act) -> None:
    """Offer it no longer; what goes by it stays as it is. The shipped layout is the default then
    if this was.
    """
    history.change(template, {"is_active": False}, by=by)
    if read.default_id() == template.id:
        make_default(None, by=by)


def make_default(template: ReportTemplate | None, *, by: Act) -> None:
    """Lay out by it the reports that are begun from now on and whose regime names none."""
    if template is not None and not template.is_active:
        raise RuleViolationError("template_retired", name=template.name)
    template_id = template.id if template else None
    if read.default_id() != template_id:
        settings.put(read_settings.REPORT_TEMPLATE, {"template_id": template_id}, by=by)
