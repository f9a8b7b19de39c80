"""Measures: how good answers are (scripts of this folder) and how fast (``speed``)."""
