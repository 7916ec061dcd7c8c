//! EventOS.
pub mod codes;
