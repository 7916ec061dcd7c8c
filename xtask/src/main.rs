//! `cargo xtask`: the one entry point for people and CI.

mod test;
mod steps;
mod shell;
mod progress;
mod install;
mod rust_std;
mod wasm;
mod npm;
mod native;
mod modules;
mod python;
mod python_module;
mod python_tables;
mod secrets;
mod kotlin;
mod kotlin_module;
mod kotlin_tables;
mod android;
mod swift;
mod swift_module;
mod swift_tables;
mod swift_toolchain;
mod xcframework;
mod server;
mod web_example;
mod demo;
mod bench;
mod generate;
mod transliteration;
mod typescript;
mod mirrors;
mod peer_requests;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Runs everything that EventOS needs while it is being developed.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run everything CI runs, or only the steps named.
    Test(test::Options),
    /// Sell a ticket and let its holder in, on an embedded backend or the server in `EVENTOS_URL`.
    Demo(demo::Options),
    /// Run the benchmarks beside their peers and write the table in BENCHMARKS.md.
    Bench(bench::Options),
    /// Build the npm package `@eventos/wasm`, ready for `npm pack`.
    Npm(npm::Options),
    /// Build the Kotlin package for the JVM, as a jar that brings its native library.
    Kotlin(kotlin::Options),
    /// Build the Kotlin package's native libraries for Android.
    Android(android::Options),
    /// Put the Swift package together.
    Swift(swift::Options),
    /// Build the core for iOS and macOS as an XCFramework; on macOS.
    Xcframework(xcframework::Options),
    /// Build the Python package as a wheel.
    Python(python::Options),
    /// Write the files that are computed from another source.
    Generate(generate::Options),
}

fn main() -> ExitCode {
    let result = match Cli::parse().task {
        Task::Test(options) => test::run(&options),
        Task::Demo(options) => demo::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Npm(options) => npm::run(&options),
        Task::Kotlin(options) => kotlin::run(&options),
        Task::Android(options) => android::run(&options),
        Task::Swift(options) => swift::run(&options),
        Task::Xcframework(options) => xcframework::run(&options),
        Task::Python(options) => python::run(&options),
        Task::Generate(options) => generate::run(&options),
    };
    result.unwrap_or_else(|error| {
        eprintln!("{} {error:#}", progress::red("error:"));
        ExitCode::FAILURE
    })
}
