use eventos_core::{Event, EventStatus, Venue};

fn main() {
    let _ = Event::STATUS.eq(EventStatus::Published) & Venue::CITY.eq("Toronto");
}
