"""A choice among fixed words, in the reader's language."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField

from tracker.forms.messages import language


class WordsField(SelectField):
    """A choice among values, each with its message id. A value not offered is the default."""

    def __init__(self, label: str, words: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        self.words = tuple(words)
        super().__init__(label, choices=self._translated, default=self.words[0][0], **kwargs)

    def _translated(self) -> list[tuple[str, str]]:
        return [(value, language().gettext(word)) for value, word in self.words]

    @property
    def asked(self) -> str:
        """What was chosen."""
        value: str = self.data
        return value if value in dict(self.words) else self.words[0][0]
