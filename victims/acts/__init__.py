"""This app’s acts, a file for each room: rows of the one table in cases/acts/."""
