"""Applications: calls, applications, proposals, funding decisions, authority to grant, and what follows a decision.

One module a subject; everything that others import is re-exported here.
"""

from shared.contracts.applications import (
    afterwards,
    bulk,
    calls,
    casework,
    clocks,
    core,
    correspondence,
    deciding,
    facts,
    forms,
    interests,
    later_facts,
    messages,
    rules,
    transfers,
)
from shared.contracts.applications.afterwards import *
from shared.contracts.applications.bulk import *
from shared.contracts.applications.calls import *
from shared.contracts.applications.casework import *
from shared.contracts.applications.clocks import *
from shared.contracts.applications.codes import *
from shared.contracts.applications.core import *
from shared.contracts.applications.correspondence import *
from shared.contracts.applications.deciding import *
from shared.contracts.applications.facts import *
from shared.contracts.applications.forms import *
from shared.contracts.applications.interests import *
from shared.contracts.applications.later_facts import *
from shared.contracts.applications.messages import *
from shared.contracts.applications.rules import *
from shared.contracts.applications.transfers import *

_SUBJECTS = (
    calls,
    core,
    facts,
    forms,
    interests,
    casework,
    bulk,
    correspondence,
    messages,
    deciding,
    afterwards,
    clocks,
    later_facts,
    rules,
    transfers,
)

EVENTS = tuple(event for subject in _SUBJECTS for event in subject.EVENTS)

OPERATIONS = tuple(operation for subject in _SUBJECTS for operation in subject.OPERATIONS)
