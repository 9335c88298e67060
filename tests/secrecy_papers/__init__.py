"""Invented mails with a mark of secrecy, and without one but with words that tempt: known truth.

`python -m tests.secrecy_papers` prints misses and false alarms.
"""
