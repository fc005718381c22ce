"""Signing up, as a value."""

from dataclasses import dataclass, field

from app.accounts import passwords
from app.core.errors import FieldError, InvalidInput
from app.identity import addresses

MAX_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class SignUp:
    email: str
    name: str
    password: str = field(repr=False)

    def validate(self) -> None:
        """Raises `InvalidInput`. Says nothing about whether the account exists."""
        errors = []
        if not addresses.is_valid(self.email):
            errors.append(FieldError("email", "invalid_email", "Give an address such as ada@example.com."))
        if not 1 <= len(self.name.strip()) <= len(self.name) <= MAX_NAME_LENGTH:
            errors.append(FieldError("name", "length", f"Give 1 to {MAX_NAME_LENGTH} characters."))
        elif not self.name.isprintable():
            errors.append(FieldError("name", "characters", "Use printable characters, on one line."))
        elif "://" in self.name:
            # The mail goes to whoever has the address, and programs make links of addresses.
            errors.append(FieldError("name", "address", "Leave web addresses out."))
        errors += passwords.faults(self.password, field="password")
        if errors:
            raise InvalidInput(errors)
