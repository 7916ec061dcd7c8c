"""The session in a file: private, whole, and one for each name."""

import asyncio
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import eventos as ev


class Storage(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.file = self.folder / "session.json"
        self.storage = ev.FileStorage(self.file)

    def names(self):
        return sorted(entry.name for entry in self.folder.iterdir())

    async def test_a_session_is_kept_in_a_file_of_its_owner(self):
        self.assertIsNone(await self.storage.load())
        await self.storage.save("one")
        await self.storage.save("zw\u00f6lf\r\n")
        self.assertEqual(await self.storage.load(), "zw\u00f6lf\r\n")
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.names(), ["session.json"])
        await self.storage.clear()
        await self.storage.clear()
        self.assertIsNone(await self.storage.load())

    async def test_a_leftover_that_all_can_read_gets_no_session(self):
        for name in ("session.new", "session.json"):
            self.folder.joinpath(name).write_text("left over")
            self.folder.joinpath(name).chmod(0o644)
        await self.storage.save("secret")
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.folder.joinpath("session.new").read_text(), "left over")

    async def test_a_link_gets_no_session(self):
        elsewhere = self.folder / "elsewhere"
        elsewhere.write_text("another's")
        for name in ("session.new", "session.json"):
            self.folder.joinpath(name).symlink_to(elsewhere)
        await self.storage.save("secret")
        self.assertEqual(elsewhere.read_text(), "another's")
        self.assertFalse(self.file.is_symlink())

    async def test_what_cannot_be_written_is_told_without_its_path(self):
        taken = self.folder / "taken"
        taken.mkdir()
        for storage in (ev.FileStorage(self.folder / "missing/session.json"), ev.FileStorage(taken)):
            with self.assertRaises(ev.PlatformError.Unavailable) as refused:
                await storage.save("secret")
            self.assertNotIn(str(self.folder), str(refused.exception))
        self.assertEqual(self.names(), ["taken"])

    async def test_what_cannot_be_read_is_told_without_its_path(self):
        self.file.write_bytes(b"\xff")
        for path in (self.file, self.folder):
            with self.assertRaises(ev.EventosError.Storage) as refused:
                await ev.connect("https://eventos.example", "sb_publishable_key", storage=ev.FileStorage(path)).session()
            self.assertIn("the session's file cannot be read", refused.exception.detail)
            self.assertNotIn(str(self.folder), refused.exception.detail)

    async def test_two_names_beside_each_other_are_two_sessions(self):
        async def kept(name):
            storage = ev.FileStorage(self.folder / f"session.{name}")
            for number in range(200):
                await storage.save(f"{name} {number}")
                self.assertEqual(await storage.load(), f"{name} {number}")

        with ThreadPoolExecutor() as threads:
            list(threads.map(lambda name: asyncio.run(kept(name)), ("alice", "bob")))
        self.assertEqual(self.names(), ["session.alice", "session.bob"])

    async def test_two_that_save_at_once_leave_one_whole_session(self):
        async def saved(letter):
            storage = ev.FileStorage(self.file)
            for length in range(1, 200):
                await storage.save(letter * length)
                self.assertEqual(len(set(await storage.load())), 1)

        with ThreadPoolExecutor() as threads:
            list(threads.map(lambda letter: asyncio.run(saved(letter)), "ab"))
        self.assertEqual(self.names(), ["session.json"])

    async def test_a_save_that_was_given_up_ends_before_what_comes_after_it(self):
        with mock.patch("os.fsync", lambda _: time.sleep(0.2)):
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(self.storage.save("secret"), 0.05)
            await self.storage.clear()
        self.assertEqual(self.names(), [])
