from tracker.web.cache import MOST, MOST_VALUES, Kept


def test_what_is_kept_is_made_once_and_again_when_it_is_old(clock):
    kept, made = Kept(), []

    def make():
        made.append(1)
        return "text"

    assert [kept.part("key", make).text for _ in range(3)] == ["text"] * 3
    assert len(made) == 1


def test_the_oldest_goes_when_there_are_too_many():
    kept, made = Kept(), []
    for number in range(MOST + 1):
        kept.part(number, lambda: "x")

    kept.part(0, lambda: made.append(1) or "again")

    assert made == [1]


def test_a_value_is_made_once_for_its_key_however_old(clock):
    kept, made = Kept(), []

    def make():
        made.append(1)
        return made[:]

    assert [kept.value("key", make) for _ in range(3)] == [[1]] * 3
    assert kept.value("another", make) == [1, 1]


def test_few_values_are_kept_the_newest():
    kept, made = Kept(), []
    for number in range(MOST_VALUES + 1):
        kept.value(number, lambda: "x")

    assert kept.value(1, lambda: made.append(1)) == "x"
    kept.value(0, lambda: made.append(0))

    assert made == [0]
