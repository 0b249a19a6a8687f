"""Checks of single fields that WTForms does not have."""

import re
from typing import Any

from wtforms import ValidationError

from tracker.forms.messages import language
from tracker.words import N_

# An at sign, no spaces, a dot behind it (or localhost): the rest only sending a mail can tell.
ADDRESS = re.compile(r"[^@\s]+@([^@\s.]+\.)+[^@\s.]{2,}")


class Email:
    """A mail address as far as it can be checked without sending a mail."""

    def __call__(self, _form: Any, field: Any) -> None:
        """Raise the sentence when it cannot be an address."""
        if field.data and not ADDRESS.fullmatch(field.data):
            raise ValidationError(
                language().gettext(N_("Địa chỉ thư không đúng, ví dụ: ten@coquan.gov.vn."))
            )
