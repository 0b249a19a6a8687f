"""The application for servers that look for one: `gunicorn wsgi:app`."""

from tracker.app import create_app

app = create_app()
