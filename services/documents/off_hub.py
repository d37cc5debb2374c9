"""Work that would hold up every other request of an eventlet process, done in a real thread beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from eventlet import patcher, tpool

T = TypeVar("T")


def off_the_hub(work: Callable[[], T]) -> T:
    """What `work` returns. Without eventlet's patches there is no hub to hold up, and it is simply done."""
    if not patcher.is_monkey_patched("thread"):
        return work()
    result: T = tpool.execute(work)
    return result
