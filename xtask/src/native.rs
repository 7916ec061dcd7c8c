//! The native library of phones, desktops and Python: as it is quickest built for tests, and small for publication.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::rust_std;
use crate::shell::{Shell, cargo, program};
use crate::steps::{Missing, Outcome};
use crate::workspace;

/// What the library is called on this machine.
pub(crate) fn name() -> String {
    format!("{DLL_PREFIX}eventos{DLL_SUFFIX}")
}

/// What the library is called where a target runs.
fn name_for(target: &str) -> &'static str {
    match target {
        _ if target.contains("apple") => "libeventos.dylib",
        _ if target.contains("windows") => "eventos.dll",
        _ => "libeventos.so",
    }
}

/// The library for tests. It still has the metadata that its modules in other languages are generated from.
pub(crate) fn for_tests(shell: &mut Shell) -> Result<PathBuf> {
    shell.run(cargo("build --package eventos-ffi"))?;
    Ok(workspace::target().join("debug").join(name()))
}

/// A library for publication.
pub(crate) struct Small {
    /// The folder with the library, dynamic and static.
    pub(crate) folder: PathBuf,
    name: &'static str,
    /// Whether it was built with a standard library of its own and all that makes it small: a fifth less.
    pub(crate) has_own_std: bool,
}

/// Short tables for unwinding, and nothing written twice that can be called.
const SMALL: &str = "-Cforce-frame-pointers=yes -Cno-vectorize-loops -Cno-vectorize-slp -Cllvm-args=--inline-threshold=5 \
                     -Cllvm-args=--inlinehint-threshold=20 -Cllvm-args=--unroll-threshold=0";

/// Functions that are the same become one: LLVM's own linker can do that, which is the usual one here and Android's.
const FOLDED: &str = "-Clink-arg=-Wl,--icf=all";

/// No place in the code for each possible panic. Rust calls this unstable.
const UNPLACED: &str = "-Zunstable-options -Zlocation-detail=none";

/// Builds the library small for this machine.
pub(crate) fn small(shell: &mut Shell) -> Result<Small> {
    small_for(&rust_std::host(shell)?, "", |_| {}, shell)
}

/// Builds the library small for a target. `flags` are for Rust, `adjust` sets what else its build needs.
pub(crate) fn small_for(target: &str, flags: &str, adjust: impl Fn(&mut Command), shell: &mut Shell) -> Result<Small> {
    let build = |folder: &str, more: &str| {
        let mut build = cargo("build --package eventos-ffi --profile mobile --target");
        build.args([target, "--target-dir"]).arg(workspace::target().join(folder));
        build.env("RUSTFLAGS", format!("{flags} {SMALL} {more}"));
        adjust(&mut build);
        build
    };
    let name = name_for(target);
    let folder = |name: &str| workspace::target().join(name).join(target).join("mobile");
    if rust_std::is_at_hand(shell)? {
        let has_lld = target == "x86_64-unknown-linux-gnu" || target.contains("android");
        let mut own = build("native", &format!("{} {UNPLACED}", if has_lld { FOLDED } else { "" }));
        own.args(["-Zbuild-std=std,panic_unwind", "-Zbuild-std-features=optimize_for_size"]);
        own.env("RUSTC_BOOTSTRAP", "1");
        if shell.run(own).is_ok() {
            return Small { folder: folder("native"), name, has_own_std: true }.weighed(target, shell);
        }
    }
    shell.note(
        "the small build failed, or the source of the standard library is not here: the library gets a fifth larger",
    )?;
    shell.run(build("native-with-prebuilt-std", ""))?;
    Small { folder: folder("native-with-prebuilt-std"), name, has_own_std: false }.weighed(target, shell)
}

/// The most that the library may weigh for any target, stripped, in KB, with a standard library of its own and without. Less is better:
/// whoever brings it down lowers this.
const BUDGET: (u64, u64) = (1_500, 1_820);

/// The step of `cargo xtask test`: what the library weighs for this machine and for a phone's processor.
pub(crate) fn check_size(shell: &mut Shell) -> Result<Outcome> {
    let weighed = measured(shell)?;
    if !cfg!(target_os = "linux") || weighed.iter().any(|(target, _)| target.starts_with("aarch64")) {
        return Ok(Outcome::Passed);
    }
    Ok(Outcome::Skipped(Missing {
        what: format!(
            "the weight for a phone's processor, which {PHONE_LINKER} and the source of Rust's library build"
        ),
        install: "sudo apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross, and rustup component add rust-src"
            .into(),
    }))
}

/// What the library weighs for this machine, and for a phone's processor where that can be linked, in bytes.
pub(crate) fn measured(shell: &mut Shell) -> Result<Vec<(String, u64)>> {
    let host = rust_std::host(shell)?;
    let mut weights = vec![(host.clone(), small(shell)?.weight()?)];
    let can_link = shell.read(program(PHONE_LINKER, ["--version"])).is_ok();
    if host != PHONE && can_link && rust_std::is_at_hand(shell)? {
        let name = "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER";
        let small = small_for(
            PHONE,
            "",
            |build| {
                build.env(name, PHONE_LINKER);
            },
            shell,
        )?;
        weights.push((PHONE.to_owned(), small.weight()?));
    }
    Ok(weights)
}

/// The processor of phones, as a machine without a phone's own tools links for it.
const PHONE: &str = "aarch64-unknown-linux-gnu";

const PHONE_LINKER: &str = "aarch64-linux-gnu-gcc";

impl Small {
    /// The dynamic library.
    pub(crate) fn library(&self) -> PathBuf {
        self.folder.join(self.name)
    }

    /// Tells what it weighs, and refuses what is too heavy. An app on Apple's systems links the static library, and takes of it what it
    /// calls: what the dynamic one weighs is only told there.
    fn weighed(self, target: &str, shell: &mut Shell) -> Result<Self> {
        let weight = self.weight()?.div_ceil(1_000);
        let budget = if self.has_own_std { BUDGET.0 } else { BUDGET.1 };
        shell.note(&format!("the library for {target} weighs {weight} KB"))?;
        if weight > budget && !target.contains("apple") {
            bail!(
                "the library for {target} weighs {weight} KB, and may weigh {budget}; see what grew: cargo bloat --package \
                 eventos-ffi --profile mobile"
            );
        }
        Ok(self)
    }

    fn weight(&self) -> Result<u64> {
        Ok(fs::metadata(self.library())?.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_is_called_as_where_it_runs_and_not_as_where_it_is_built() {
        assert_eq!(name_for("aarch64-linux-android"), "libeventos.so");
        assert_eq!(name_for("aarch64-apple-ios"), "libeventos.dylib");
        assert_eq!(name_for("x86_64-pc-windows-msvc"), "eventos.dll");
        let host = format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS).replace("macos", "apple-darwin");
        assert_eq!(name_for(&host), name());
    }
}
