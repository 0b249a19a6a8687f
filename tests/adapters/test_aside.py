import os

import pytest

from tracker.adapters import aside


def test_work_is_done_in_another_process():
    assert aside.run(lambda: str(os.getpid()).encode()) not in {b"", str(os.getpid()).encode()}


def test_what_fails_there_fails_here(capfd):
    def broken():
        message = "no room"
        raise OSError(message)

    with pytest.raises(ChildProcessError):
        aside.run(broken)

    assert "no room" in capfd.readouterr().err
