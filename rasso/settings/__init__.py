"""Settings by environment: base, then local (make run), test (make test) and production."""
