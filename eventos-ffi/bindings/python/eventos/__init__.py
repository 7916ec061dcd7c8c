"""Sell event tickets and let people in at the door, on Supabase.

The names of the native module are all here; this package adds what Python has ways of its own for: a transport over the standard
library, a session in a file, and tables whose conditions grow step by step.
"""

from ._native import *  # noqa: F403
from ._native import Log, Platform, SessionStorage, Settings, TokenProvider
from .http import UrllibPlatform
from .storage import FileStorage
from .tables import Eventos


def connect(
    url: str,
    key: str,
    *,
    platform: Platform | None = None,
    tokens: TokenProvider | None = None,
    storage: SessionStorage | None = None,
    log: Log | None = None,
    **settings,
) -> Eventos:
    """A client of one server. It sends nothing before its first call; `settings` are those of `Settings`."""
    return Eventos(Settings(url=url, key=key, **settings), platform or UrllibPlatform(), tokens, storage, None, log)
