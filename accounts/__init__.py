"""Agencies, units, people, roles, sign-in."""
