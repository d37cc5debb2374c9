"""Customers: undertakings, people, what each may act as, sessions, what happened with whom, and who is told.

One module a subject; everything that others import is re-exported here.
"""

from shared.contracts.customers import api_keys, companies, core, mail, registers
from shared.contracts.customers.api_keys import *
from shared.contracts.customers.companies import *
from shared.contracts.customers.core import *
from shared.contracts.customers.mail import *
from shared.contracts.customers.registers import *

_SUBJECTS = (core, companies, registers, api_keys, mail)

EVENTS = tuple(event for subject in _SUBJECTS for event in subject.EVENTS)

OPERATIONS = tuple(operation for subject in _SUBJECTS for operation in subject.OPERATIONS)
