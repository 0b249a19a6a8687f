"""What somebody says about a task or a milestone."""

from wtforms.validators import DataRequired, Length

from tracker.forms.base import BlockField, Form
from tracker.services.comments import LONGEST
from tracker.words import N_


class CommentForm(Form):
    """A comment, in Markdown."""

    body = BlockField(N_("Ý kiến của bạn"), [DataRequired(), Length(max=LONGEST)])
