"""Rules asked alone: from a JSON object to a result with its rule, version, source and steps.

The rules are plain functions (`shared.rules`, `services/<room>/domain`). Here each gets a schema of its inputs, so
that a program, an official or an auditor can ask it without a case: from the command line, over the API, and in
the worked examples. Nothing is computed here.
"""

from shared.calculations.asking import Answered, Calculation, NoSuchRule, ask, calculation_named, card, newest

__all__ = ["Answered", "Calculation", "NoSuchRule", "ask", "calculation_named", "card", "newest"]
