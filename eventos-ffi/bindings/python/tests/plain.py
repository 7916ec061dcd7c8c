"""Values of the module as JSON, as scenarios write them."""

import enum
from datetime import datetime, timezone

import eventos as ev

#: Enumerations of which a newer server may know more: they are texts.
LABELS = (ev.EventStatus, ev.EventType, ev.Visibility, ev.PaymentStatus, ev.TicketStatus, ev.Source)


def time(text):
    return datetime.fromisoformat(text)


def plain(value):
    """JSON of a value of the module."""
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            utc = value.astimezone(timezone.utc)
            digits = "auto" if utc.microsecond == 0 else "milliseconds" if utc.microsecond % 1000 == 0 else "microseconds"
            return utc.isoformat(timespec=digits).replace("+00:00", "Z")
        case list() | tuple():
            return [plain(element) for element in value]
        case dict():
            return {name: plain(element) for name, element in value.items()}
        case enum.Enum():
            return value.name.lower()
    name = type(value).__name__.rpartition(".")[2].lower()
    fields = {field.lstrip("_"): held for field, held in vars(value).items()}
    if isinstance(value, LABELS):
        return fields.get("label", name)
    if list(fields) == ["value"]:
        return plain(fields["value"])
    told = {"type" if field == "kind" else field: plain(held) for field, held in fields.items()}
    if "." in type(value).__name__:
        return {"outcome": name, **told}
    outcome = told.pop("outcome", None)
    return {**told, **outcome} if isinstance(outcome, dict) else told
