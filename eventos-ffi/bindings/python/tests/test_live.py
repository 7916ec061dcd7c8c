"""The specification's story, on the server that the environment names."""

import json
import os
import unittest
import uuid

import eventos as ev
from story import EMAILS, PASSWORD, play
from test_scenarios import SCENARIOS

URL, ANON_KEY, SERVICE_KEY = (os.environ.get(f"EVENTOS_{name}") for name in ("URL", "ANON_KEY", "SERVICE_KEY"))


@unittest.skipUnless(URL, "name a server in EVENTOS_URL, EVENTOS_ANON_KEY and EVENTOS_SERVICE_KEY")
class Live(unittest.IsolatedAsyncioTestCase):
    maxDiff = None

    async def test_the_stories_are_played_to_their_ends(self):
        for file in sorted((SCENARIOS / "live").glob("*.json")):
            for story in json.loads(file.read_text())["scenarios"]:
                self.assertEqual(await play(story, URL, ANON_KEY, SERVICE_KEY), [], story["name"])

    async def test_a_table_is_written_read_in_pages_and_cleared(self):
        organizer = ev.connect(URL, ANON_KEY)
        await organizer.sign_in_with_password(EMAILS["organizer"], PASSWORD)
        street = f"{uuid.uuid4()} Street"
        rows = [ev.NewVenue(name=f"Hall {number}", address=street, capacity=100 + number) for number in range(5)]
        made = await organizer.venues.insert(*rows)
        here = organizer.venues.where(ev.VenueFilter.ADDRESS(ev.TextTest.IS(street)))
        try:
            pages = [page async for page in here.order_by(ev.VenueColumn.CAPACITY, ev.Direction.DESCENDING).pages(2)]
            self.assertEqual([[row.capacity for row in page] for page in pages], [[104, 103], [102, 101], [100]])
            cut = [page async for page in here.order_by(ev.VenueColumn.CAPACITY).limit(3).pages(2)]
            self.assertEqual([[row.capacity for row in page] for page in cut], [[100, 101], [102]])
            self.assertEqual(await here.count(), 5)
            self.assertEqual((await here.limit(2).offset(1).order_by(ev.VenueColumn.NAME).all())[0].name, "Hall 1")
            one = here.where(ev.VenueFilter.ID(ev.VenueIdTest.IS(made[0].id)))
            changed = await one.update(ev.VenueChange.POSTAL_CODE("M5V"), ev.VenueChange.CAPACITY(50))
            self.assertEqual((changed[0].postal_code, (await one.single()).capacity), ("M5V", 50))
            await one.update(ev.VenueChange.POSTAL_CODE(None))
            self.assertIsNone((await one.maybe_single()).postal_code)
            self.assertTrue((await one.csv()).startswith("id,name,address"))
        finally:
            self.assertEqual(await here.delete(), 5)
        self.assertIsNone(await one.maybe_single())

    async def test_a_card_brings_what_belongs_to_its_row(self):
        card = (await ev.connect(URL, ANON_KEY).events.limit(1).cards())[0]
        self.assertTrue(card.venue.city)
        self.assertGreaterEqual(card.stats.tickets_available, 0)
