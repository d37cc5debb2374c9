"""What follows a decision, kept in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from services.applications.domain.decided_cases import DecidedCase


@dataclass
class AfterwardsKept:
    cases: dict[str, DecidedCase] = field(default_factory=dict)

    def copy(self) -> AfterwardsKept:
        return AfterwardsKept(dict(self.cases))


class FakeDecidedCases:
    def __init__(self, kept: AfterwardsKept) -> None:
        self.kept = kept

    def find(self, number: str) -> DecidedCase | None:
        return self.kept.cases.get(number)

    def put(self, case: DecidedCase) -> None:
        proposals = [act for act in case.acts if act.state == "proposed"]
        assert len(proposals) <= 1, "one proposal at a time"
        self.kept.cases[case.number] = replace(case, movements=())

    def may_be_final(self, today: date, most: int) -> Sequence[str]:
        due = [
            number
            for number, case in sorted(self.kept.cases.items())
            if any(
                act.is_decided
                and not act.became_final_on
                and act.service
                and act.service.final_from <= today
                and not any(one.act == act.ordinal and one.in_time and one.is_pending for one in case.reviews)
                for act in case.acts
            )
        ]
        return due[:most]
