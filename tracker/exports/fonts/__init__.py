"""The faces of documents, and what they can show."""
