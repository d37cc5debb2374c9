from services.documents.records import metadata
from shared.storage.migrations import run_here

run_here(metadata)
