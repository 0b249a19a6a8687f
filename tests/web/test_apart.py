"""Work in another process of ours; `test_report_apart` sees what it is there for."""

import io
import os
import pickle

from tracker.errors import RuleViolationError
from tracker.web import apart


def refuse(code, most):
    raise RuleViolationError(code, most=most)


def test_the_work_is_done_in_another_process(app):
    with app.app_context():
        assert apart.run(os.getpid) != os.getpid()


def test_what_is_refused_there_is_told_with_its_values():
    out = io.BytesIO()

    apart.answer(io.BytesIO(pickle.dumps((refuse, ("exports_too_many", 6)))), out)

    assert pickle.loads(out.getvalue()) == ("exports_too_many", {"most": 6})
