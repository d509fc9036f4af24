"""Pages about a victim: thin, one selector or one service each."""
