"""Early advice, referral, triage, action plan and charging decision: the passage between police and CPS."""
