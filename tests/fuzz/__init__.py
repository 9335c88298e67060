"""Coverage-guided fuzzing of what opens hostile octets; `make fuzz` runs it."""
