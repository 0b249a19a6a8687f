import ctypes

from tracker.adapters import memory


def test_where_the_c_library_is_another_one_nothing_happens(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())

    memory.save()
    memory.give_back()


def test_what_is_free_is_given_back():
    memory.save()
    memory.give_back()
