"""What can go wrong with a whole request; what is wrong with an item is in its result."""

from app.core.errors import InvalidInput
from app.infra.db import DatabaseUnavailable


class MalformedEvents(InvalidInput):
    """Not even JSON."""

    code = "malformed_body"
    title = "The body is not valid JSON."


class TooManyEventsWaiting(DatabaseUnavailable):
    code = "too_many_events_waiting"
    title = "More usage is waiting than can be written soon; send it again in a moment."
