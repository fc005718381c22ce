"""What top-ups publish."""

from app.core import ids
from app.core.events import Event
from app.core.money import to_text
from app.credits.top_ups.types import TopUp


def finished(top_up: TopUp) -> Event:
    """`top_up.succeeded` or `top_up.failed`."""
    return Event(
        f"top_up.{top_up.state.value}",
        top_up.org_id,
        (),
        {
            "id": ids.encode("top", top_up.id),
            "wallet_id": ids.encode("wal", top_up.wallet_id),
            "amount": to_text(top_up.amount),
            "charged_minor": top_up.amount_minor,
            "currency": top_up.currency,
            "failure": top_up.failure,
        },
        is_public=True,
    )
