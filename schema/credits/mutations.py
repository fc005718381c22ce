"""What can be done with credit: the mutations of this area put together."""

import strawberry

from schema.credits.budgeting import BudgetMutations
from schema.credits.granting import GrantMutations
from schema.credits.spending import SpendingMutations
from schema.credits.topping_up import TopUpMutations


@strawberry.type
class CreditMutations(GrantMutations, BudgetMutations, SpendingMutations, TopUpMutations):
    pass
