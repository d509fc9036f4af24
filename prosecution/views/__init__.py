"""The views: load or 404, one service or one selector, render or redirect."""
