"""What can go wrong with an invitation."""

from app.core.errors import Kind, LaunchKitError, NotFound
from app.limits.errors import PlanLimitReached


class InvitationNotFound(NotFound):
    code = "invitation_not_found"
    title = "There is no such invitation, or it is not yours."


class InvitationInvalid(NotFound):
    """A token that we did not make, or of an org that is gone."""

    code = "invitation_invalid"
    title = "This is not an invitation of ours; copy the whole link from the mail."


class InvitationEnded(LaunchKitError):
    kind = Kind.CONFLICT
    code = "invitation_ended"
    title = "This invitation was accepted or revoked before; ask for a new one."


class InvitationExpired(LaunchKitError):
    kind = Kind.CONFLICT
    code = "invitation_expired"
    title = "This invitation has expired; ask for it to be sent again."


class InvitedAsSomebodyElse(LaunchKitError):
    """The address is not told: whoever has the link may not be whom it was sent to."""

    kind = Kind.CONFLICT
    code = "invited_as_somebody_else"
    title = "This invitation is for another e-mail address; sign in with the one that it was sent to."


class AlreadyMember(LaunchKitError):
    kind = Kind.CONFLICT
    code = "already_member"
    title = "This person is a member of the org."


class AlreadyInvited(LaunchKitError):
    kind = Kind.CONFLICT
    code = "already_invited"
    title = "This address has an open invitation; send that again, or revoke it first."


class JustSent(LaunchKitError):
    """Mail goes to somebody who has not asked for it: no more of it than helps."""

    kind = Kind.LIMIT
    code = "invitation_just_sent"
    title = "This invitation was sent within the last hour; wait before sending it again."


class TooManyInvitations(LaunchKitError):
    kind = Kind.LIMIT
    code = "too_many_invitations"
    title = "Too many invitations were made today, by the org or for this address; go on tomorrow."


class SeatsTaken(PlanLimitReached):
    code = "seats_taken"
    title = (
        "Every seat of the plan is taken by a member or an open invitation; free one, or take a larger plan."
    )
