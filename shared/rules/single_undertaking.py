"""The single undertaking (yksi yritys): which companies share one de minimis ceiling on a day.

Companies belong together when one has over another a majority of votes, a right to appoint, a dominant
influence or sole control by agreement, directly or through other companies. People do not link companies
for de minimis. Sources: (EU) 2023/2831 art. 2(2), (EU) 1407/2013 art. 2(2), the same text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from shared.explained import Step
from shared.rules.rule import Rule, titled
from shared.rules.versions import Version, Versions

SOURCE = "(EU) 2023/2831 art. 2(2)"
RULE = Rule(
    name="single_undertaking",
    version="1",
    since=date(2014, 1, 1),
    until=date(2030, 12, 31),
    source=f"{SOURCE}; (EU) 1407/2013 art. 2(2)",
    titles=titled("Yksi yritys", "Ett enda företag", "Single undertaking"),
)
LINKING = ("majority_of_votes", "right_to_appoint", "dominant_influence", "control_by_agreement")
COMPANY, PERSON, PUBLIC_BODY = "company", "person", "public_body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`owner` has over `owned` the relation `kind` from `since` to `until`; None while it lasts or always."""

    owner: str
    owned: str
    kind: str
    owner_is: str = COMPANY
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleUndertaking:
    """`members` in order of their names, the company itself among them."""

    members: tuple[str, ...]
    steps: tuple[Step, ...]


def single_undertaking(company: str, links: Iterable[Link], on: date) -> SingleUndertaking:
    """Everybody that the company is one undertaking with on the day; chains are followed to their ends.

    A link through a person or a public body ties nothing together: the first is no enterprise here, and of
    the second each body's companies with their own power of decision stand alone (recital 4).
    """
    every = tuple(links)
    tying = tuple(link for link in every if _ties(link, on))
    members = frozenset({company})
    while True:
        touched = {end for link in tying if {link.owner, link.owned} & members for end in (link.owner, link.owned)}
        if touched <= members:
            break
        members |= touched
    steps = (*_steps(every, members, on), _sum(members))
    return SingleUndertaking(members=tuple(sorted(members)), steps=steps)


VERSIONS = Versions(Version(rule=RULE, says=single_undertaking))


def _ties(link: Link, on: date) -> bool:
    return link.kind in LINKING and link.owner_is == COMPANY and link.holds_on(on)


def _steps(links: tuple[Link, ...], members: frozenset[str], on: date) -> Iterator[Step]:
    for link in links:
        facts = {"owner": link.owner, "owned": link.owned, "kind": link.kind}
        if _ties(link, on):
            if link.owner in members:
                yield Step(sign="+", what="link_ties", source=SOURCE, facts=facts)
        elif link.owned in members or link.owner in members:
            yield Step(sign="−", what="link_does_not_tie", source=SOURCE, facts=facts | {"why": _why_not(link, on)})


def _why_not(link: Link, on: date) -> str:
    if link.owner_is != COMPANY:
        return f"owner_is_{link.owner_is}"
    return "not_on_the_day" if link.kind in LINKING and not link.holds_on(on) else "no_control"


def _sum(members: frozenset[str]) -> Step:
    return Step(sign="=", what="members", facts={"count": str(len(members)), "members": ", ".join(sorted(members))})
