"""Who and what is seeded."""

from dataclasses import dataclass
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
class DemoCustomer:
    """`bought` is credit."""

    external_id: str
    name: str
    bought: Decimal


@dataclass(frozen=True, slots=True)
class DemoOrg:
    """`jobs` past ones of `size` times the usual tokens; `credit` pays for what names no customer with credit."""

    slug: str
    name: str
    plan: str
    jobs: int
    credit: Decimal
    customers: tuple[DemoCustomer, ...]
    size: float = 1.0


PEOPLE = (
    Person(EMAIL, "Olivia Okafor", Role.OWNER),
    Person("admin@demo.launchkit.example", "Adam Lindqvist", Role.ADMIN),
    Person("member@demo.launchkit.example", "Mei Tanaka", Role.MEMBER),
    Person("viewer@demo.launchkit.example", "Victor Reyes", Role.VIEWER),
)
# A fraction of the tokens: the week must fit into the FREE plan. The demo key belongs to the PRO org, which
# comes last: its jobs are there when everything is.
FREE = DemoOrg(
    "pocket-notes",
    "Pocket Notes",
    "FREE",
    20,
    Decimal(100),
    (DemoCustomer("law-firm-a", "Alder & Finch", Decimal(500)),),
    size=0.2,
)
PRO = DemoOrg(
    "paragraph-legal",
    "Paragraph Legal",
    "PRO",
    80,
    Decimal(10_000),
    (
        DemoCustomer("law-firm-a", "Alder & Finch", Decimal(20_000)),
        DemoCustomer("harbour-logistics", "Harbour Logistics", Decimal(5_000)),
        DemoCustomer("studio-nord", "Studio Nord", Decimal(1_000)),
    ),
)
