use eventos_core::{Order, OrderId};

fn orders_of(event: OrderId) {
    let _ = Order::EVENT_ID.eq(event);
}

fn main() {}
