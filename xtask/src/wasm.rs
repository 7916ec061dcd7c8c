//! Building for the browser: with rustup's wasm32 target, or with Debian's compiler and its standard library's source.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::install::apt_command;
use crate::shell::{Shell, cargo, program};
use crate::steps::{Missing, Outcome};
use crate::{rust_std, workspace};

/// The core's features that a browser may use: none of them brings a runtime or an HTTP client.
pub(crate) const FEATURES: [&str; 2] = ["", "symbol"];

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_PACKAGES: &str = "rustc-web cargo-web rust-web-src";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";

/// Compiles the core as a browser gets it, and a host there.
pub(crate) fn build_core(shell: &mut Shell) -> Result<Outcome> {
    let Some(toolchain) = Toolchain::find(shell)? else {
        return Ok(Outcome::Skipped(missing()));
    };
    for features in FEATURES {
        let mut build = toolchain.build();
        build.args(["--package", "eventos-core", "--lib", "--no-default-features", "--features", features]);
        shell.run(build)?;
    }
    let mut build = toolchain.build();
    build.args(["--package", "browser-host"]);
    shell.run(build)?;
    toolchain.lint("eventos-wasm", shell)?;
    Ok(Outcome::Passed)
}

/// What to install where no compiler for the browser is.
pub(crate) fn missing() -> Missing {
    Missing {
        what: format!("no compiler for {TARGET}"),
        install: format!("rustup target add {TARGET}, or {}", apt_command(DEBIAN_PACKAGES)),
    }
}

/// A compiler that can build for the browser.
pub(crate) enum Toolchain {
    Rustup,
    Debian { linker: PathBuf },
}

/// A library for publication.
pub(crate) struct Small {
    pub(crate) library: PathBuf,
    /// Whether it was built with a standard library whose panics have no words, which takes a tenth off.
    pub(crate) has_silent_panics: bool,
}

/// Leaves out what a panic would say, and where: a browser loads none of it. Rust calls these flags unstable.
const SMALL: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none";

impl Toolchain {
    /// The compiler that is here; rustup is asked for its target only when there is none.
    pub(crate) fn find(shell: &mut Shell) -> Result<Option<Self>> {
        let sysroot = rust_std::sysroot("rustc", shell)?;
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
        let source = rust_std::sysroot(DEBIAN_RUSTC, shell)?;
        let linker = sysroot.join("lib/rustlib").join(rust_std::host(shell)?).join("bin/rust-lld");
        Ok((rust_std::came_with(&source) && linker.exists()).then_some(Self::Debian { linker }))
    }

    /// Builds a package for publication, small, and gives its library.
    pub(crate) fn build_small(&self, package: &str, shell: &mut Shell) -> Result<Small> {
        let library =
            |folder: PathBuf| folder.join(TARGET).join("web").join(format!("{}.wasm", package.replace('-', "_")));
        if matches!(self, Self::Debian { .. }) || rust_std::is_at_hand(shell)? {
            let folder = self.target_folder().join("small-wasm");
            let mut build = self.build();
            build.args(["--package", package, "--profile", "web", "--target-dir"]).arg(&folder);
            if let Self::Rustup = self {
                build.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1");
            }
            build.arg("-Zbuild-std-features=").env("RUSTFLAGS", SMALL);
            if shell.run(build).is_ok() {
                return Ok(Small { library: library(folder), has_silent_panics: true });
            }
        }
        shell.note("the standard library cannot be built here: the package gets a tenth larger")?;
        let mut build = self.build();
        build.args(["--package", package, "--profile", "web"]);
        shell.run(build)?;
        Ok(Small { library: library(self.target_folder()), has_silent_panics: false })
    }

    /// Looks for lints in a package that is only there for the browser, where an `Arc` holds what cannot leave its thread: natively
    /// it can. Debian's compiler comes without clippy.
    fn lint(&self, package: &str, shell: &mut Shell) -> Result<()> {
        match self {
            Self::Rustup => shell.run(cargo(&format!(
                "clippy --target {TARGET} --package {package} -- -D warnings -A clippy::arc_with_non_send_sync"
            ))),
            Self::Debian { .. } => Ok(()),
        }
    }

    fn target_folder(&self) -> PathBuf {
        match self {
            Self::Rustup => workspace::target(),
            Self::Debian { .. } => workspace::target().join("debian-wasm"),
        }
    }

    /// `cargo build` for the browser; the packages and features are the caller's to add.
    fn build(&self) -> Command {
        match self {
            Self::Rustup => cargo(&format!("build --target {TARGET}")),
            Self::Debian { linker } => {
                let mut build = Command::new(DEBIAN_CARGO);
                build
                    .args(["build", "-Zbuild-std=std,panic_abort", "--target", TARGET, "--target-dir"])
                    .arg(self.target_folder())
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("RUSTC", DEBIAN_RUSTC)
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
                build
            }
        }
    }
}
