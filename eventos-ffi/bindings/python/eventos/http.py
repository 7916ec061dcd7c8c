"""Requests over the standard library."""

import asyncio
import http.client
import socket
import threading
import urllib.request
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from datetime import timedelta
from functools import partial

from ._native import HttpHeader, HttpRequest, HttpResponse, Platform, PlatformError

#: How many requests are under way at once.
AT_ONCE = 100

#: How many seconds a connection may take to stand. How long a call may take, the client's own limit says.
CONNECTING = 60


class UrllibPlatform(Platform):
    """Sends each request on a thread, up to 100 at once. Proxies are those of the environment.

    A call that is given up ends its connection, and no thread keeps the program from ending.
    """

    def __init__(self):
        self._opener = urllib.request.build_opener(_AsItIs, _Connections)
        self._lock = threading.Lock()
        self._threads = 0
        self._waiting = deque()

    async def send(self, request: HttpRequest) -> HttpResponse:
        exchange = _Exchange(request)
        self._begin(exchange)
        try:
            return await asyncio.wrap_future(exchange.answer)
        finally:
            exchange.end()

    async def sleep(self, duration: timedelta) -> None:
        await asyncio.sleep(duration.total_seconds())

    def _begin(self, exchange):
        with self._lock:
            if self._threads == AT_ONCE:
                self._waiting.append(exchange)
            else:
                threading.Thread(target=self._work, args=(exchange,), name="eventos", daemon=True).start()
                self._threads += 1

    def _work(self, exchange):
        while exchange is not None:
            exchange.run(self._opener)
            with self._lock:
                exchange = self._waiting.popleft() if self._waiting else None
                self._threads -= exchange is None


class _Exchange(urllib.request.Request):
    """A request, its answer to come, and the connection between them, which can be cut at any time."""

    def __init__(self, request):
        body = None if request.body is None else request.body.encode()
        headers = {header.name: header.value for header in request.headers}
        super().__init__(request.url, data=body, headers=headers, method=request.method)
        self.answer = Future()
        self._lock = threading.Lock()
        self._is_over = False
        self._connection = None

    def run(self, opener):
        if self.answer.set_running_or_notify_cancel():
            try:
                self.answer.set_result(self._asked(opener))
            except BaseException as error:
                self.answer.set_exception(error)

    def hold(self, connection):
        """Takes a connection over which nothing was sent yet. Its copy lasts: TLS and `http.client` take the original away."""
        with self._lock:
            if self._is_over:
                raise ConnectionAbortedError
            self._connection = connection.dup()

    def end(self):
        with self._lock:
            self._is_over = True
            if self._connection is not None:
                with suppress(OSError):
                    self._connection.shutdown(socket.SHUT_RDWR)
                self._connection.close()
                self._connection = None

    def _asked(self, opener):
        try:
            with opener.open(self, timeout=CONNECTING) as answer:
                headers = [HttpHeader(name=name, value=value) for name, value in answer.headers.items()]
                return HttpResponse(status=answer.status, headers=headers, body=answer.read())
        except (OSError, http.client.HTTPException) as error:
            if isinstance(getattr(error, "reason", error), TimeoutError):
                raise PlatformError.TimedOut() from None
            # What it says can hold the URL, which may name people.
            raise PlatformError.NoConnection("no connection to the server, or it broke before the answer was complete") from None
        finally:
            self.end()


class _Connection(http.client.HTTPConnection):
    """A connection that its exchange holds. It has a time limit only until it stands."""

    @classmethod
    def of(cls, exchange, host, **options):
        connection = cls(host, **options)
        connection._exchange = exchange
        return connection

    def connect(self):
        super().connect()
        self._exchange.hold(self.sock)
        self.sock.settimeout(None)


class _SecureConnection(http.client.HTTPSConnection, _Connection):
    """TLS begins where `_Connection` ends."""


class _Connections(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    def http_open(self, exchange):
        return self.do_open(partial(_Connection.of, exchange), exchange)

    def https_open(self, exchange):
        return self.do_open(partial(_SecureConnection.of, exchange), exchange)


class _AsItIs(urllib.request.HTTPRedirectHandler, urllib.request.HTTPErrorProcessor):
    """An answer with any status is an answer; a redirect is not followed, because a request carries its key."""

    def http_response(self, request, response):
        return response

    https_response = http_response
