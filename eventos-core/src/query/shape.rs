//! The shapes of answers: what a [`Fetch`](super::Fetch) gives when it is awaited.

use std::marker::PhantomData;

/// Rows: gives a `Vec<P>`.
#[derive(Debug)]
pub struct Rows<P>(PhantomData<fn() -> P>);

/// Exactly one row: gives a `P`.
#[derive(Debug)]
pub struct One<P>(PhantomData<fn() -> P>);

/// A number of rows that match: gives a `u64`.
#[derive(Debug)]
pub enum Total {}

/// A number of rows written: gives a `u64`.
#[derive(Debug)]
pub enum Affected {}

/// Comma-separated values: gives a `String`.
#[derive(Debug)]
pub enum Csv {}

/// The server's plan: gives a `String`.
#[derive(Debug)]
pub enum Plan {}

/// What a function returned: gives an `R`.
#[derive(Debug)]
pub struct Returned<R>(PhantomData<fn() -> R>);
