"""The officials' casework: the queue and its views, disqualification before a case is opened, who handles it."""

from __future__ import annotations

from services.gateway.api.desk import Desk
from shared.contracts.applications import (
    ASSIGN_CASE,
    DECLARE_INTEREST,
    DELETE_VIEW,
    END_SUBSTITUTE,
    GET_GATE,
    LIST_OFFICIALS,
    LIST_SUBSTITUTES,
    LIST_VIEWS,
    RELEASE_CASE,
    RESOLVE_INTEREST,
    SAVE_VIEW,
    SET_SUBSTITUTE,
    WORK_QUEUE,
)

desk = Desk("casework", "The officials' work queue, and who may and does handle a case")

desk.lists("/work-queue", WORK_QUEUE, "The cases of the asker's authority, the most urgent first")
desk.shows("/work-queue/views", LIST_VIEWS, "The standard and the kept views, with their counts")
desk.does("POST", "/work-queue/views", SAVE_VIEW, "Keep a narrowing of the queue under a name, or change it")
desk.does("DELETE", "/work-queue/views/<view_id>", DELETE_VIEW, "Forget a view of one's own")
desk.shows("/applications/<number>/gate", GET_GATE, "Who a case is about, before it is opened")
desk.does("POST", "/applications/<number>/interest", DECLARE_INTEREST, "Answer on one's own disqualification")
desk.does(
    "POST", "/applications/<number>/interest/<person>", RESOLVE_INTEREST, "Lift or confirm another's disqualification"
)
desk.does("POST", "/applications/<number>/handler", ASSIGN_CASE, "Give the case to a handler")
desk.does("DELETE", "/applications/<number>/handler", RELEASE_CASE, "Give the case back to those that nobody has")
desk.shows("/handlers", LIST_OFFICIALS, "The authority's handlers, with how many open cases they have")
desk.lists("/substitutes", LIST_SUBSTITUTES, "Who stands in for whom, now and to come")
desk.does("POST", "/substitutes", SET_SUBSTITUTE, "Name a substitute for some days")
desk.does("DELETE", "/substitutes/<substitution_id>", END_SUBSTITUTE, "Take a substitute back")
