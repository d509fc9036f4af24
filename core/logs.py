"""Log lines as JSON: time, level, logger, a constant message. No parameters of SQL, no query strings, no local variables."""

import json
import logging
import traceback
from datetime import UTC, datetime


class JsonFormatter(logging.Formatter):
    """Write one JSON object a line. An exception is reduced to its class and the places it passed, never its text."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. `extra={"route": …}` and `request_id` are kept; anything else is dropped."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.msg if record.exc_info else record.getMessage(),
        }
        for name in ("route", "request_id", "status", "task"):
            if (value := getattr(record, name, None)) is not None:
                line[name] = str(value)
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["passed"] = [
                f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-12:]
            ]
        return json.dumps(line)
