"""What is said at the foot of the pages of this app."""
