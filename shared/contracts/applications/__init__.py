"""Applications: calls, applications, proposals, funding decisions, authority to grant, and what follows a decision.

One module a subject; everything that others import is re-exported here.
"""

from shared.contracts.applications import (
    afterwards,
    bulk,
    casework,
    core,
    correspondence,
    deciding,
    forms,
    rules,
    transfers,
)
from shared.contracts.applications.afterwards import *
from shared.contracts.applications.bulk import *
from shared.contracts.applications.casework import *
from shared.contracts.applications.core import *
from shared.contracts.applications.correspondence import *
from shared.contracts.applications.deciding import *
from shared.contracts.applications.forms import *
from shared.contracts.applications.rules import *
from shared.contracts.applications.transfers import *

_SUBJECTS = (core, forms, casework, bulk, correspondence, deciding, afterwards, rules, transfers)

EVENTS = tuple(event for subject in _SUBJECTS for event in subject.EVENTS)

OPERATIONS = tuple(operation for subject in _SUBJECTS for operation in subject.OPERATIONS)
