"""The verbs of the house: one file, one function of that name, one transaction."""
