"""The three kinds of queue, each with the real program behind it."""

import pickle
import shutil
import socket
import subprocess
import time
from dataclasses import replace

import pytest

from tests.conftest import free_port, missing
from tracker.config import Config
from tracker.errors import RuleViolationError
from tracker.jobs import queues, scheduling

ROUNDS = 24
FORGED = []


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    program = shutil.which("redis-server") or missing(
        "Redis is missing: apt-get install redis-server"
    )
    port = free_port()
    folder = tmp_path_factory.mktemp("redis")
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""],
        stdout=subprocess.DEVNULL,
    )
    url = f"redis://127.0.0.1:{port}/0"
    assert eventually(lambda: answers(port))
    yield url
    server.terminate()
    server.wait(timeout=20)


@pytest.fixture(params=["beside the data", "redis"])
def config(request, app, tmp_path):
    """Of a machine that shares the queue with others, but not its folder."""
    known = app.extensions["tracker.config"]
    url = known.database_url.replace("postgresql+psycopg://", "postgresql://")
    if request.param == "redis":
        url = request.getfixturevalue("redis_url")
    elif known.is_sqlite:
        url = f"sqlite:///{tmp_path / 'shared.db'}"
    return replace(known, queue_url=url)


@pytest.fixture
def started():
    """Consumers that end with the test."""
    consumers = []

    def start(queue):
        consumer = scheduling.Background(queue, workers=1, periodic=False, max_delay=0.2)
        consumer.start()
        consumers.append(consumer)

    yield start
    for consumer in consumers:
        consumer.stop(graceful=True)
        queues.close(consumer.huey)


def eventually(question, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.02)
    return False


def note():
    """Known by name on every machine."""


def test_machines_share_the_work_and_do_nothing_twice(config, tmp_path, started):
    done = []
    for name in ("a", "b"):
        queue = queues.opened(replace(config, data_dir=tmp_path / name))
        queue.task(name="note")(lambda number, machine=name: done.append((number, machine)))
        started(queue)
    asker = queues.opened(replace(config, data_dir=tmp_path / "c"))
    # Huey sends the name of the module too.
    ask = asker.task(name="note")(note)
    for number in range(ROUNDS):
        ask(number)

    assert eventually(lambda: len(done) >= ROUNDS)
    time.sleep(0.1)  # for one that would be done twice
    assert sorted(number for number, _ in done) == list(range(ROUNDS))
    queues.close(asker)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Forged:
    """What runs as soon as it is unpickled."""

    def __reduce__(self):
        return FORGED.append, ("ran",)


def test_only_messages_with_our_signature_are_read(config, caplog, started):
    done = []
    queue = queues.opened(config)
    ask = queue.task(name="note")(lambda: done.append(1))
    stranger = queues.opened(replace(config, secret_key="another"))
    queue.storage.enqueue(pickle.dumps(Forged()))
    queue.storage.enqueue(stranger.serializer.serialize(Forged()))
    ask()
    started(queue)

    assert eventually(lambda: done)
    assert FORGED == []
    assert [r.message for r in caplog.records].count("Error reading from queue") == 2
    queues.close(stranger)


@pytest.mark.parametrize(
    "url",
    [
        "redis://127.0.0.1:{port}/0",
        "postgresql://nobody:secret@127.0.0.1:{port}/none",
        "redis://:secret#1@127.0.0.1:{port}/0",
        "postgresql://nobody:secret%zz@127.0.0.1:{port}/none",
        "sqlite:///{folder}/not/there.db",
    ],
)
def test_a_queue_that_cannot_be_reached_is_said_and_holds_nobody_up(url, tmp_path, caplog):
    address = url.format(port=free_port(), folder=tmp_path)
    config = Config(
        data_dir=tmp_path, database_url="sqlite://", secret_key="shared", queue_url=address
    )
    begun = time.monotonic()

    with pytest.raises(RuleViolationError) as refused:
        queues.reached(config)
    scheduling.wake(config)

    assert refused.value.code == "queue_unreachable"
    assert "secret" not in str(refused.value.values)
    assert [record.message for record in caplog.records] == ["no worker could be woken"]
    assert time.monotonic() - begun < 4 * queues.PATIENCE


def test_nothing_said_is_a_file_beside_the_data(tmp_path):
    config = Config(data_dir=tmp_path, database_url="sqlite://", secret_key="shared")

    queues.close(queues.reached(config))

    assert (tmp_path / "queue.db").exists()
