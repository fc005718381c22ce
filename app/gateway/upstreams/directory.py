"""Which upstream a model's name means. One per process."""

from collections.abc import Mapping, Sequence

from app.core.ids import OrgId
from app.entitlements.fresh import Fresh
from app.gateway.errors import ModelNotFound
from app.gateway.types import Dialect, Plan, Target, Upstream
from app.gateway.upstreams import queries

_ALIASES = {"gemini": "google"}
_MEND = (
    ": add one with POST /v1/gateway/upstreams, or have a provider's key set (OPENAI_API_KEY and the like)"
)


class Directory:
    """`builtin` are the installation's own, by name. An org's of the same name stands before one of them.

    What an org says of its upstreams is known everywhere within two seconds.
    """

    def __init__(self, builtin: Mapping[str, Upstream], *, key: bytes) -> None:
        self._builtin = builtin
        self._key = key
        self._orgs = Fresh(self._read)

    async def all_of(self, org_id: OrgId) -> Mapping[str, Upstream]:
        return {**self._builtin, **await self._orgs.of(org_id)}

    async def plan(self, org_id: OrgId, model: str, dialect: Dialect) -> Plan:
        """`name/model` is the model of the upstream so named; any other name is that of the format's own provider.

        Raises `ModelNotFound`.
        """
        known = await self.all_of(org_id)
        prefix, slash, rest = model.partition("/")
        named = known.get(_ALIASES.get(prefix, prefix)) if slash and rest else None
        if named is not None:
            if named.dialect is not dialect:
                raise ModelNotFound(
                    f"{prefix!r} does not speak the format of this route: it is of {named.dialect}."
                )
            return Plan([Target(named, rest)])
        own = known.get(dialect.value)
        if own is None:
            names = ", ".join(f"{name}/…" for name, one in known.items() if one.dialect is dialect)
            hint = f"; there are {names}" if names else _MEND
            wanted = f" for {model[:128]!r}" if model else ""
            raise ModelNotFound(f"No upstream is set up{wanted}{hint}.")
        return Plan([Target(own, model)])

    def forget(self, org_id: OrgId) -> None:
        self._orgs.forget(org_id)

    async def _read(self, orgs: Sequence[OrgId]) -> Mapping[OrgId, Mapping[str, Upstream]]:
        return await queries.of_orgs(orgs, key=self._key)
