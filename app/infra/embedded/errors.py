"""What can go wrong with the embedded servers, as one sentence that a developer can act on."""


class EmbeddedError(Exception):
    """The embedded servers cannot run; the message says why and how to mend it."""
