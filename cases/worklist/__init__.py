"""What the cases of a person, a unit, a force or an Area need now: rows derived from clocks and from what waits without a date."""
