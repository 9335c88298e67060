"""Findings as the station speaks of them; their closed list stands in the model."""

from mailbridge.model.codes import Code

__all__ = ["Code", "Codes"]

# Findings about one seal, each with what its words name.
Codes = tuple[tuple[Code, str], ...]
