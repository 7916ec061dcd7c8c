use eventos_core::{NewVenue, Venue};

fn rename(venue: NewVenue) {
    let _ = venue.set(Venue::NAME, "Royal York");
}

fn main() {}
