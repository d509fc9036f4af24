"""The administrators' pages, thin."""
