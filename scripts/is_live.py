"""Asks the web server on this machine whether it is live, as the proxy would; for the health check of a container."""

import http.client
import os
import sys


def main() -> int:
    """Return 0 when /health/live answers 200."""
    host = os.environ.get("RASSO_ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
    connection.request("GET", "/health/live", headers={"Host": host, "X-Forwarded-Proto": "https"})
    return 0 if connection.getresponse().status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
