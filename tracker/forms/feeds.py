"""A new calendar feed: what it is about."""

from wtforms import BooleanField
from wtforms.validators import InputRequired

from tracker.forms.base import ChoiceField, Form, IdField
from tracker.models import FeedScope
from tracker.words import N_


class FeedForm(Form):
    """What a calendar program is to show."""

    scope = ChoiceField(
        N_("Nội dung"), [InputRequired()], members=FeedScope, default=FeedScope.MINE
    )
    group = IdField(N_("Tổ công tác"))
    with_tasks = BooleanField(N_("Cả thời hạn nhiệm vụ, không chỉ mốc tiến độ"), default=True)
