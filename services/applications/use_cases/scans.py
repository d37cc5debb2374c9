"""What the documents room tells of the files in the cases."""

from __future__ import annotations

from services.applications.ports import Work
from services.applications.use_cases.falling import let_anything_fall


def know_infected(work: Work, document_id: str) -> None:
    """A virus was found in the file: nobody opens it any more, so what was proposed with it is looked at anew."""
    work.infected_files.note(document_id, work.now)
    for number in sorted(work.cases.with_document(document_id)):
        let_anything_fall(work, work.cases.locked(number).application, "file_infected")
