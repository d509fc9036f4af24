"""How values stand in the cache: as JSON. Whoever can write to Redis must not be able to have code run by reading it."""

import json
from typing import Any


class JsonSerializer:
    """Write and read cached values as JSON; whole numbers stay numbers, so that the server can count them up."""

    def dumps(self, value: Any) -> bytes | int:
        """Return what is stored. Raises TypeError for a value that JSON cannot hold."""
        if type(value) is int:
            return value
        return json.dumps(value).encode()

    def loads(self, stored: bytes) -> Any:
        """Return the value stored. Raises ValueError for anything that is not JSON, and runs nothing."""
        return json.loads(stored)
