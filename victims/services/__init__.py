"""The only writers of what concerns a victim."""
