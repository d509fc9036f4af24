"""The supervisor's morning: what is late, what ends soon, what waits for her or him, each with the button that settles it."""
