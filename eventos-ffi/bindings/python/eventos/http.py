"""Requests over the standard library."""

import asyncio
import http.client
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from ._native import HttpHeader, HttpRequest, HttpResponse, Platform, PlatformError


class UrllibPlatform(Platform):
    """Sends each request on a thread, up to 100 at once. Proxies are those of the environment.

    A thread cannot be stopped: a call that is given up leaves its request waiting until the server has been silent for `patience`
    seconds.
    """

    def __init__(self, patience: float = 60):
        self._opener = urllib.request.build_opener(_AsItIs)
        self._patience = patience
        self._threads = ThreadPoolExecutor(max_workers=100, thread_name_prefix="eventos")

    async def send(self, request: HttpRequest) -> HttpResponse:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._send, request)

    async def sleep(self, duration: timedelta) -> None:
        await asyncio.sleep(duration.total_seconds())

    def _send(self, request: HttpRequest) -> HttpResponse:
        body = None if request.body is None else request.body.encode()
        headers = {header.name: header.value for header in request.headers}
        asked = urllib.request.Request(request.url, data=body, headers=headers, method=request.method)
        try:
            with self._opener.open(asked, timeout=self._patience) as answer:
                headers = [HttpHeader(name=name, value=value) for name, value in answer.headers.items()]
                return HttpResponse(status=answer.status, headers=headers, body=answer.read())
        except (OSError, http.client.HTTPException):
            # What it says can hold the URL, which may name people.
            raise PlatformError.NoConnection("no connection to the server, or it broke before the answer was complete") from None


class _AsItIs(urllib.request.HTTPRedirectHandler, urllib.request.HTTPErrorProcessor):
    """An answer with any status is an answer; a redirect is not followed, because a request carries its key."""

    def http_response(self, request, response):
        return response

    https_response = http_response
