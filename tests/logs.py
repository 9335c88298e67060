"""The log of whatever runs within the tests' own process."""

import structlog


def plain() -> None:
    """Write it as the program does; by default seven seconds go into drawing one traceback."""
    structlog.reset_defaults()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(),
        ]
    )
