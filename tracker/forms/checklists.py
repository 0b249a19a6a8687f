"""Which box of a checklist is ticked."""

from typing import NamedTuple

from wtforms import StringField
from wtforms.validators import Regexp

from tracker.forms.base import Form
from tracker.words import N_


class Box(NamedTuple):
    """A box by its number, and whether it is to be ticked."""

    number: int
    on: bool


class BoxForm(Form):
    """`box` is what the button of the box sends: "3-on", "3-off"."""

    box = StringField(N_("Ô đánh dấu"), [Regexp(r"^\d{1,4}-(on|off)\Z")])

    @property
    def ticked(self) -> Box:
        """What was pressed."""
        number, _, state = str(self.box.data).partition("-")
        return Box(int(number), state == "on")
