//! The source of Rust's standard library, for what is built small with one of its own.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::shell::{Shell, program};

/// Whether the source is there, after asking rustup for it.
pub(crate) fn is_at_hand(shell: &mut Shell) -> Result<bool> {
    let sysroot = sysroot("rustc", shell)?;
    if came_with(&sysroot) {
        return Ok(true);
    }
    let mut rustup = program("rustup", ["component", "add", "rust-src"]);
    rustup.env("RUSTUP_MAX_RETRIES", "1");
    Ok(shell.run(rustup).is_ok() && came_with(&sysroot))
}

/// Whether a compiler came with the source.
pub(crate) fn came_with(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib/src/rust/library/std").exists()
}

/// Where a compiler keeps its own.
pub(crate) fn sysroot(rustc: &str, shell: &mut Shell) -> Result<PathBuf> {
    let printed = shell.read(program(rustc, ["--print", "sysroot"]))?;
    Ok(PathBuf::from(printed.trim()))
}

/// The machine's own target triple.
pub(crate) fn host(shell: &mut Shell) -> Result<String> {
    let printed = shell.read(program("rustc", ["--print", "host-tuple"]))?;
    Ok(printed.trim().to_owned())
}
