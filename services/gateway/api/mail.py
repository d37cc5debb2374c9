"""Mail: one's own address and wishes, and what has been sent of a case."""

from __future__ import annotations

from services.gateway.api.desk import Desk
from shared.contracts.customers import (
    CONFIRM_CONTACT,
    GET_PREFERENCES,
    LIST_MAIL,
    SEND_AGAIN,
    SET_CONTACT,
    SET_PREFERENCES,
)

desk = Desk("mail", "One's own e-mail address and what one wants to be told; mail that was sent")

desk.shows("/own-mail-settings", GET_PREFERENCES, "The asker's address and wishes")
desk.does("PUT", "/own-mail-settings/address", SET_CONTACT, "Set the asker's address; a link goes to it")
desk.does("POST", "/own-mail-settings/address/confirmation", CONFIRM_CONTACT, "Confirm the address by its link's code")
desk.does("PUT", "/own-mail-settings/choices", SET_PREFERENCES, "Set what the asker wants to be told, and when")
desk.lists("/mail", LIST_MAIL, "Mail of one case; for operators all of it")
desk.does("POST", "/mail/<mail_id>/sending", SEND_AGAIN, "Send a mail that failed once more")
