"""The schema: its areas put together."""

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from app.core import ids
from app.core.errors import NotFound
from app.core.ids import JobId, OrgId
from app.identity import queries as identity
from app.jobs import queries as jobs
from schema.accounts.mutations import AccountMutations
from schema.audit.queries import AuditQueries
from schema.audit.subscriptions import AuditSubscriptions
from schema.core.context import Info
from schema.core.limits import extensions
from schema.core.node import Id, Node
from schema.core.scalars import SCALARS
from schema.jobs.mutations import JobMutations
from schema.jobs.queries import JobQueries
from schema.jobs.subscriptions import JobSubscriptions
from schema.jobs.types import Job
from schema.limits.queries import LimitQueries
from schema.orgs.queries import OrgQueries
from schema.orgs.types import Org
from schema.usage.mutations import UsageMutations
from schema.usage.queries import UsageQueries


@strawberry.type(description="What can be read.")
class Query(OrgQueries, JobQueries, UsageQueries, AuditQueries, LimitQueries):
    @strawberry.field(description="Any object of yours by its id; null when there is none.")
    async def node(self, info: Info, id: Id) -> Node | None:
        principal = info.context.principal
        try:
            if job_id := ids.find("job", id):
                return Job.of(await jobs.get(principal, JobId(job_id)))
            if org_id := ids.find("org", id):
                return Org.of(await identity.org(principal, OrgId(org_id)))
        except NotFound:
            return None
        return None


@strawberry.type(description="What can be done.")
class Mutation(AccountMutations, JobMutations, UsageMutations):
    pass


@strawberry.type(description="What can be followed live.")
class Subscription(JobSubscriptions, AuditSubscriptions):
    pass


class Schema(strawberry.Schema):
    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """`PublicErrors` logs what nobody expected. The library would log every error, and with it the document
        and the values that were sent: passwords among them.
        """


schema = Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[Job, Org],
    config=StrawberryConfig(scalar_map=SCALARS),
    extensions=extensions(),
)
