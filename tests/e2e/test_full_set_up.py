"""The full set-up without containers: every service a process of its own, on real PostgreSQL and RabbitMQ."""

from __future__ import annotations

import pytest

from tests.support.full_set_up import full_set_up
from tukivayla.demo.case import tell
from tukivayla.doctor import does_its_work

pytestmark = [pytest.mark.e2e, pytest.mark.rabbit, pytest.mark.postgres, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with full_set_up(tmp_path_factory.mktemp("full")) as running:
        yield running


def test_a_whole_case_goes_from_application_to_audit(house, capsys):
    tell(house.address)

    told = capsys.readouterr().out
    assert "The trail holds" in told
    assert "1 payment settled" in told
    assert "0 changed, 1 known already" in told


@pytest.mark.parametrize("service", ["customers", "documents", "applications", "payments", "monitoring", "relay"])
def test_each_service_says_that_it_does_its_work(house, service):
    assert does_its_work(service, house.settings) is None


def test_the_doctor_finds_nothing_wrong(house):
    examined = house.run("doctor", "--json")

    assert examined.returncode == 0, examined.stdout + examined.stderr


def test_a_terminated_service_stops_by_itself_and_its_replacement_goes_on(house):
    stopped = house.restart("payments")

    assert stopped == 0
    tell(house.address)
