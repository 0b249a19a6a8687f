"""Reading an unknown file in a process of its own, so that it can only hurt itself.

`sys.executable` with a module is used rather than a fork: a fork of a server with threads may
inherit a held lock, and the child would carry the server's memory and secrets.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

import tracker
from tracker.errors import ImportRefusedError
from tracker.imports.spreadsheet import limits
from tracker.imports.spreadsheet.book import Book, from_json

_READER = "tracker.imports.spreadsheet.reader"
_ROOT = Path(tracker.__file__).parent.parent
# What an interpreter may need to start; the rest of the environment holds the server's secrets.
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "PYTHONHOME")

# Each child may take its full share of memory: not all uploads of a busy hour at once.
_turns = BoundedSemaphore(limits.CHILDREN_AT_ONCE)


def read(data: bytes, file_name: str) -> Book:
    """The sheets of the file, or an `ImportRefusedError` that says why not."""
    if not data:
        raise ImportRefusedError("import_empty_file")
    if len(data) > limits.FILE_BYTES:
        raise ImportRefusedError("import_too_large", limit_mb=limits.FILE_BYTES // limits.MIB)
    if not _turns.acquire(timeout=limits.CHILD_WALL_SECONDS):
        raise ImportRefusedError("import_busy")
    try:
        answer = json.loads(_output_of_child(data, file_name))
    finally:
        _turns.release()
    if "refused" in answer:
        raise ImportRefusedError(answer["refused"], **answer["values"])
    return from_json(answer["book"])


def _output_of_child(data: bytes, file_name: str) -> bytes:
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", _READER, _as_argument(file_name)],
            input=data,
            capture_output=True,
            timeout=limits.CHILD_WALL_SECONDS,
            check=False,
            cwd=_ROOT,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise ImportRefusedError("import_too_heavy") from error
    # A signal (no memory: abort; no time: SIGXCPU) is the limit at work; else the parser gave up.
    if child.returncode < 0:
        raise ImportRefusedError("import_too_heavy")
    if child.returncode > 0:
        raise ImportRefusedError("import_damaged")
    return child.stdout


def _as_argument(file_name: str) -> str:
    return file_name.replace("\0", "").encode("utf-8", "replace").decode()[-255:]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**kept, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
