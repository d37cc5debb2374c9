"""This room's transaction."""

from __future__ import annotations

from functools import cached_property

from services.payments.storage.banking import PostgresBankAnswers, PostgresBatches, PostgresPayments
from services.payments.storage.claims import PostgresClaims, PostgresLines
from services.payments.storage.grants import PostgresGrants
from services.payments.storage.standings import PostgresStandings
from shared.storage.work import Work


class PaymentsWork(Work):
    room = "payments"

    @cached_property
    def grants(self) -> PostgresGrants:
        return PostgresGrants(self.session)

    @cached_property
    def claims(self) -> PostgresClaims:
        return PostgresClaims(self.session)

    @cached_property
    def lines(self) -> PostgresLines:
        return PostgresLines(self.session)

    @cached_property
    def batches(self) -> PostgresBatches:
        return PostgresBatches(self.session)

    @cached_property
    def payments(self) -> PostgresPayments:
        return PostgresPayments(self.session)

    @cached_property
    def standings(self) -> PostgresStandings:
        return PostgresStandings(self.session)

    @cached_property
    def bank_answers(self) -> PostgresBankAnswers:
        return PostgresBankAnswers(self.session)
