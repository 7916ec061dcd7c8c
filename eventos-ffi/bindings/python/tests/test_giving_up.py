"""What becomes of a call that is given up, and of one that takes its time."""

import asyncio
import json
import socket
import subprocess
import sys
import time
import unittest
from contextlib import suppress
from unittest import mock

import eventos as ev
from eventos import http

KEY = "sb_publishable_key"


class Given(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.server.close)
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}"
        self.client = ev.connect(self.url, KEY, tries=1)

    def heard(self):
        """What comes over the next connection until it is hung up."""
        self.server.settimeout(3)
        connection, _ = self.server.accept()
        with connection:
            connection.settimeout(3)
            return b"".join(iter(lambda: connection.recv(4096), b""))

    async def given_up(self, call, seconds):
        with self.assertRaises(asyncio.TimeoutError):
            await asyncio.wait_for(call, seconds)

    async def test_the_server_sees_that_a_call_was_given_up(self):
        heard = asyncio.ensure_future(asyncio.to_thread(self.heard))
        await self.given_up(self.client.events.all(), 0.3)
        self.assertRegex(await heard, rb"^GET /rest/v1/events\?")

    async def test_a_call_that_ran_into_its_limit_hangs_up(self):
        heard = asyncio.ensure_future(asyncio.to_thread(self.heard))
        with self.assertRaises(ev.EventosError.Timeout):
            await ev.connect(self.url, KEY, tries=1, timeout_milliseconds=300).events.all()
        self.assertRegex(await heard, rb"^GET /rest/v1/events\?")

    async def test_what_is_given_up_before_it_is_sent_is_never_sent(self):
        connect = socket.create_connection

        def slowly(*arguments):
            time.sleep(0.3)
            return connect(*arguments)

        with mock.patch("socket.create_connection", slowly):
            await self.given_up(self.client.rpc("echo", "{}"), 0.1)
            self.assertEqual(await asyncio.to_thread(self.heard), b"")

    async def test_what_is_given_up_while_it_waits_for_its_turn_is_never_sent(self):
        with mock.patch.object(http, "AT_ONCE", 1):
            first = asyncio.ensure_future(self.given_up(self.client.events.all(), 0.3))
            await asyncio.sleep(0.1)
            await self.given_up(self.client.rpc("echo", "{}"), 0.1)
            third = asyncio.ensure_future(self.given_up(self.client.venues.all(), 0.5))
            for table in (b"events", b"venues"):
                self.assertRegex(await asyncio.to_thread(self.heard), rb"^GET /rest/v1/" + table)
            await asyncio.gather(first, third)

    async def test_an_answer_may_take_longer_than_a_connection(self):
        def answered():
            connection, _ = self.server.accept()
            with connection:
                connection.recv(4096)
                time.sleep(0.6)
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]")

        with mock.patch.object(http, "CONNECTING", 0.2):
            answering = asyncio.ensure_future(asyncio.to_thread(answered))
            self.assertEqual(await self.client.events.all(), [])
            await answering

    async def test_a_connection_that_takes_too_long_is_no_answer_in_time(self):
        with mock.patch("socket.create_connection", side_effect=TimeoutError), self.assertRaises(ev.EventosError.Timeout):
            await self.client.events.all()

    def test_a_program_ends_with_a_call_that_was_given_up(self):
        started = time.monotonic()
        told = subprocess.run(
            [sys.executable, "-c", GIVEN_UP, self.url], capture_output=True, check=True, text=True, timeout=90
        )
        self.assertLess(time.monotonic() - started, 5)
        self.assertEqual((told.stdout, told.stderr), ("given up\n", ""))


GIVEN_UP = """
import asyncio, sys
import eventos as ev

async def main():
    try:
        await asyncio.wait_for(ev.connect(sys.argv[1], "sb_publishable_key").events.all(), 0.3)
    except asyncio.TimeoutError:
        print("given up")

asyncio.run(main())
"""


class LaterRuns(unittest.TestCase):
    """A client outlives the loop in which one of its calls was given up."""

    def setUp(self):
        self.platform = Platform()
        self.client = ev.connect(
            "https://eventos.example", KEY, platform=self.platform, storage=Storage(), tries=1, timeout_milliseconds=500
        )

    def in_the_end(self, call):
        """What a call gives in a loop of its own; none may take longer than its limit."""

        async def limited():
            return await asyncio.wait_for(call(), 5)

        with suppress(ev.EventosError):
            return asyncio.run(limited())

    def give_up(self, call):
        async def given_up():
            task = asyncio.ensure_future(call())
            await asyncio.wait_for(self.platform.asked.wait(), 5)
            task.cancel()

        asyncio.run(given_up())

    def test_a_refresh_that_was_given_up_keeps_no_later_call_waiting(self):
        self.give_up(self.client.session)
        self.in_the_end(self.client.session)
        self.platform.is_silent = False
        self.in_the_end(self.client.session)
        self.assertEqual(self.in_the_end(self.client.session).access_token, "new")
        self.assertEqual(self.in_the_end(self.client.events.all), [])

    def test_a_server_that_stays_silent_fails_within_the_limit(self):
        self.give_up(self.client.events.all)
        for call in (self.client.events.all, self.client.session, self.client.events.all):
            self.assertIsNone(self.in_the_end(call))


class Platform(ev.Platform):
    """Says nothing at first."""

    def __init__(self):
        self.is_silent = True
        self.asked = asyncio.Event()

    async def send(self, request):
        self.asked.set()
        if self.is_silent:
            await asyncio.Event().wait()
        body = GRANT if "/token" in request.url else "[]"
        return ev.HttpResponse(status=200, headers=[], body=body.encode())

    async def sleep(self, duration):
        await asyncio.sleep(duration.total_seconds())


USER = "22222222-2222-4222-8222-222222222222"
GRANT = json.dumps({"access_token": "new", "refresh_token": "next", "expires_in": 3600, "user": {"id": USER, "email": None}})


class Storage(ev.SessionStorage):
    """Keeps a session that has expired."""

    async def load(self):
        times = {"issued_at": "2025-06-15T09:00:00Z", "expires_at": "2025-06-15T10:00:00Z"}
        return json.dumps({"version": 1, "user_id": USER, "email": None, "access_token": "old", "refresh_token": "one", **times})

    async def save(self, session):
        pass

    async def clear(self):
        pass
