"""The least such an application can take: a greeting, and fifty rows read and rendered."""

import os

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

PAGE = """<!doctype html><title>Tasks</title><table>
{% for task in tasks %}<tr><td>{{ task.code }}<td>{{ task.title }}<td>{{ task.status }}
<td>{{ task.due or "" }}<td>{{ task.progress }}</tr>{% endfor %}</table>"""


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Task(db.Model):
    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    title: Mapped[str]
    status: Mapped[str]
    due: Mapped[str | None]
    progress: Mapped[int]


app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["BENCH_DATABASE"]
db.init_app(app)
TEMPLATE = app.jinja_env.from_string(PAGE)  # compiled once, as a file would be


def _set(connection, _record):
    for pragma in ("mmap_size = 268435456", "cache_size = -32000", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


with app.app_context():
    if db.engine.dialect.name == "sqlite":
        event.listen(db.engine, "connect", _set)


@app.get("/hello")
def hello():
    return "hello"


@app.get("/healthz")
def healthz():
    return "ok"


@app.get("/rows")
def rows():
    first = db.session.scalar(text("SELECT min(id) FROM tasks"))
    tasks = db.session.scalars(
        db.select(Task).where(Task.id >= first).order_by(Task.id).limit(50)
    ).all()
    return TEMPLATE.render(tasks=tasks)
