"""The people of a company: invited without an identity code, changed, ended at once; somebody can always sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from services.customers.domain.errors import (
    InvitationOver,
    LastSignatory,
    OneIsEnoughAlready,
    OwnHandNeeded,
    ReleaseAskedAlready,
    ReleaseIsAnothers,
    ReleaseOver,
    SessionOver,
    SignatoryStays,
    TwoSignaturesStay,
)
from shared.asker import Asker, Role, the_house
from shared.contracts import customers as contract
from shared.errors import ChangedMeanwhile, DomainError, MayNotSign, NotForYou, NotFound
from tests.support.customers_builders import HANDLER, OPERATOR, VISITOR
from tests.support.customers_rooms import House

pytestmark = pytest.mark.postgres

MALLI, SAHA = "9137024-1", "9211050-5"
IDP = "https://tunnistus.example.fi"
AUDITOR = Asker(person="auditor-1", role=Role.AUDITOR, authority="ITA")


@pytest.fixture
def chief(house: House) -> Asker:
    """Signs by an operator's record; the company has nobody else yet."""
    return a_signatory(house, "chief")


def a_signatory(house: House, subject: str) -> Asker:
    house.ask(contract.REGISTER_UNDERTAKING, OPERATOR, business_id=MALLI, name="Malli Oy", language="fi")
    person = house.welcome(subject, issuer=IDP)
    rights = ["prepare", "sign"]
    house.ask(contract.GIVE_MANDATE, OPERATOR, person_id=person, business_id=MALLI, rights=rights)
    return house.acting(person, MALLI)


def join(house: House, chief: Asker, role: str, subject: str = "anna") -> str:
    made = house.ask(contract.INVITE_PERSON, chief, name="Anna Mallikas", role=role)
    person = house.welcome(subject, issuer=IDP)
    house.ask(contract.ACCEPT_INVITATION, VISITOR, code=made["code"], person_id=person)
    return person


def people_of(house: House, asker: Asker) -> dict[str, str]:
    found = house.ask(contract.LIST_COMPANY_PEOPLE, asker, business_id=MALLI)
    return {one["person_id"]: one["role"] for one in found["items"]}


@pytest.mark.parametrize(
    ("role", "rights"), [("signatory", ["prepare", "sign"]), ("editor", ["prepare"]), ("reader", ["read"])]
)
def test_who_accepts_an_invitation_may_do_what_it_says(
    house: House, chief: Asker, role: str, rights: list[str]
) -> None:
    person = join(house, chief, role)
    assert house.capacities(person) == [(MALLI, rights)]
    assert people_of(house, chief)[person] == role


def test_the_code_of_an_invitation_is_kept_nowhere(house: House, chief: Asker) -> None:
    made = house.ask(contract.INVITE_PERSON, chief, key="k", name="Anna", role="editor")
    assert len(made["code"]) >= 43
    assert made["code"] not in house.everything_kept()


def test_a_double_click_makes_one_invitation_and_tells_the_code_once(house: House, chief: Asker) -> None:
    first = house.ask(contract.INVITE_PERSON, chief, key="k", name="Anna", role="editor")
    again = house.ask(contract.INVITE_PERSON, chief, key="k", name="Anna", role="editor")
    assert (again["invitation_id"], again["code"]) == (first["invitation_id"], "")
    assert len(house.ask(contract.LIST_COMPANY_PEOPLE, chief, business_id=MALLI)["invitations"]) == 1


def test_the_holder_of_a_code_sees_what_they_are_invited_to(house: House, chief: Asker) -> None:
    made = house.ask(contract.INVITE_PERSON, chief, name="Anna", role="editor")
    seen = house.ask(contract.SEE_INVITATION, VISITOR, code=made["code"])
    assert (seen["undertaking_name"], seen["role"]) == ("Malli Oy", "editor")
    with pytest.raises(NotFound):
        house.ask(contract.SEE_INVITATION, VISITOR, code="arvaus")


def test_an_invitation_is_accepted_once(house: House, chief: Asker) -> None:
    made = house.ask(contract.INVITE_PERSON, chief, name="Anna", role="editor")
    anna, other = house.welcome("anna", issuer=IDP), house.welcome("other", issuer=IDP)
    house.ask(contract.ACCEPT_INVITATION, VISITOR, code=made["code"], person_id=anna)
    house.ask(contract.ACCEPT_INVITATION, VISITOR, code=made["code"], person_id=anna)
    with pytest.raises(InvitationOver):
        house.ask(contract.ACCEPT_INVITATION, VISITOR, code=made["code"], person_id=other)
    assert house.capacities(other) == []


def test_a_withdrawn_or_old_invitation_opens_nothing(house: House, chief: Asker) -> None:
    anna = house.welcome("anna", issuer=IDP)
    withdrawn = house.ask(contract.INVITE_PERSON, chief, name="Anna", role="editor")
    house.ask(contract.WITHDRAW_INVITATION, chief, invitation_id=withdrawn["invitation_id"])
    old = house.ask(contract.INVITE_PERSON, chief, name="Anna", role="editor")
    house.pass_by(days=14)
    for made in (withdrawn, old):
        with pytest.raises(InvitationOver):
            house.ask(contract.ACCEPT_INVITATION, VISITOR, code=made["code"], person_id=anna)
    assert house.capacities(anna) == []


def test_an_invitation_takes_no_right_away(house: House, chief: Asker) -> None:
    anna = join(house, chief, "signatory")
    join(house, chief, "reader")
    assert house.capacities(anna) == [(MALLI, ["prepare", "sign"])]


def test_only_a_signatory_looks_after_the_people(house: House, chief: Asker) -> None:
    editor = house.acting(join(house, chief, "editor"), MALLI)
    for operation, asked in [
        (contract.INVITE_PERSON, {"name": "X", "role": "signatory"}),
        (contract.CHANGE_PERSONS_ROLE, {"person_id": editor.person, "role": "signatory"}),
        (contract.END_PERSON, {"person_id": chief.person}),
        (contract.SET_COMPANY_PREFERENCES, {"second_signature": False, "version": 0}),
    ]:
        with pytest.raises(MayNotSign):
            house.ask(operation, editor, **asked)


def test_a_programs_key_lets_nobody_in(house: House, chief: Asker) -> None:
    with pytest.raises(OwnHandNeeded):
        house.ask(contract.INVITE_PERSON, replace(chief, via="k-1"), name="X", role="signatory")


def test_a_role_is_changed_and_holds_from_the_next_request(house: House, chief: Asker) -> None:
    anna = join(house, chief, "editor")
    house.ask(contract.CHANGE_PERSONS_ROLE, chief, person_id=anna, role="reader")
    assert house.capacities(anna) == [(MALLI, ["read"])]


def test_the_companys_word_takes_the_place_of_an_operators(house: House, chief: Asker) -> None:
    second = a_signatory(house, "second")
    house.ask(contract.CHANGE_PERSONS_ROLE, chief, person_id=second.person, role="reader")
    assert house.capacities(second.person) == [(MALLI, ["read"])]


def test_an_operator_who_ends_a_mandate_ends_every_ground_of_it(house: House, chief: Asker) -> None:
    director = house.welcome()
    house.prove(director, MALLI)
    anna = join(house, chief, "editor")
    for person in (director, anna):
        house.ask(contract.GIVE_MANDATE, OPERATOR, person_id=person, business_id=MALLI, rights=[])
        assert house.capacities(person) == []


def test_whoever_leaves_is_out_at_once(house: House, chief: Asker) -> None:
    anna = join(house, chief, "editor")
    session = house.ask(contract.BEGIN_SESSION, VISITOR, person_id=anna, capacity_id=f"c:{MALLI}")
    house.ask(contract.END_PERSON, chief, person_id=anna)
    assert house.capacities(anna) == []
    with pytest.raises(SessionOver):
        house.ask(contract.GET_SESSION, VISITOR, session_id=session["session_id"])


def test_a_right_from_the_register_ends_here_too(house: House, chief: Asker) -> None:
    director = house.welcome()
    house.prove(director, MALLI)
    house.ask(contract.END_PERSON, chief, person_id=director)
    assert house.capacities(director) == []


def test_whose_word_of_the_register_has_lapsed_is_on_the_list_and_can_be_ended(house: House, chief: Asker) -> None:
    """They act for nobody before they prove it again, but are told by mail: the company sees and ends that."""
    director = house.welcome()
    house.prove(director, MALLI)
    house.pass_by(hours=13)
    assert house.capacities(director) == []
    (listed,) = (
        one
        for one in house.ask(contract.LIST_COMPANY_PEOPLE, chief, business_id=MALLI)["items"]
        if one["person_id"] == director
    )
    assert listed["until"] < house.clock.now

    house.ask(contract.END_PERSON, chief, person_id=director)

    assert director not in people_of(house, chief)


def test_the_last_who_may_sign_now_stays_though_another_could_prove_it_again(house: House, chief: Asker) -> None:
    director = house.welcome()
    house.prove(director, MALLI)
    house.pass_by(hours=13)
    with pytest.raises(LastSignatory):
        house.ask(contract.END_PERSON, chief, person_id=chief.person)


def test_what_the_leaver_was_responsible_for_goes_to_the_successor(house: House, chief: Asker) -> None:
    anna = join(house, chief, "editor")
    house.ask(contract.SET_COMPANY_PREFERENCES, chief, second_signature=True, responsible=anna, version=0)
    house.ask(contract.END_PERSON, chief, person_id=anna, successor=chief.person)
    chosen = house.ask(contract.GET_COMPANY_PREFERENCES, chief, business_id=MALLI)
    assert (chosen["responsible"], chosen["second_signature"]) == (chief.person, True)
    (fact,) = house.announced("customers.representative_ended")
    assert fact["data"] == {"business_id": MALLI, "person_id": anna, "successor": chief.person}


def test_nobody_is_their_own_successor(house: House, chief: Asker) -> None:
    anna = join(house, chief, "editor")
    with pytest.raises(NotFound):
        house.ask(contract.END_PERSON, chief, person_id=anna, successor=anna)


def test_the_last_signatory_stays(house: House, chief: Asker) -> None:
    join(house, chief, "editor")
    with pytest.raises(LastSignatory):
        house.ask(contract.END_PERSON, chief, person_id=chief.person)
    with pytest.raises(LastSignatory):
        house.ask(contract.CHANGE_PERSONS_ROLE, chief, person_id=chief.person, role="editor")


def test_two_signatories_who_end_each_other_at_once_do_not_both_succeed(house: House, chief: Asker) -> None:
    second = a_signatory(house, "second")
    together, outcomes = Barrier(2), []

    def end(asker: Asker, other: Asker) -> None:
        together.wait()
        try:
            house.ask(contract.END_PERSON, asker, person_id=other.person)
            outcomes.append("ended")
        except DomainError as refusal:
            outcomes.append(refusal.code)

    threads = [Thread(target=end, args=pair) for pair in [(chief, second), (second, chief)]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("ended") == 1
    assert list(people_of(house, HANDLER).values()).count("signatory") == 1


def test_two_pages_of_choices_are_not_laid_upon_each_other(house: House, chief: Asker) -> None:
    chosen: dict[str, Any] = {"second_signature": True, "version": 0}
    house.ask(contract.SET_COMPANY_PREFERENCES, chief, **chosen)
    with pytest.raises(ChangedMeanwhile):
        house.ask(contract.SET_COMPANY_PREFERENCES, chief, **chosen)


# ---- two signatures: begun by one, ended by two ----


@pytest.fixture
def other(house: House, chief: Asker) -> Asker:
    """A second signatory; the company asks two signatures."""
    other = a_signatory(house, "other")
    house.ask(contract.SET_COMPANY_PREFERENCES, chief, second_signature=True, version=0)
    return other


def asks_two(house: House, chief: Asker) -> bool:
    return bool(house.ask(contract.GET_COMPANY_PREFERENCES, chief, business_id=MALLI)["second_signature"])


def test_one_signatory_alone_does_not_end_two_signatures(house: House, chief: Asker, other: Asker) -> None:
    with pytest.raises(TwoSignaturesStay):
        house.ask(contract.SET_COMPANY_PREFERENCES, chief, second_signature=False, version=1)
    release = house.ask(contract.ASK_RELEASE, chief)
    with pytest.raises(ReleaseIsAnothers):
        house.ask(contract.SETTLE_RELEASE, chief, release_id=release["release_id"], confirmed=True)
    assert asks_two(house, chief)


def test_another_signatorys_yes_ends_two_signatures_and_every_room_hears_it(
    house: House, chief: Asker, other: Asker
) -> None:
    release = house.ask(contract.ASK_RELEASE, chief)
    settled = house.ask(contract.SETTLE_RELEASE, other, release_id=release["release_id"], confirmed=True)

    assert (settled["outcome"], settled["settled_by"]) == ("confirmed", other.person)
    assert not asks_two(house, chief)
    assert house.announced("customers.company_preferences_set")[-1]["data"]["second_signature"] is False
    (told,) = house.announced("customers.second_signature_release_settled")
    assert told["data"]["outcome"] == "confirmed"


def test_a_no_leaves_two_signatures_and_a_new_request_may_be_made(house: House, chief: Asker, other: Asker) -> None:
    release = house.ask(contract.ASK_RELEASE, chief)
    house.ask(contract.SETTLE_RELEASE, other, release_id=release["release_id"], confirmed=False)
    with pytest.raises(ReleaseOver):
        house.ask(contract.SETTLE_RELEASE, other, release_id=release["release_id"], confirmed=True)
    assert asks_two(house, chief)
    assert house.ask(contract.ASK_RELEASE, other)["asked_by"] == other.person


def test_an_editor_and_a_program_neither_ask_nor_confirm(house: House, chief: Asker, other: Asker) -> None:
    editor = house.acting(join(house, chief, "editor"), MALLI)
    release = house.ask(contract.ASK_RELEASE, chief)
    for asker, refusal in [(editor, MayNotSign), (replace(other, via="k-1"), OwnHandNeeded)]:
        with pytest.raises(refusal):
            house.ask(contract.ASK_RELEASE, asker)
        with pytest.raises(refusal):
            house.ask(contract.SETTLE_RELEASE, asker, release_id=release["release_id"], confirmed=True)
    assert asks_two(house, chief)


# ---- where two signatures are asked, one signatory does not put the other out ----


def test_where_two_sign_one_signatory_does_not_take_anothers_right_to_sign_away(
    house: House, chief: Asker, other: Asker
) -> None:
    """They would be alone then, with whomever they let in: the rule of two would be one's."""
    for deed in (
        lambda: house.ask(contract.END_PERSON, chief, person_id=other.person),
        lambda: house.ask(contract.CHANGE_PERSONS_ROLE, chief, person_id=other.person, role="reader"),
    ):
        with pytest.raises(SignatoryStays):
            deed()
    assert people_of(house, chief)[other.person] == "signatory"


def test_where_two_sign_each_gives_up_their_own_right_and_the_authority_ends_anybodys(
    house: House, chief: Asker, other: Asker
) -> None:
    third, fourth = a_signatory(house, "third"), a_signatory(house, "fourth")
    house.ask(contract.CHANGE_PERSONS_ROLE, third, person_id=third.person, role="editor")
    house.ask(contract.END_PERSON, fourth, person_id=fourth.person)
    house.ask(contract.GIVE_MANDATE, OPERATOR, person_id=other.person, business_id=MALLI, rights=[])
    assert people_of(house, chief) == {chief.person: "signatory", third.person: "editor"}


def test_where_two_sign_one_signatory_still_ends_whoever_does_not_sign(
    house: House, chief: Asker, other: Asker
) -> None:
    editor = join(house, chief, "editor")
    house.ask(contract.CHANGE_PERSONS_ROLE, chief, person_id=editor, role="reader")
    house.ask(contract.END_PERSON, chief, person_id=editor)
    assert editor not in people_of(house, chief)


def test_when_two_have_given_the_rule_up_one_signatory_ends_another(house: House, chief: Asker, other: Asker) -> None:
    third = a_signatory(house, "third")
    release = house.ask(contract.ASK_RELEASE, chief)
    house.ask(contract.SETTLE_RELEASE, third, release_id=release["release_id"], confirmed=True)
    house.ask(contract.END_PERSON, chief, person_id=other.person)
    assert other.person not in people_of(house, chief)


# ---- a request that nobody answers ----


def test_that_a_request_has_lapsed_is_settled_once_and_every_room_hears_it(
    house: House, chief: Asker, other: Asker
) -> None:
    house.ask(contract.ASK_RELEASE, chief)
    let_releases_lapse(house)
    assert house.announced("customers.second_signature_release_settled") == []

    house.pass_by(days=7)
    for _ in range(2):
        let_releases_lapse(house)

    (settled,) = house.announced("customers.second_signature_release_settled")
    assert (settled["data"]["outcome"], settled["data"]["settled_by"]) == ("lapsed", None)
    assert asks_two(house, chief)


def test_who_asks_anew_before_the_round_has_come_settles_the_old_request_as_the_round_would(
    house: House, chief: Asker, other: Asker
) -> None:
    first = house.ask(contract.ASK_RELEASE, chief)
    house.pass_by(days=7)
    house.ask(contract.ASK_RELEASE, other)
    let_releases_lapse(house)

    (settled,) = house.announced("customers.second_signature_release_settled")
    assert (settled["data"]["release_id"], settled["data"]["outcome"]) == (first["release_id"], "lapsed")


def let_releases_lapse(house: House) -> None:
    with house.room.office.work(the_house("customers")) as work:
        house.room.let_releases_lapse(work)


def test_a_request_lapses_after_seven_days(house: House, chief: Asker, other: Asker) -> None:
    release = house.ask(contract.ASK_RELEASE, chief)
    house.pass_by(days=7)
    with pytest.raises(ReleaseOver) as over:
        house.ask(contract.SETTLE_RELEASE, other, release_id=release["release_id"], confirmed=True)
    assert over.value.facts["why"] == "lapsed"
    assert asks_two(house, chief)
    assert house.ask(contract.LIST_COMPANY_PEOPLE, chief, business_id=MALLI)["release"] is None
    assert house.ask(contract.ASK_RELEASE, chief)["release_id"] != release["release_id"]


def test_a_double_click_asks_once_and_a_second_asker_is_told_of_the_first(
    house: House, chief: Asker, other: Asker
) -> None:
    first = house.ask(contract.ASK_RELEASE, chief)
    assert house.ask(contract.ASK_RELEASE, chief)["release_id"] == first["release_id"]
    with pytest.raises(ReleaseAskedAlready) as asked:
        house.ask(contract.ASK_RELEASE, other)
    assert asked.value.facts["by"] == chief.person


def test_who_asked_and_leaves_or_signs_no_more_asks_for_nothing_any_more(
    house: House, chief: Asker, other: Asker
) -> None:
    prepares = {"person_id": other.person, "business_id": MALLI, "rights": ["prepare"]}
    for ends in (
        lambda: house.ask(contract.CHANGE_PERSONS_ROLE, other, person_id=other.person, role="editor"),
        lambda: house.ask(contract.END_PERSON, other, person_id=other.person),
        lambda: house.ask(contract.GIVE_MANDATE, OPERATOR, **prepares),
    ):
        house.ask(
            contract.GIVE_MANDATE, OPERATOR, person_id=other.person, business_id=MALLI, rights=["prepare", "sign"]
        )
        release = house.ask(contract.ASK_RELEASE, other)
        ends()
        with pytest.raises(ReleaseOver):
            house.ask(contract.SETTLE_RELEASE, chief, release_id=release["release_id"], confirmed=True)
    assert asks_two(house, chief)


def test_where_one_is_enough_nothing_is_asked_and_another_company_settles_nothing(
    house: House, chief: Asker, other: Asker
) -> None:
    release = house.ask(contract.ASK_RELEASE, chief)
    house.ask(contract.REGISTER_UNDERTAKING, OPERATOR, business_id=SAHA, name="Saha Oy", language="fi")
    with pytest.raises(NotFound):
        house.ask(
            contract.SETTLE_RELEASE,
            replace(other, business_id=SAHA),
            release_id=release["release_id"],
            confirmed=True,
        )
    house.ask(contract.SETTLE_RELEASE, other, release_id=release["release_id"], confirmed=True)
    with pytest.raises(OneIsEnoughAlready):
        house.ask(contract.ASK_RELEASE, chief)


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """What came of deeds done at the same moment: "done", or the code of the refusal."""
    together, outcomes = Barrier(len(deeds)), []

    def do(deed: Callable[[], Any]) -> None:
        together.wait()
        try:
            deed()
            outcomes.append("done")
        except DomainError as refusal:
            outcomes.append(refusal.code)

    threads = [Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_signatories_who_ask_at_once_have_made_one_request(house: House, chief: Asker, other: Asker) -> None:
    outcomes = at_once(lambda: house.ask(contract.ASK_RELEASE, chief), lambda: house.ask(contract.ASK_RELEASE, other))
    assert outcomes == ["done", "release_asked_already"]
    assert len(house.announced("customers.second_signature_release_asked")) == 1


def test_of_a_yes_and_a_second_thought_at_once_one_has_effect(house: House, chief: Asker, other: Asker) -> None:
    release = house.ask(contract.ASK_RELEASE, chief)["release_id"]
    outcomes = at_once(
        lambda: house.ask(contract.SETTLE_RELEASE, chief, release_id=release, confirmed=False),
        lambda: house.ask(contract.SETTLE_RELEASE, other, release_id=release, confirmed=True),
    )
    assert outcomes == ["done", "release_over"]
    (settled,) = house.announced("customers.second_signature_release_settled")
    assert asks_two(house, chief) == (settled["data"]["outcome"] == "withdrawn")


def test_an_operator_who_ends_a_mandate_lets_every_room_hand_over_what_was_the_persons(
    house: House, chief: Asker
) -> None:
    anna = join(house, chief, "editor")
    house.ask(contract.SET_COMPANY_PREFERENCES, chief, second_signature=False, responsible=anna, version=0)
    for _ in range(2):
        house.ask(contract.GIVE_MANDATE, OPERATOR, person_id=anna, business_id=MALLI, rights=[])

    (fact,) = house.announced("customers.representative_ended")
    assert fact["data"] == {"business_id": MALLI, "person_id": anna, "successor": None}
    assert house.ask(contract.GET_COMPANY_PREFERENCES, chief, business_id=MALLI)["responsible"] is None


def test_the_responsible_person_is_one_of_the_companys_own(house: House, chief: Asker) -> None:
    stranger = house.welcome("stranger", issuer=IDP)
    with pytest.raises(NotFound):
        house.ask(contract.SET_COMPANY_PREFERENCES, chief, second_signature=False, responsible=stranger, version=0)


def test_everything_done_to_the_list_is_on_the_list_of_acts(house: House, chief: Asker) -> None:
    anna = join(house, chief, "editor")
    house.pass_by(minutes=1)
    house.ask(contract.END_PERSON, chief, person_id=anna)
    found = house.ask(contract.LIST_COMPANY_ACTS, AUDITOR, business_id=MALLI)
    assert {(one["what"], one["person_id"]) for one in found["items"]} == {
        ("person_invited", chief.person),
        ("invitation_accepted", anna),
        ("person_ended", chief.person),
    }
    assert found["items"][0]["what"] == "person_ended"
    assert found["items"][0]["at"] - found["items"][-1]["at"] == timedelta(minutes=1)


def test_another_company_sees_and_changes_nothing(house: House, chief: Asker) -> None:
    anna = join(house, chief, "editor")
    made = house.ask(contract.INVITE_PERSON, chief, name="X", role="editor")
    house.ask(contract.REGISTER_UNDERTAKING, OPERATOR, business_id=SAHA, name="Saha Oy", language="fi")
    stranger = replace(chief, business_id=SAHA)
    for operation in (contract.LIST_COMPANY_PEOPLE, contract.LIST_COMPANY_ACTS, contract.GET_COMPANY_PREFERENCES):
        with pytest.raises(NotFound):
            house.ask(operation, stranger, business_id=MALLI)
    with pytest.raises(NotFound):
        house.ask(contract.END_PERSON, stranger, person_id=anna)
    with pytest.raises(NotFound):
        house.ask(contract.WITHDRAW_INVITATION, stranger, invitation_id=made["invitation_id"])


def test_officials_and_auditors_read_the_list_and_change_nothing(house: House, chief: Asker) -> None:
    for asker in (HANDLER, AUDITOR):
        assert people_of(house, asker) == {chief.person: "signatory"}
        with pytest.raises(NotForYou):
            house.ask(contract.END_PERSON, asker, person_id=chief.person)
