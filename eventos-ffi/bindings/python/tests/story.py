"""Plays a story against a real server, step by step, each held against its pattern."""

import json
import re
import uuid

import eventos as ev
from scenario_calls import made
from scenario_errors import told

PASSWORD = "eventos-local-only"
EMAILS = {"organizer": "organizer@eventos.com", "customer": "customer@example.com"}

TYPES = {
    "uuid": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)",
    "slug": r"[a-z0-9]+(-[a-z0-9]+)*",
    "order_number": r"ORD-\d{8}-[0-9A-F]{8}",
    "ticket_number": r"TKT-[0-9A-F]{8}-\d{6}",
    "qr_payload": r"[A-Za-z0-9+/]{43}=",
}


async def play(story, url, anon_key, service_key):
    """What went wrong, as lines; the clean-up is played in any case."""
    clients = {
        "visitor": ev.connect(url, anon_key),
        "service": ev.connect(url, service_key),
        **{caller: ev.connect(url, anon_key) for caller in EMAILS},
    }
    for caller, email in EMAILS.items():
        await clients[caller].sign_in_with_password(email, PASSWORD)
    values = {name: str(uuid.uuid4()) for name in story["fresh"]}
    wrong = await _steps(story["steps"], values, clients)
    for step in story["cleanup"]:
        wrong += await _steps([step], values, clients)
    return wrong


async def _steps(steps, values, clients):
    for step in steps:
        wrong = await _step(step, values, clients)
        if wrong:
            return [f"{step['name']}: {line}" for line in wrong]
    return []


async def _step(step, values, clients):
    client = clients[step.get("as", "visitor")]
    try:
        observed = await made(lambda: client, step["call"], _filled(step.get("input"), values))
    except ev.EventosError as error:
        if "error" not in step:
            return [f"expected a result, but got {error!r}"]
        return list(_unmet(_filled(step["error"], values), told(error, step["error"])))
    if "error" in step:
        return [f"expected an error, but got {json.dumps(observed)}"]
    wrong = list(_unmet(_filled(step.get("result"), values), observed))
    if not wrong:
        values.update({name: _at(observed, pointer) for name, pointer in step.get("save", {}).items()})
    return wrong


def _at(value, pointer):
    for name in pointer.split("/")[1:]:
        value = value[int(name)] if isinstance(value, list) else value[name.replace("~1", "/").replace("~0", "~")]
    return value


def _filled(value, values):
    """A value with `${name}` in its texts replaced: by the value itself where nothing else stands there."""
    match value:
        case str():
            whole = re.fullmatch(r"\$\{(\w+)\}", value)
            if whole:
                return values[whole[1]]
            return re.sub(r"\$\{(\w+)\}", lambda name: str(values[name[1]]), value)
        case list():
            return [_filled(element, values) for element in value]
        case dict():
            return {name: _filled(field, values) for name, field in value.items()}
    return value


def _unmet(pattern, value, place="it"):
    """Where a value does not meet a pattern, as lines."""
    differs = f"{place} is {json.dumps(value)}, not {json.dumps(pattern)}"
    match pattern:
        case list():
            if not isinstance(value, list) or len(value) != len(pattern):
                yield differs
                return
            for index, (wanted, found) in enumerate(zip(pattern, value)):
                yield from _unmet(wanted, found, f"{place}[{index}]")
        case {"$type": kind}:
            if not isinstance(value, str) or not re.fullmatch(TYPES[kind], value):
                yield differs
        case {"$at_least": least}:
            if not value >= least:
                yield differs
        case {"$starts_with": start}:
            if not str(value).startswith(start):
                yield differs
        case {"$contains": elements}:
            for wanted in elements:
                if not any(not list(_unmet(wanted, found)) for found in value):
                    yield differs
        case dict():
            if not isinstance(value, dict):
                yield differs
                return
            for name, wanted in pattern.items():
                yield from _unmet(wanted, value.get(name), f"{place}.{name}")
        case _:
            if pattern != value or isinstance(pattern, bool) != isinstance(value, bool):
                yield differs
