"""Asks the outside what the examining children, who have no network, want to know."""
