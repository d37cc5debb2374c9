"""The rules of this room that can be asked alone, each with the schema of its inputs."""

from services.applications.calculations import aid, company, costs, procedure
from shared.calculations import Calculation

CALCULATIONS: tuple[Calculation, ...] = (
    *company.CALCULATIONS,
    *aid.CALCULATIONS,
    *costs.CALCULATIONS,
    *procedure.CALCULATIONS,
)
