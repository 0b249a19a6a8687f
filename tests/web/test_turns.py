import threading

import pytest

from tracker.errors import BusyError
from tracker.web import turns


@pytest.fixture
def held(monkeypatch):  # monkeypatch ends after it
    """`held(n)` takes n turns, each in a thread of its own, until the end of the test."""
    over, threads = threading.Event(), []

    def hold(taken):
        with turns.turn():
            taken.set()
            over.wait(10)

    def take(number):
        for _ in range(number):
            taken = threading.Event()
            threads.append(threading.Thread(target=hold, args=[taken]))
            threads[-1].start()
            assert taken.wait(10)

    yield take
    over.set()
    for thread in threads:
        thread.join()


def test_one_more_than_fits_is_told_to_come_again(held, monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_WAIT", 0.01)
    held(turns.AT_ONCE)

    with pytest.raises(BusyError, match="reports_busy"), turns.turn():
        pass


def test_who_waits_has_the_next_turn(monkeypatch):
    first, done = turns.turn(), threading.Event()
    monkeypatch.setattr(turns, "_turns", threading.BoundedSemaphore(1))

    def wait():
        with turns.turn():
            done.set()

    with first:
        thread = threading.Thread(target=wait)
        thread.start()
        assert not done.wait(0.05)
    thread.join()

    assert done.is_set()


def test_the_waiting_room_is_small(held, monkeypatch):
    monkeypatch.setattr(turns, "_rooms", threading.BoundedSemaphore(1))
    monkeypatch.setattr(turns, "LONGEST_WAIT", 60)
    held(1)

    with pytest.raises(BusyError, match="reports_busy"), turns.turn():
        pass


def test_a_failure_gives_the_turn_back():
    for _ in range(turns.AT_ONCE + turns.WAITING + 1):
        with pytest.raises(ZeroDivisionError), turns.turn():
            raise ZeroDivisionError
