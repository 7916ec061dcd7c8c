//! What the tests of the whole system share.

pub mod pending_order;
pub mod proxy;
pub mod seeded;
pub mod sql;
