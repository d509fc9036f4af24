"""The bail diary: who answers when, under what conditions, and whose authority is needed next."""
