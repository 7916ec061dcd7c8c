//! Building for the browser: with rustup's wasm32 target, or with Debian's compiler and its standard library's source.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::install::apt_command;
use crate::shell::{Shell, cargo, program};
use crate::steps::{Missing, Outcome};
use crate::workspace;

/// The core's features that a browser may use: none of them brings a runtime or an HTTP client.
pub(crate) const FEATURES: [&str; 2] = ["", "symbol"];

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_PACKAGES: &str = "rustc-web cargo-web rust-web-src";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";

/// Compiles the core as a browser gets it, and a host there.
pub(crate) fn build_core(shell: &mut Shell) -> Result<Outcome> {
    let Some(toolchain) = Toolchain::find(shell)? else {
        return Ok(Outcome::Skipped(Missing {
            what: format!("no compiler for {TARGET}"),
            install: format!("rustup target add {TARGET}, or {}", apt_command(DEBIAN_PACKAGES)),
        }));
    };
    for features in FEATURES {
        let mut build = toolchain.build();
        build.args(["--package", "eventos-core", "--lib", "--no-default-features", "--features", features]);
        shell.run(build)?;
    }
    let mut build = toolchain.build();
    build.args(["--package", "browser-host"]);
    shell.run(build)?;
    Ok(Outcome::Passed)
}

/// A compiler that can build for the browser.
enum Toolchain {
    Rustup,
    Debian { linker: PathBuf },
}

impl Toolchain {
    /// The compiler that is here; rustup is asked for its target only when there is none.
    fn find(shell: &mut Shell) -> Result<Option<Self>> {
        let sysroot = sysroot("rustc", shell)?;
        let installed = sysroot.join("lib/rustlib").join(TARGET);
        if installed.exists() {
            return Ok(Some(Self::Rustup));
        }
        if let Some(debian) = Self::debian(&sysroot, shell)? {
            return Ok(Some(debian));
        }
        let mut rustup = program("rustup", ["target", "add", TARGET]);
        rustup.env("RUSTUP_MAX_RETRIES", "1");
        Ok(shell.run(rustup).is_ok().then_some(Self::Rustup))
    }

    fn debian(sysroot: &Path, shell: &mut Shell) -> Result<Option<Self>> {
        if !Path::new(DEBIAN_RUSTC).exists() || !Path::new(DEBIAN_CARGO).exists() {
            return Ok(None);
        }
        let source = self::sysroot(DEBIAN_RUSTC, shell)?.join("lib/rustlib/src/rust/library/std");
        let linker = sysroot.join("lib/rustlib").join(host(shell)?).join("bin/rust-lld");
        Ok((source.exists() && linker.exists()).then_some(Self::Debian { linker }))
    }

    /// `cargo build` for the browser; the packages and features are the caller's to add.
    fn build(&self) -> Command {
        match self {
            Self::Rustup => cargo(&format!("build --target {TARGET}")),
            Self::Debian { linker } => {
                let mut build = Command::new(DEBIAN_CARGO);
                build
                    .args(["build", "-Zbuild-std=std,panic_abort", "--target", TARGET, "--target-dir"])
                    .arg(workspace::target().join("debian-wasm"))
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("RUSTC", DEBIAN_RUSTC)
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
                build
            }
        }
    }
}

fn sysroot(rustc: &str, shell: &mut Shell) -> Result<PathBuf> {
    let printed = shell.read(program(rustc, ["--print", "sysroot"]))?;
    Ok(PathBuf::from(printed.trim()))
}

/// The machine's own target triple.
fn host(shell: &mut Shell) -> Result<String> {
    let printed = shell.read(program("rustc", ["--print", "host-tuple"]))?;
    Ok(printed.trim().to_owned())
}
