"""What can go wrong with people, orgs, members and workspaces."""

from app.core.errors import Forbidden, Kind, LaunchKitError, NotFound
from app.limits.errors import PlanLimitReached


class MemberNotFound(NotFound):
    code = "member_not_found"
    title = "Nobody with this id is a member of the org."


class WorkspaceNotFound(NotFound):
    code = "workspace_not_found"
    title = "There is no such workspace, or it is not yours."


class PersonNeeded(Forbidden):
    code = "person_needed"
    title = "Only a person can do this: sign in instead of using an API key."


class RoleBeyondYours(Forbidden):
    """Who could grant more than they have would have it themselves a moment later."""

    code = "role_beyond_yours"
    title = "This role has permissions that you do not have: you can neither give it nor take it away."


class LastOwner(LaunchKitError):
    kind = Kind.CONFLICT
    code = "last_owner"
    title = "An org always has an owner: make somebody else an owner first, or delete the org."


class SlugTaken(LaunchKitError):
    kind = Kind.CONFLICT
    code = "slug_taken"
    title = "An org with this slug exists; choose another slug."


class WorkspaceNameTaken(LaunchKitError):
    kind = Kind.CONFLICT
    code = "workspace_name_taken"
    title = "The org has a workspace of this name; choose another name."


class TooManyWorkspaces(LaunchKitError):
    kind = Kind.CONFLICT
    code = "too_many_workspaces"
    title = "The org has as many workspaces as an org can have; rename one that you no longer need."


class EmailUnverified(LaunchKitError):
    """The account may be somebody's who has not shown to read its address."""

    kind = Kind.CONFLICT
    code = "email_unverified"
    title = "Confirm your e-mail address first: `requestEmailVerification` mails the link."


class TooManyOrgs(PlanLimitReached):
    code = "too_many_orgs"
    title = "As many FREE orgs as one person can own: delete one, or put one on a larger plan."


class OrgClosing(LaunchKitError):
    kind = Kind.CONFLICT
    code = "org_closing"
    title = "The org is about to be deleted and cannot be changed; an owner can still cancel its deletion."


class EmailTaken(LaunchKitError):
    """Never shown to who asks: it would tell who has an account."""

    kind = Kind.CONFLICT
    code = "email_taken"
    title = "This e-mail address belongs to an account."
