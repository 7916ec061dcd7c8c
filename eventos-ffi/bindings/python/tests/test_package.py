"""What the package adds to the native module."""

import asyncio
import ctypes
import importlib.metadata
import json
import socket
import subprocess
import sys
import threading
import unittest
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

import eventos as ev

KEY = "sb_publishable_key"


class Server(BaseHTTPRequestHandler):
    """Answers with rows, a redirect, garbage, half an answer, an error, and what a function was called with."""

    def do_GET(self):
        path = self.path.removeprefix("/rest/v1")
        if path.startswith("/venues"):
            return self.answer(302, b"", ("location", "http://127.0.0.1:1/"))
        if path.startswith("/events"):
            return self.answer(200, b"\xff\xfe not JSON")
        if path.startswith("/orders"):
            return self.answer(401, b'{"code": "PGRST301", "message": "JWT expired"}')
        if path.startswith("/tickets"):
            return self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[")
        self.answer(200, b"[]")

    def do_POST(self):
        self.answer(200, self.rfile.read(int(self.headers["content-length"])))

    def answer(self, status, body, *headers):
        self.send_response(status)
        for header in (("content-type", "application/json"), ("content-length", str(len(body))), *headers):
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Package(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        with mock.patch.object(ThreadingHTTPServer, "request_queue_size", 100):
            self.server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.client = ev.connect(f"http://127.0.0.1:{self.server.server_port}", KEY, tries=1)

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()

    async def test_what_a_server_answers_comes_as_the_error_that_it_is(self):
        with self.assertRaises(ev.EventosError.Server) as refused:
            await self.client.orders.all()
        self.assertEqual((refused.exception.code, refused.exception.answer.status), ("PGRST301", 401))
        self.assertTrue(refused.exception.advice.is_unauthenticated)
        with self.assertRaises(ev.EventosError.Server) as redirected:
            await self.client.venues.all()
        self.assertEqual(redirected.exception.answer.status, 302)
        with self.assertRaises(ev.EventosError.Decode):
            await self.client.events.all()

    async def test_no_server_is_no_connection_and_names_no_address(self):
        self.server.shutdown()
        self.server.server_close()
        with self.assertRaises(ev.EventosError.Connect) as broken:
            await self.client.events.all()
        self.assertNotIn("127.0.0.1", broken.exception.detail)

    async def test_hundreds_of_calls_at_once_are_answered_each(self):
        calls = [self.client.rpc("echo", json.dumps({"number": number})) for number in range(250)]
        answers = [json.loads(answer)["number"] for answer in await asyncio.gather(*calls)]
        self.assertEqual(answers, list(range(250)))

    async def test_half_an_answer_is_a_broken_connection(self):
        with self.assertRaises(ev.EventosError.Connect):
            await self.client.tickets.all()

    async def test_a_silent_server_keeps_no_other_call_waiting(self):
        with socket.create_server(("127.0.0.1", 0), backlog=100) as silent:
            platform = ev.UrllibPlatform()
            client = ev.connect(f"http://127.0.0.1:{silent.getsockname()[1]}", KEY, platform=platform)
            waiting = [asyncio.ensure_future(client.events.all()) for _ in range(40)]
            await asyncio.sleep(0.2)
            answering = ev.connect(f"http://127.0.0.1:{self.server.server_port}", KEY, platform=platform, tries=1)
            self.assertEqual(await asyncio.wait_for(answering.profiles.all(), 4), [])
            for call in waiting:
                call.cancel()

    async def test_a_query_that_grew_leaves_the_one_before_as_it_was(self):
        profiles = self.client.profiles
        self.assertIsNot(profiles.limit(1), profiles)
        self.assertEqual((profiles.limit(1)._asked().limit, profiles._asked().limit), (1, None))

    async def test_a_write_of_every_row_is_refused_before_it_is_sent(self):
        for rows in (self.client.events, self.client.events.where(ev.EventFilter.NONE([]))):
            with self.assertRaises(ev.EventosError.InvalidInput):
                await rows.delete()
        named = self.client.events.where(ev.EventFilter.NAME(ev.TextTest.IS("Gala")))
        for narrowed in (named.limit(1), named.offset(1), named.order_by(ev.EventColumn.NAME)):
            with self.assertRaises(ev.EventosError.InvalidInput):
                await narrowed.update(ev.EventChange.CAPACITY(20))

    async def test_the_log_is_told_of_requests_and_of_no_secret(self):
        class Kept(ev.Log):
            def __init__(self):
                self.lines = []

            def record(self, entry):
                self.lines.append(f"{entry.level.name} {entry.message}")

        log = Kept()
        client = ev.connect(f"http://127.0.0.1:{self.server.server_port}", KEY, tries=1, log=log)
        with self.assertRaises(ev.EventosError):
            await client.orders.where(ev.OrderFilter.ORDER_NUMBER(ev.TextTest.IS("secret"))).all()
        self.assertEqual(len(log.lines), 1)
        self.assertRegex(log.lines[0], r"^DEBUG GET /rest/v1/orders: 401 in \d+ ms$")


class Values(unittest.TestCase):
    def test_strings_of_any_kind_break_nothing(self):
        for text in ("", "\0", "x" * 10_000_000, "TKT-\U0001f39f"):
            with self.assertRaises(ev.EventosError.InvalidInput):
                ev.parse_ticket_number(text)
        with self.assertRaises(UnicodeEncodeError):
            ev.parse_ticket_number("\ud800")

    def test_small_calls_keep_no_memory(self):
        self.assertLess(grown(MANY_CALLS), 4_000, "kilobytes")

    @unittest.skipUnless(hasattr(ctypes.CDLL(None), "mallinfo2"), "only glibc counts its memory")
    def test_calls_that_ask_a_platform_keep_no_memory(self):
        self.assertLess(grown(MANY_QUERIES), 100_000, "bytes")

    def test_what_holds_a_secret_is_printed_without_it(self):
        user, ticket, now = ev.ProfileId(value="u"), ev.TicketId(value="t"), datetime.now(timezone.utc)
        header = ev.HttpHeader(name="apikey", value=SECRET)
        for holder in (
            ev.Settings(url="https://eventos.example", key=SECRET),
            ev.Session(user_id=user, email="ann@example.com", access_token=SECRET, expires_at=now),
            ev.DoorSettings(token=SECRET),
            ev.IssuedTicket(id=ticket, ticket_number="TKT", qr_code=SECRET, status=ev.TicketStatus.ACTIVE(), attendee=None),
            header,
            ev.HttpRequest(method="GET", url=SECRET, headers=[header], body=SECRET),
        ):
            for printed in (str(holder), repr(holder)):
                self.assertNotIn(SECRET, printed)
                self.assertTrue(printed.startswith(type(holder).__name__))

    def test_the_version_is_told(self):
        self.assertEqual(ev.version(), importlib.metadata.version("eventos"))


def grown(program):
    return int(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout)


SECRET = "do-not-tell"

#: Prints by how many kilobytes a process grows over a million calls.
MANY_CALLS = """
import pathlib
import eventos as ev

def calls(count):
    for _ in range(count):
        ev.format_cents(ev.Cents(value=29_900))
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4

calls(20_000)
before = calls(20_000)
print(calls(1_000_000) - before)
"""

#: Prints by how many bytes what was taken from the C library's `malloc` grows over 4,000 queries that are answered at once.
MANY_QUERIES = """
import asyncio, ctypes, gc
import eventos as ev

class Memory(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_size_t)
        for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()
    ]

memory = ctypes.CDLL(None).mallinfo2
memory.restype = Memory

class Still(ev.Platform):
    async def send(self, request):
        return ev.HttpResponse(status=200, headers=[], body=b"[]")

    async def sleep(self, duration):
        await asyncio.Event().wait()

async def calls(count):
    for _ in range(count):
        await client.events.all()
    gc.collect()
    return memory().uordblks

async def main():
    await calls(1_000)
    before = await calls(1_000)
    print(await calls(4_000) - before)

client = ev.connect("https://eventos.example", "sb_publishable_key", platform=Still())
asyncio.run(main())
"""
