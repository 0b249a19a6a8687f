from tracker.lib.text_difference import Piece, Run, runs

SAME, GONE, NEW = Piece


def test_what_stayed_is_told_once_and_what_is_gone_before_what_came():
    assert runs("Đạt 3 mốc, chậm 1.\nHết", "Đạt 4 mốc, chậm 1.\nHết thật") == (
        Run(SAME, "Đạt "),
        Run(GONE, "3 "),
        Run(NEW, "4 "),
        Run(SAME, "mốc, chậm 1.\nHết "),
        Run(NEW, "thật"),
    )


def test_nothing_and_everything():
    assert runs("", "") == ()
    assert runs("a", "a\n") == (Run(SAME, "a\n"),)
    assert runs("", "a  b") == (Run(NEW, "a  b"),)
