"""Mailbridge: official documents through official mailboxes, proven before they are numbered."""

__version__ = "0.1.0"
