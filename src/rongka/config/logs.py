"""Log lines that carry the incident number and leave out what PostgreSQL quotes from the rows: people's data."""

import logging
import re
from types import TracebackType

from rongka.config.incidents import incident_number

# "Key (passport_number)=(E12345678) already exists.", "Failing row contains (...)", and the statement with its values.
QUOTED_ROW = re.compile(r"^(DETAIL|CONTEXT|STATEMENT|LINE \d+):.*$\n?", re.MULTILINE)


class IncidentFilter(logging.Filter):
    """Puts the number of the request at hand on each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mark the record; keep every one."""
        record.incident = incident_number.get()
        return True


class DiscreetFormatter(logging.Formatter):
    """A formatter whose tracebacks quote no row of the database."""

    def formatException(  # noqa: N802 - the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Format a traceback without the lines that hold data."""
        return QUOTED_ROW.sub("", super().formatException(ei))
