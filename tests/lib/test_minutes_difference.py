from tracker.lib.minutes_difference import Difference, between


def test_lines_that_came_or_went_are_told_wherever_they_stand():
    assert between(["a", "b", "c"], ["c", "a", "d"]) == Difference(("b",), ("d",))
    assert between(["a", "b"], ["b", "a"]).is_empty
