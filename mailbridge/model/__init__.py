"""Frozen values that travel between stations. Nothing here reads, writes or asks the time."""
