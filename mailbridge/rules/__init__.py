"""The regulation as pure functions, one module a subject, each citing its Điều."""
