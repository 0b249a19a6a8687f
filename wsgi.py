"""The application for servers that look for one: `gunicorn wsgi:app`."""

from tracker.adapters import memory
from tracker.app import create_app
from tracker.web import compiling, log

log.to_stderr()
memory.save()
app = create_app()
compiling.warm(app)
memory.settle()
