"""Telling a cancellation that is meant for oneself from that of something one waited for."""

import asyncio


def is_requested() -> bool:
    """Whether the task that asks was told to end, and nobody has taken that back."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
