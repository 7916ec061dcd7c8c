use eventos_core::{NewAttendee, OrderId};

fn attendee(order: OrderId) -> NewAttendee {
    NewAttendee {
        order_id: order,
        event_id: order,
        full_name: "John Doe".into(),
        email: "john@example.com".into(),
    }
}

fn main() {}
