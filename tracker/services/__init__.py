"""Verbs: the only writers. They record history, never commit, never ask for rights."""
