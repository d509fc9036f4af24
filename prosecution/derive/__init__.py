"""What is derived from facts: the clocks between police and CPS. Pure, but for loading."""
