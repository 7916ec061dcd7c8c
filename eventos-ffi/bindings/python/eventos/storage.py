"""A session in a file."""

import asyncio
import os
import tempfile
import threading
from pathlib import Path

from ._native import PlatformError, SessionStorage


class FileStorage(SessionStorage):
    """Keeps the session in a file that its owner alone can read: whoever has it is the user."""

    def __init__(self, path: str | os.PathLike[str]):
        self._path = Path(path)
        self._turn = threading.Lock()

    async def load(self) -> str | None:
        return await self._on_a_thread(self._load)

    async def save(self, session: str) -> None:
        await self._on_a_thread(self._save, session)

    async def clear(self) -> None:
        await self._on_a_thread(self._path.unlink, True)

    async def _on_a_thread(self, work, *arguments):
        try:
            return await asyncio.to_thread(self._in_turn, work, *arguments)
        except (OSError, UnicodeError):
            # What it says holds the path, which may name people.
            raise PlatformError.Unavailable("the session's file cannot be read or written") from None

    def _in_turn(self, work, *arguments):
        # A save that was given up still ends before what comes after it.
        with self._turn:
            return work(*arguments)

    def _load(self):
        try:
            return self._path.read_bytes().decode()
        except FileNotFoundError:
            return None

    def _save(self, session):
        handle, written = tempfile.mkstemp(dir=self._path.parent, prefix=f"{self._path.name}.")
        try:
            with open(handle, "wb") as file:
                file.write(session.encode())
                file.flush()
                os.fsync(handle)
            os.replace(written, self._path)
        except BaseException:
            os.unlink(written)
            raise
