//! What the tests of the whole system share.

pub mod proxy;
pub mod seeded;
pub mod sql;
