"""Questions: rows for a page or a file, already joined. Nothing here writes.

What is asked on every page is a statement made once (`@cache`), with a `bindparam` for all that
differs: to put a statement together takes several times as long as to have it answered.
"""
