"""Reading a records-management extract: pure, without database, ORM or settings."""
