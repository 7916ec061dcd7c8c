//! What the compiler refuses, with which words, and what it accepts.
//!
//! A wrong query must not compile, and the message must say what to do. After a change of a message or of the compiler,
//! `TRYBUILD=overwrite cargo test -p eventos-compile-tests` writes the `.stderr` files anew: read the difference.

#[test]
fn wrong_queries_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/compile_fail/*.rs");
    cases.pass("tests/compile_pass/*.rs");
}
