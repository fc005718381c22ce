"""Who and what is seeded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from app.core.principal import Role

# Published on purpose: these accounts are for looking around, and production refuses to be seeded.
PASSWORD = "launchkit-demo"  # noqa: S105
EMAIL = "owner@demo.launchkit.example"

KEY_NAME = "Demo"


@dataclass(frozen=True, slots=True)
class Person:
    email: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class DemoOrg:
    """`jobs` past ones of `size` times the usual tokens; `credit` is what each customer bought."""

    slug: str
    name: str
    plan: str
    jobs: int
    size: float = 1.0
    credit: Mapping[str, Decimal] = field(default_factory=dict)


PEOPLE = (
    Person(EMAIL, "Olivia Okafor", Role.OWNER),
    Person("admin@demo.launchkit.example", "Adam Lindqvist", Role.ADMIN),
    Person("member@demo.launchkit.example", "Mei Tanaka", Role.MEMBER),
    Person("viewer@demo.launchkit.example", "Victor Reyes", Role.VIEWER),
)
# A fraction of the tokens: the week must fit into the FREE plan. The demo key belongs to the PRO org, which
# comes last: its jobs are there when everything is.
FREE = DemoOrg("pocket-notes", "Pocket Notes", "FREE", 20, 0.2, {"law-firm-a": Decimal(500)})
PRO = DemoOrg(
    "paragraph-legal",
    "Paragraph Legal",
    "PRO",
    80,
    credit={
        "law-firm-a": Decimal(20_000),
        "harbour-logistics": Decimal(5_000),
        "studio-nord": Decimal(1_000),
    },
)
