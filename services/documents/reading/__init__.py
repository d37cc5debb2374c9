"""Invoice PDFs read into figures, each with its place on the page and a confidence.

`read_invoice(path)` never reads in the calling process: a worker with limits on time and
memory does. A figure is given only with what speaks for it; a doubtful one says so.
"""

from .figures import Figure, Reading
from .limits import DEFAULT, Limits
from .reader import read_invoice

__all__ = ["DEFAULT", "Figure", "Limits", "Reading", "read_invoice"]
