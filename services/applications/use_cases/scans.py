"""What the documents room tells of the files in the cases."""

from __future__ import annotations

from services.applications.ports import Work
from services.applications.use_cases.falling import let_all_fall


def know_infected(work: Work, document_id: str) -> None:
    """A virus was found in the file: nobody opens it any more, so what was proposed with it is looked at anew."""
    work.infected_files.note(document_id, work.now)
    let_all_fall(work, work.cases.proposed_with(document_id), "file_infected")
