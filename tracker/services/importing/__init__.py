"""What can be done with an import of a plan: keep a draft, answer it, confirm it, take it back."""

from tracker.services.importing.applying import apply
from tracker.services.importing.drafts import answer, discard, draft, forget_drafts
from tracker.services.importing.undoing import foreseen, undo

__all__ = ["answer", "apply", "discard", "draft", "foreseen", "forget_drafts", "undo"]
