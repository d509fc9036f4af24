"""Planning reminders: which step of which running deadline has come, and whom it reminds. The rows live in `notifications`."""
