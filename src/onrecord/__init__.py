"""Reads news reports and keeps the record: who said what, in which words, and where it is printed."""

__version__ = "0.1.0"
