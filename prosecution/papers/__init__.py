"""Templates of what this app prints."""
