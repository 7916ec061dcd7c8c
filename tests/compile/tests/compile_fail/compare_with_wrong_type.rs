use eventos_core::Event;

fn main() {
    let _ = Event::CAPACITY.gte("200");
    let _ = Event::STATUS.eq("published");
}
