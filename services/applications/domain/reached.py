"""A decided case together with the application and the call that it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from services.applications.domain.applications import Application, Case
from services.applications.domain.calls import Call
from services.applications.domain.decided_cases import DecidedCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    decided: DecidedCase
    application: Application
    call: Call

    @property
    def case(self) -> Case:
        return Case(application=self.application, call=self.call)
