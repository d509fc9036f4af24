"""The daily run: what stood in each force on the morning of each day, saved once, told to its supervisors once."""
