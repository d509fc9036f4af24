"""Inbox, e-mail, reminders: recipient, template key, ids; never a name."""
