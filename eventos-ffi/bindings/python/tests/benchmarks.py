"""What the binding costs: a call, a query, and 1,000 rows beside the standard library's own JSON. Prints nanoseconds as JSON lines."""

import asyncio
import json
import statistics
import time
from dataclasses import dataclass
from datetime import datetime

import eventos as ev

COUNT = 1_000
ROWS = [
    {
        "id": f"e1111111-1111-4111-8111-{number:012}",
        "organizer_id": "11111111-1111-4111-8111-111111111111",
        "venue_id": None,
        "name": f"Evening {number}",
        "slug": f"evening-{number}-e1111111",
        "type": "conference",
        "description": "An evening of talks, with time to meet.",
        "start_at": "2025-06-15T13:00:00+00:00",
        "end_at": "2025-06-15T21:00:00+00:00",
        "capacity": 500,
        "price_cents": 29_900,
        "status": "published",
        "visibility": "public",
        "created_at": "2025-01-15T10:00:00+00:00",
        "updated_at": "2025-01-15T10:00:00+00:00",
    }
    for number in range(COUNT)
]
BODY = json.dumps(ROWS).encode()


@dataclass
class Event:
    """What a program without the library would make of a row."""

    id: str
    organizer_id: str
    venue_id: str | None
    name: str
    slug: str
    type: str
    description: str | None
    start_at: datetime
    end_at: datetime
    capacity: int
    price_cents: int
    status: str
    visibility: str
    created_at: datetime
    updated_at: datetime


TIMES = ("start_at", "end_at", "created_at", "updated_at")


def typed(row):
    return Event(**{**row, **{name: datetime.fromisoformat(row[name]) for name in TIMES}})


class Still(ev.Platform):
    """Answers with the rows at once."""

    async def send(self, request):
        return ev.HttpResponse(status=200, headers=[ev.HttpHeader(name="content-type", value="application/json")], body=BODY)

    async def sleep(self, duration):
        await asyncio.Event().wait()


def measured(row, function, call, times):
    """The median of eleven rounds, of which each calls so many times."""
    rounds = []
    for _ in range(11):
        started = time.perf_counter_ns()
        for _ in range(times):
            call()
        rounds.append((time.perf_counter_ns() - started) / times)
    print(json.dumps({"row": row, "function": function, "value": statistics.median(rounds)}))


def main():
    client = ev.connect("https://eventos.example", "sb_publishable_key", platform=Still())
    cents, now = ev.Cents(value=29_900), datetime.now().astimezone()
    measured("one call", "eventos", lambda: ev.format_cents(cents), 5_000)

    def query():
        published = ev.EventFilter.STATUS(ev.EventStatusTest.IS(ev.EventStatus.PUBLISHED()))
        later = ev.EventFilter.START_AT(ev.TimeTest.AT_OR_AFTER(now))
        return client.events.where(published, later).order_by(ev.EventColumn.START_AT).limit(10)

    measured("build a query", "eventos", query, 5_000)
    with asyncio.Runner() as runner:
        events = client.events.limit(COUNT)
        assert len(runner.run(events.all())) == COUNT
        measured("1,000 rows", "eventos", lambda: runner.run(events.all()), 5)
        asked = json.dumps({"from": "events", "limit": COUNT})
        measured("1,000 rows as JSON", "eventos", lambda: json.loads(runner.run(client.fetch_json(asked))), 5)
    measured("1,000 rows as JSON", "json.loads", lambda: json.loads(BODY), 20)
    measured("1,000 rows", "json.loads", lambda: json.loads(BODY), 20)
    measured("1,000 rows", "json.loads into dataclasses", lambda: [typed(row) for row in json.loads(BODY)], 20)


if __name__ == "__main__":
    main()
