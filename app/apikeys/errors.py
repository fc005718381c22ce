"""What can go wrong with an API key. The cases are told apart in logs, not by the client."""

from app.core.errors import Unauthenticated


class KeyInvalid(Unauthenticated):
    code = "api_key_invalid"
    title = "The API key is not valid."
