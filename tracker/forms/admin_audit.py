"""Which part of the history is shown."""

from wtforms import SelectField
from wtforms.validators import Optional

from tracker.forms.base import DayField, Form, IdField, NumberField
from tracker.forms.messages import language
from tracker.queries.audit import AuditSearch
from tracker.words import KINDS, N_


def _kinds() -> list[tuple[str, str]]:
    words = [(kind, language().gettext(word)) for kind, word in KINDS.items()]
    return [("", language().gettext(N_("Mọi loại"))), *words]


class AuditForm(Form):
    """Person, kind, group and period."""

    class Meta(Form.Meta):
        """Asked by GET."""

        csrf = False

    person = IdField(N_("Người thực hiện"), [Optional()])
    kind = SelectField(N_("Loại"), [Optional()], choices=_kinds)
    group = IdField(N_("Tổ công tác"), [Optional()])
    first = DayField(N_("Từ ngày"))
    last = DayField(N_("Đến ngày"))
    page = NumberField(default=1)

    @property
    def search(self) -> AuditSearch:
        """As the query takes it; what cannot be read is as if not asked."""
        return AuditSearch(
            person_id=self.person.data,
            kind=self.kind.data if self.kind.data in KINDS else "",
            group_id=self.group.data,
            first=self.first.data,
            last=self.last.data,
        )
