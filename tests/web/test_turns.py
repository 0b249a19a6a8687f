import threading

import pytest

from tracker.errors import BusyError
from tracker.web import turns
from tracker.web.turns import Turns


@pytest.fixture
def held():
    """`held(turns, n)` takes n turns, each in a thread of its own, until the end of the test."""
    over, threads = threading.Event(), []

    def hold(turns, taken):
        with turns.turn():
            taken.set()
            over.wait(10)

    def take(turns, number):
        for _ in range(number):
            taken = threading.Event()
            threads.append(threading.Thread(target=hold, args=[turns, taken]))
            threads[-1].start()
            assert taken.wait(10)

    yield take
    over.set()
    for thread in threads:
        thread.join()


def test_one_more_than_fits_is_told_to_come_again(held):
    two = Turns(2, waiting=2, longest=0.01)
    held(two, 2)

    with pytest.raises(BusyError, match="reports_busy"), two.turn():
        pass


def test_who_waits_has_the_next_turn():
    one, done = Turns(1, waiting=1, longest=10), threading.Event()

    def wait():
        with one.turn():
            done.set()

    with one.turn():
        thread = threading.Thread(target=wait)
        thread.start()
        assert not done.wait(0.05)
    thread.join()

    assert done.is_set()


def test_the_waiting_room_is_small(held):
    one = Turns(1, waiting=0, longest=60)
    held(one, 1)

    with pytest.raises(BusyError, match="reports_busy"), one.turn():
        pass


def test_a_failure_gives_the_turn_back():
    for _ in range(5):
        with pytest.raises(ZeroDivisionError), turns.turn():
            raise ZeroDivisionError
