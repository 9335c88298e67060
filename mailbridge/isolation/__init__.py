"""Long-lived child processes with limits, in which hostile octets are handled."""
