"""Opens what is closed: parts, seals and, in time, locks and containers."""
