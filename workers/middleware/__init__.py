"""What happens around every message of a worker."""
