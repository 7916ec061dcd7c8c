//! The modules that uniffi writes for the native library: Kotlin's and Swift's, which are committed, and Python's, which goes into its
//! wheel.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::generate::Generated;
use crate::kotlin_module::legible;
use crate::shell::{Shell, cargo};
use crate::swift_module::cancellable;
use crate::{native, workspace};

const KOTLIN: &str = "eventos-ffi/bindings/kotlin/src/generated/kotlin/org/eventos/eventos.kt";
const SWIFT: &str = "eventos-ffi/bindings/swift/Sources/EventOS/Generated/EventOS.swift";
const SWIFT_HEADER: &str = "eventos-ffi/bindings/swift/Sources/EventOSFFI/EventOSFFI.h";

/// The files that are committed.
pub(crate) fn files(shell: &mut Shell) -> Result<Vec<Generated>> {
    let library = native::for_tests(shell)?;
    let folder = workspace::target().join("xtask/modules");
    for language in ["kotlin", "swift"] {
        write(language, &library, &folder, shell)?;
    }
    let read = |name: &str| fs::read_to_string(folder.join(name));
    Ok(vec![
        Generated { path: KOTLIN, contents: marked(&legible(&read("org/eventos/eventos.kt")?)?) },
        Generated { path: SWIFT, contents: marked(&cancellable(&read("EventOS.swift")?)?) },
        Generated { path: SWIFT_HEADER, contents: marked(&read("EventOSFFI.h")?) },
    ])
}

/// Writes the module of a language for a library that still has its metadata.
pub(crate) fn write(language: &str, library: &Path, folder: &Path, shell: &mut Shell) -> Result<()> {
    let mut bindgen = cargo("run --quiet --package eventos-ffi-bindgen -- generate --no-format --config");
    bindgen.args(["eventos-ffi/bindings/uniffi.toml", "--language", language, "--out-dir"]).arg(folder).arg(library);
    shell.run(bindgen)
}

fn marked(module: &str) -> String {
    let lines = module.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    format!("// Written by `cargo xtask generate` from eventos-ffi, through uniffi. Do not edit.\n{lines}\n")
}
