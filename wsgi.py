"""The application for servers that look for one: `gunicorn wsgi:app`."""

import gc

from tracker.adapters import memory
from tracker.app import create_app
from tracker.web import compiling, log

log.to_stderr()
memory.save()
app = create_app()
compiling.warm(app)
# What stays for ever need not be looked at again, nor copied by processes that share it.
gc.collect()
gc.freeze()
