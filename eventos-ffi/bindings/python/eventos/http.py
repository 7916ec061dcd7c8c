"""Requests over the standard library."""

import asyncio
import urllib.error
import urllib.request
from datetime import timedelta

from ._native import HttpHeader, HttpRequest, HttpResponse, Platform, PlatformError


class UrllibPlatform(Platform):
    """Sends each request on a thread of its own. Proxies are those of the environment."""

    def __init__(self):
        self._opener = urllib.request.build_opener(_AsItIs)

    async def send(self, request: HttpRequest) -> HttpResponse:
        return await asyncio.to_thread(self._send, request)

    async def sleep(self, duration: timedelta) -> None:
        await asyncio.sleep(duration.total_seconds())

    def _send(self, request: HttpRequest) -> HttpResponse:
        body = None if request.body is None else request.body.encode()
        headers = {header.name: header.value for header in request.headers}
        asked = urllib.request.Request(request.url, data=body, headers=headers, method=request.method)
        try:
            with self._opener.open(asked) as answer:
                headers = [HttpHeader(name=name, value=value) for name, value in answer.headers.items()]
                return HttpResponse(status=answer.status, headers=headers, body=answer.read())
        except OSError:
            # What it says can hold the URL, which may name people.
            raise PlatformError.NoConnection("no connection to the server, or it broke before the answer was complete") from None


class _AsItIs(urllib.request.HTTPRedirectHandler, urllib.request.HTTPErrorProcessor):
    """An answer with any status is an answer; a redirect is not followed, because a request carries its key."""

    def http_response(self, request, response):
        return response

    https_response = http_response
