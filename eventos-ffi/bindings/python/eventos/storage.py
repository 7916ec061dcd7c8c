"""A session in a file."""

import os
from pathlib import Path

from ._native import SessionStorage


class FileStorage(SessionStorage):
    """Keeps the session in a file that its owner alone can read: whoever has it is the user."""

    def __init__(self, path: str | os.PathLike[str]):
        self._path = Path(path)

    async def load(self) -> str | None:
        try:
            return self._path.read_text()
        except FileNotFoundError:
            return None

    async def save(self, session: str) -> None:
        written = self._path.with_suffix(".new")
        with open(written, "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(session)
        written.replace(self._path)

    async def clear(self) -> None:
        self._path.unlink(missing_ok=True)
