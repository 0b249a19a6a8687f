"""Bytes of an unknown file become sheets of plain cells, read where a hostile file harms nobody.

`sandbox.read` is the way in; the other modules run in the child process that it starts.
"""
