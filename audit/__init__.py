"""The append-only record of who looked at what."""
