"""The scenarios that every surface plays, in Python."""

import asyncio
import json
import unittest
from pathlib import Path
from urllib.parse import unquote_plus

import eventos as ev
from scenario_calls import made
from scenario_errors import told
from scenario_host import Host

SCENARIOS = Path(__file__).parents[4] / "tests/scenarios"
CALLERS = json.loads((SCENARIOS / "callers.json").read_text())


class Scenarios(unittest.TestCase):
    maxDiff = None

    def test_every_scenario_is_played(self):
        played = 0
        for folder in ("query", "code", "error", "flow"):
            for file in sorted((SCENARIOS / folder).glob("*.json")):
                for scenario in json.loads(file.read_text())["scenarios"]:
                    with self.subTest(f"{folder}/{file.stem}: {scenario['name']}"):
                        observed, expected = asyncio.run(play(scenario))
                        self.assertEqual(observed, expected)
                    played += 1
        self.assertGreater(played, 450)


async def play(scenario):
    """What was seen, and what the scenario expects."""
    credentials = CALLERS["callers"][scenario.get("as", "visitor")]
    settings = {"url": CALLERS["url"], **credentials, **scenario.get("client", {})}
    host = Host(scenario.get("exchanges", []), scenario.get("now", CALLERS["now"]))

    def client():
        token = settings.get("token")
        return ev.Client(
            ev.Settings(
                url=settings["url"],
                key=settings["key"],
                schema=settings.get("schema"),
                max_rows=settings.get("max_rows"),
                tries=settings.get("tries"),
            ),
            host,
            _Token(token) if token is not None else None,
            None,
            host,
        )

    try:
        outcome = {"result": await made(lambda: client(), scenario["call"], scenario.get("input"))}
        if scenario["call"] == "client":
            client()
    except ev.EventosError as error:
        outcome = {"error": told(error, scenario.get("error", {}))}
    base = settings["url"].rstrip("/")
    observed = {"requests": [seen(request, base) for request in host.sent], "pauses": host.pauses, **outcome}
    expected = {
        "requests": [wanted(exchange["request"], settings) for exchange in scenario.get("exchanges", [])],
        "pauses": scenario.get("pauses_ms", []),
        **{name: scenario[name] for name in ("result", "error") if name in scenario},
    }
    return observed, expected


class _Token(ev.TokenProvider):
    def __init__(self, token):
        self._token = token

    async def access_token(self):
        return self._token


def wanted(request, settings):
    """A request with what goes without saying."""
    key, token = settings["key"], settings.get("token")
    bearer = token if token is not None else key if key.startswith("ey") else None
    headers = {"accept": "application/json", "apikey": key}
    if bearer is not None:
        headers["authorization"] = f"Bearer {bearer}"
    if "body" in request:
        headers["content-type"] = "application/json"
    headers.update(request.get("headers", {}))
    return {
        "method": request["method"],
        "path": request["path"],
        "query": request.get("query", []),
        "headers": headers,
        "body": request.get("body"),
    }


def seen(request, base):
    """A request as it was sent."""
    path, _, query = request.url.removeprefix(base).partition("?")
    pairs = [part.partition("=") for part in query.replace(";", "&").split("&") if part]
    return {
        "method": request.method,
        "path": path,
        "query": [[unquote_plus(name), unquote_plus(value)] for name, _, value in pairs],
        "headers": {header.name: header.value for header in request.headers},
        "body": None if request.body is None else json.loads(request.body),
    }


if __name__ == "__main__":
    unittest.main()
