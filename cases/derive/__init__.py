"""What is derived and never stored by hand: facts read once, where each suspect stands, which clocks run."""
