"""Documents: files, their scanning, letters. The bytes lie in the blob store; here are the facts.

One module a subject; everything that others import is re-exported here.
"""

from shared.contracts.documents import core, letters, scanning
from shared.contracts.documents.core import *
from shared.contracts.documents.letters import *
from shared.contracts.documents.scanning import *

_SUBJECTS = (core, scanning, letters)

EVENTS = tuple(event for subject in _SUBJECTS for event in subject.EVENTS)

OPERATIONS = tuple(operation for subject in _SUBJECTS for operation in subject.OPERATIONS)
