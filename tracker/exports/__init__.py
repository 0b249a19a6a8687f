"""Rows become bytes, one module per format."""
