"""What `make run` and `make test` start: PostgreSQL, Valkey, web, worker and beat, all under one parent."""
