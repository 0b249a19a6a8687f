"""The settings this process was started with, for whoever answers in it."""

from flask import current_app

from tracker.config import Config


def config() -> Config:
    """Those of the application that answers."""
    found: Config = current_app.extensions["tracker.config"]
    return found
