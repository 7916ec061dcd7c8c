"""The calls that scenarios make, by name, as tests/scenarios/README.md lists them."""

import json

import eventos as ev
from plain import plain, time


async def made(client, call, input):
    """What a call gives, as JSON. `client` makes the client."""
    if call in CODES:
        return CODES[call](input)
    return await CALLS[call](client(), input)


def _number(parts):
    return {"text": parts.text, "date": parts.date, "id_prefix": parts.id_prefix}


def _payload(input):
    text = ev.parse_qr_payload(input["text"])
    return {"text": text, "bytes": ev.qr_payload_bytes(text).hex()}


CODES = {
    "slug.generate": lambda input: ev.generate_slug(input["name"], ev.EventId(value=input["id"])),
    "slug.parse": lambda input: ev.parse_slug(input["text"]),
    "order_number.generate": lambda input: ev.generate_order_number(ev.OrderId(value=input["id"]), time(input["created_at"])),
    "order_number.parse": lambda input: _number(ev.parse_order_number(input["text"])),
    "ticket_number.generate": lambda input: ev.generate_ticket_number(ev.TicketId(value=input["id"]), time(input["created_at"])),
    "ticket_number.parse": lambda input: _number(ev.parse_ticket_number(input["text"])),
    "qr_payload.generate": lambda input: ev.generate_qr_payload(bytes.fromhex(input["bytes"])),
    "qr_payload.parse": _payload,
    "qr_payload.from_scan": lambda input: ev.qr_payload_from_scan(input["text"]),
}


async def _client(client, input):
    return None


async def _query(client, input):
    return json.loads(await client.fetch_json(json.dumps(input)))


async def _fulfil(client, input):
    guests = [ev.Guest(full_name=guest["full_name"], email=guest["email"], phone=guest.get("phone")) for guest in input["attendees"]]
    paid = await client.fulfil_order(ev.OrderId(value=input["order_id"]), input["payment_intent_id"], time(input["paid_at"]), guests)
    told = plain(paid)
    if told["outcome"] == "fulfilled":
        shown = ("id", "order_number", "quantity", "total_cents", "payment_status")
        told["order"] = {name: told["order"][name] for name in shown}
        for ticket in told["tickets"]:
            ticket["attendee"] = ticket["attendee"] and ticket["attendee"]["full_name"]
    return told


async def _check_in(client, input):
    door = _door(client, input)
    answers = []
    for scan in input["scans"]:
        scan_id = ev.ScanId(value=scan["scan_id"]) if "scan_id" in scan else None
        at = time(scan["scanned_at"]) if "scanned_at" in scan else None
        answers.append(plain(await door.check_in(scan["code"], scan_id, at)))
    return answers


def _door(client, input):
    settings = ev.DoorSettings(
        token=input.get("door_token"), device=input.get("device"), gate=input.get("gate"), window=_window(input)
    )
    return client.door(ev.EventId(value=input["event_id"]), settings)


def _window(input):
    window = input.get("window")
    return window and ev.Window(opens_at=time(window["opens_at"]), closes_at=time(window["closes_at"]))


def _flow(call):
    async def made(client, input):
        return plain(await call(client, input))

    return made


CALLS = {
    "client": _client,
    "query": _query,
    "listing.upcoming": _flow(lambda client, input: client.upcoming(input["limit"])),
    "purchase.place": _flow(
        lambda client, input: client.place_order(
            ev.OrderId(value=input["order_id"]), ev.ProfileId(value=input["customer_id"]), ev.EventId(value=input["event_id"]), input["quantity"]
        )
    ),
    "purchase.cancel": _flow(lambda client, input: client.cancel_order(ev.OrderId(value=input["order_id"]))),
    "purchase.available_seats": _flow(lambda client, input: client.available_seats(ev.EventId(value=input["event_id"]))),
    "fulfilment.fulfil": _fulfil,
    "refund": _flow(lambda client, input: client.refund_order(ev.OrderId(value=input["order_id"]))),
    "check_in": _check_in,
    "check_in.undo": _flow(lambda client, input: _door(client, input).undo(ev.ScanId(value=input["scan_id"]), input["reason"])),
    "check_in.stats": _flow(lambda client, input: _door(client, input).stats()),
    "check_in.attendees": _flow(lambda client, input: _door(client, input).attendees(input["search"])),
    "door_tokens.issue": _flow(
        lambda client, input: client.issue_door_token(
            ev.EventId(value=input["event_id"]),
            input["label"],
            time(input["expires_at"]) if "expires_at" in input else None,
            _window(input),
        )
    ),
    "door_tokens.revoke": _flow(lambda client, input: client.revoke_door_token(ev.DoorTokenId(value=input["token_id"]))),
    "door_tokens.list": _flow(lambda client, input: client.door_tokens(ev.EventId(value=input["event_id"]))),
    "dashboard": _flow(lambda client, input: client.dashboard(ev.ProfileId(value=input["organizer_id"]))),
    "revenue": _flow(lambda client, input: client.revenue(ev.ProfileId(value=input["organizer_id"]))),
}

