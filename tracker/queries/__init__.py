"""Questions: rows for a page or a file, already joined. Nothing here writes."""
