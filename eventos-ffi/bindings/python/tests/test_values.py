"""How values compare, hash and print."""

import unittest

import eventos as ev


class ValuesTest(unittest.TestCase):
    def test_an_id_is_equal_to_the_same_of_its_kind_alone(self):
        event = ev.EventId(value="x")
        self.assertEqual(event, ev.EventId(value="x"))
        self.assertNotEqual(event, ev.EventId(value="y"))
        self.assertNotEqual(event, ev.OrderId(value="x"))
        self.assertNotEqual(event, None)
        self.assertNotIn(event, [None, ev.OrderId(value="x")])

    def test_ids_amounts_and_statuses_are_keys(self):
        keys = {ev.EventId(value="x"), ev.EventId(value="x"), ev.OrderId(value="x"), ev.Cents(value=1), ev.Cents(value=1)}
        self.assertEqual(len(keys), 3)
        self.assertEqual({ev.TicketStatus.USED(): 1}[ev.TicketStatus.USED()], 1)
        self.assertNotIn(ev.TicketStatus.USED(), {ev.TicketStatus.ACTIVE()})

    def test_a_record_prints_what_it_holds(self):
        seen = ev.ScannedTicket(id=ev.TicketId(value="t"), number="TKT-B1111111-251013")
        self.assertEqual(repr([seen]), "[ScannedTicket(id=TicketId(value=t), number=TKT-B1111111-251013)]")


if __name__ == "__main__":
    unittest.main()
