"""Invented official documents with known truth: what the reading is built on and judged by.

`papers.paper(set, index)` makes one, `scanning.scanned(pdf, seed, level=…)` a scan of it.
"""
