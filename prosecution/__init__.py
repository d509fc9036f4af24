"""Early advice, referral, action plan, charging decisions and reviews."""
