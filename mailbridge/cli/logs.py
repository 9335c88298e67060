"""Where the log goes: one line per outcome and posting, JSON under systemd."""

import logging
import os
import sys

import structlog


def log_to_stderr() -> None:
    """Write the log to standard error, which journald reads."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    under_systemd = "JOURNAL_STREAM" in os.environ
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if under_systemd or not sys.stderr.isatty()
        else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
