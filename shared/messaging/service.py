"""What a room's `service.py` needs of the bus, in one place."""

from shared.messaging.handlers import answers, hears, hears_all, regularly
from shared.messaging.office import Office, OpenOffice
from shared.messaging.room_service import RoomService

__all__ = ["Office", "OpenOffice", "RoomService", "answers", "hears", "hears_all", "regularly"]
