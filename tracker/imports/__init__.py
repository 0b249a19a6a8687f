"""Bytes become rows and a list of problems, one module per format."""
