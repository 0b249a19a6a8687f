"""Suggesting the key of a working group from its name: Tổ công tác Halal → HAL."""

from collections.abc import Container

from tracker.lib.codes import valid_key
from tracker.lib.text import fold

# What most names of groups begin with, and small words inside them.
_BEGINNINGS = (
    "to cong tac ve",
    "to cong tac",
    "nhom cong tac ve",
    "nhom cong tac",
    "ban chi dao",
    "working group",
    "to",
    "nhom",
)
_SMALL = {"va", "cua", "cho", "the", "of", "and", "for", "on"}
_LETTERS = 3
_LONGEST = 8


def suggest(name: str, taken: Container[str] = ()) -> str:
    """The first letters of a single word, else the initials; a number where that is taken."""
    words = [word for word in _plain(name).split() if word not in _SMALL and word.isalnum()]
    if not words:
        return ""
    key = words[0][:_LETTERS] if len(words) == 1 else "".join(word[0] for word in words)
    key = key[:_LONGEST].upper()
    if not valid_key(key):
        return ""
    if key not in taken:
        return key
    numbered = (f"{key[: _LONGEST - 2]}{number}" for number in range(2, 100))
    return next((one for one in numbered if one not in taken), "")


def _plain(name: str) -> str:
    folded = " ".join("".join(c if c.isalnum() else " " for c in fold(name)).split())
    for beginning in _BEGINNINGS:
        if folded.startswith(f"{beginning} "):
            return folded.removeprefix(f"{beginning} ")
    return folded
