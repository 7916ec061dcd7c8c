use eventos_core::EventStats;
use eventos_core::query::from;

fn main() {
    let _ = from::<EventStats>().delete();
}
