"""The registers this installation asks, made once in the process that asks them.

Read at the first question and not at import: the embedded run starts its stand-ins after the modules are loaded.
"""

from __future__ import annotations

import os
from functools import cache

from services.customers.settings import Registers, registers_in


@cache
def registers() -> Registers:
    return registers_in(os.environ)
