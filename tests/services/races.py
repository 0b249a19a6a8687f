"""Several people who do something in the same moment, each on a connection of their own."""

import threading

from tracker.errors import RuleViolationError
from tracker.extensions import db


def at_once(app, verb, given):
    """What became of each: None where it was stored, else the code of what refused it; stored
    ones first.

    Nobody commits before all of them are at it, unless they wait for each other.
    """
    start, at_work = threading.Barrier(len(given)), threading.Barrier(len(given))
    outcomes = []

    def work(one):
        with app.app_context():
            start.wait()
            try:
                verb(one)
                wait_a_little(at_work)
                db.session.commit()
                outcomes.append(None)
            except RuleViolationError as error:
                outcomes.append(error.code)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work, args=(one,)) for one in given]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes, key=str)


def wait_a_little(barrier):
    try:
        barrier.wait(0.5)
    except threading.BrokenBarrierError:
        return
