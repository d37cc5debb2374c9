"""What monitoring says no with, beside the kernel's NotFound, NotForYou and InvalidFields.

NotFound has `what`: case or payment. InvalidFields may have the rule `unknown_sort` with `known`, the
sorts there are, parted by commas.
"""

from __future__ import annotations

from shared.errors import Conflict


class RebuildIsRunning(Conflict):
    """Another process is building the read model anew: one at a time."""

    code = "rebuild_is_running"
