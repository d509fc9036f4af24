"""What prosecutors and legal managers have before them: queues drawn from what is open, each row with the acts that settle it."""
