"""A platform that holds everything still: it answers as a scenario tells, and notes what was sent and how long was waited."""

import asyncio
import json
from datetime import datetime, timedelta

from eventos import Clock, HttpHeader, HttpResponse, Platform, PlatformError


class Host(Platform, Clock):
    def __init__(self, exchanges, now):
        self.sent = []
        self.pauses = []
        self._exchanges = list(exchanges)
        self._now = datetime.fromisoformat(now)
        self._byte = 0
        self._may_be_tried_again = False

    async def send(self, request):
        # The limit that runs beside a request begins first.
        for _ in range(5):
            await asyncio.sleep(0)
        self.sent.append(request)
        if not self._exchanges:
            raise PlatformError.NoConnection("nothing more is told")
        exchange = self._exchanges.pop(0)
        answer = _answer(**exchange["response"]) if "response" in exchange else None
        self._may_be_tried_again = answer is None or answer.status == 429 or answer.status >= 500
        match exchange.get("fault"):
            case None:
                return answer
            case "connect":
                raise PlatformError.NoConnection("no connection")
            case "timeout":
                raise PlatformError.TimedOut()
            case "cancelled":
                raise PlatformError.Cancelled()

    async def sleep(self, duration):
        if not self._may_be_tried_again:
            # No time limit ever passes.
            await asyncio.Event().wait()
        self._may_be_tried_again = False
        self.pauses.append(duration // timedelta(milliseconds=1))
        self._now += duration

    def now(self):
        return self._now

    def random(self, length):
        start, self._byte = self._byte, self._byte + length
        return bytes((start + 1 + index) & 255 for index in range(length))


def _answer(status=200, headers=None, body=None, text=None, repeat=None):
    headers = dict(headers or {})
    if body is not None:
        headers = {"content-type": "application/json", **headers}
        text = json.dumps(body * repeat if repeat else body)
    headers = [HttpHeader(name=name, value=value) for name, value in headers.items()]
    return HttpResponse(status=status, headers=headers, body=(text or "").encode())
