import ctypes
import gc

from tracker.adapters import memory


def test_where_the_c_library_is_another_one_nothing_happens(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())

    memory.save()
    memory.give_back()


def test_what_is_free_is_given_back():
    memory.save()
    memory.give_back()


def test_what_stays_for_ever_is_not_searched_again():
    before = gc.get_threshold()
    try:
        memory.settle()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold() == memory.ROUNDS
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
