"""What can be refused below the doors: a code and values, never a sentence in one language."""


class TrackerError(Exception):
    """The base of all refusals; `code` finds the sentence in `words.ERRORS`."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class NotAllowedError(TrackerError):
    """The actor may see the thing but not do this to it (403)."""


class RuleViolationError(TrackerError):
    """A rule of the domain forbids the change; nothing was changed (409)."""


class StaleError(TrackerError):
    """Somebody else changed the thing since the form was opened (409).

    `conflicts` maps a field to the pair (theirs, yours), so that a person can choose. `kept` maps
    the fields that others changed and the form did not to what is to be sent with the choice.
    """

    def __init__(
        self,
        conflicts: dict[str, tuple[object, object]],
        kept: dict[str, object] | None = None,
    ) -> None:
        super().__init__("stale")
        self.conflicts = conflicts
        self.kept = kept or {}


class BusyError(TrackerError):
    """Too much of this is being done already; a minute later it can be done (503)."""


class ImportRefusedError(TrackerError):
    """A file cannot be read at all; nothing of it was kept (422)."""
