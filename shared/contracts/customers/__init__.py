"""Customers: undertakings, people, what each may act as, sessions, what happened with whom, and who is told.

One module a subject; everything that others import is re-exported here.
"""

from shared.contracts.customers import companies, core, mail
from shared.contracts.customers.companies import *
from shared.contracts.customers.core import *
from shared.contracts.customers.mail import *

_SUBJECTS = (core, companies, mail)

EVENTS = tuple(event for subject in _SUBJECTS for event in subject.EVENTS)

OPERATIONS = tuple(operation for subject in _SUBJECTS for operation in subject.OPERATIONS)
