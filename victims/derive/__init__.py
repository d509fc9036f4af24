"""The clocks of this app: pure rules, one file a subject, each with the facts it reads."""
