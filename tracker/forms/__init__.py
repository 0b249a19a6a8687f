"""Untrusted input becomes typed data, or a sentence about what is wrong."""
