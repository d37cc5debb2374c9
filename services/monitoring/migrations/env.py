from services.monitoring.tables import TABLES
from shared.storage.migrations import run_here

run_here(TABLES)
