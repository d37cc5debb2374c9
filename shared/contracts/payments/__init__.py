"""Payments: grant accounts, claims, cost lines, verification, payment decisions, payment files, the bank's answers.

One module a subject; everything that others import is re-exported here.
"""

from shared.contracts.payments import bank, core, facts
from shared.contracts.payments.bank import *
from shared.contracts.payments.core import *
from shared.contracts.payments.facts import *

EVENTS = facts.EVENTS + bank.EVENTS

OPERATIONS = core.OPERATIONS + bank.OPERATIONS
