"""Every version of a rule stays callable for as long as a decision may stand on it.

A rule's version grows when the same inputs may give another answer; what the law changes from a day on is a row in
the rule's table instead. A decision stores the versions it was computed by, and is computed anew by those very ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, ParamSpec, TypeVar

from shared.errors import Missing
from shared.rules.rule import Rule

P = ParamSpec("P")
R = TypeVar("R")


class NoSuchVersion(Missing):
    """`rule` has never had `version`; `known` are those it has."""

    code = "no_such_version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Generic[P, R]):
    """One version of a rule: what it says of itself, and the function that answers."""

    rule: Rule
    says: Callable[P, R]


class Versions(Generic[P, R]):
    """A rule in all its versions, oldest first. Raises ValueError for two rules or two of the same version."""

    def __init__(self, *every: Version[P, R]) -> None:
        self.every = every
        self.name = every[0].rule.name
        if {one.rule.name for one in every} != {self.name}:
            raise ValueError(f"{self.name}: versions of different rules")
        if len({one.rule.version for one in every}) != len(every):
            raise ValueError(f"{self.name}: the same version twice")

    @property
    def newest(self) -> Version[P, R]:
        return self.every[-1]

    def of(self, version: str) -> Version[P, R]:
        """Raises NoSuchVersion: another version would give another answer and call it the same."""
        for one in self.every:
            if one.rule.version == version:
                return one
        raise NoSuchVersion(rule=self.name, version=version, known=", ".join(one.rule.version for one in self.every))


@dataclass(frozen=True, slots=True)
class Book:
    """Which version of each rule answers. One that is not named answers by its newest."""

    versions: Mapping[str, str] = field(default_factory=dict)

    def of(self, rule: Versions[P, R]) -> Version[P, R]:
        """Raises NoSuchVersion."""
        named = self.versions.get(rule.name)
        return rule.newest if named is None else rule.of(named)


NEWEST = Book()
