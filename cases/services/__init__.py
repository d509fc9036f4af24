"""The only writers. Keyword-only, typed, one transaction each: permission, policy, facts, timeline, reconcile, audit."""
