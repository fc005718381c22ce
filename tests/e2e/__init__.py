"""The real processes, together."""
