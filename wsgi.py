"""The application for servers that look for one: `gunicorn wsgi:app`."""

import gc

from tracker.app import create_app
from tracker.web import log

log.to_stderr()
app = create_app()
# What stays for ever need not be looked at again, nor copied by processes that share it.
gc.collect()
gc.freeze()
