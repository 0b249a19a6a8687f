"""How fast the tracker is, beside what the same machine can do at best: `python -m tests.bench`."""
