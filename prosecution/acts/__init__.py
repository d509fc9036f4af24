"""The acts of this app: rows of the one table in cases/acts/."""
