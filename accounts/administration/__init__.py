"""The administrators' pages: people, units, services, and what waits for attention."""
