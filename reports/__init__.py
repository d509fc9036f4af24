"""Reads across the floors below; writes only saved runs."""
