"""What several inputs of this area say of a field."""

KEY = "Makes repeating safe: the same key means the same effect."
AMOUNT = "Credits, at most 12 digits after the point."
CUSTOMER = "Your own id for the customer, or ours; without one the org's own credit is meant."
