"""The token of an invitation: its id and a signature, `inv_….<base64url of HMAC-SHA256>`.

Whoever has the installation's key can make it again, so it is stored nowhere: not with the invitation, not in the
outbox, not in Redis. Only the mail holds it.
"""

import base64
from dataclasses import dataclass, field

from app.core import ids
from app.core.ids import InvitationId
from app.infra import hashing

_PURPOSE = "invitations"


@dataclass(frozen=True, slots=True)
class TokenSigner:
    key: bytes = field(repr=False)

    @classmethod
    def derive(cls, secret_key: str) -> "TokenSigner":
        return cls(hashing.derive_key(secret_key, _PURPOSE))

    def sign(self, invitation_id: InvitationId) -> str:
        name = ids.encode("inv", invitation_id)
        signature = base64.urlsafe_b64encode(hashing.keyed_digest(self.key, name))
        return f"{name}.{signature.rstrip(b'=').decode()}"

    def find(self, token: str) -> InvitationId | None:
        """The invitation that the token is of; None where we did not make it."""
        found = ids.find("inv", token.partition(".")[0])
        if found is None:
            return None
        invitation_id = InvitationId(found)
        is_ours = hashing.equal(token.encode(errors="replace"), self.sign(invitation_id).encode())
        return invitation_id if is_ours else None
