"""Measurements on a throw-away database: `make bench`."""
