"""The words that a search may have meant."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.applications.records.core import Record


class SearchedWordRecord(Record):
    """A word of the name or the title of something filed at the authority, as it is searched.

    Kept by triggers on `applications` (migration "searched words"), and never taken away: a word that no case has
    any more leads a search to nothing.
    """

    __tablename__ = "searched_words"
    # As text, operator class and all: see ix_applications_search.
    __table_args__ = (
        Index(
            "ix_searched_words_alike",
            text("(ARRAY[authority])"),
            text("word gin_trgm_ops"),
            postgresql_using="gin",
        ),
    )

    authority: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
