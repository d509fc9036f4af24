"""What this app shows on pages of its own and of those below."""
