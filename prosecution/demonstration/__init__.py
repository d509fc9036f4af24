"""What the demonstration shows of this app: invented."""
