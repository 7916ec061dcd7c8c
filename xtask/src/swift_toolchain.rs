//! A Swift compiler: the one on `PATH`, or else Debian's in a root folder of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::Result;

use crate::install::apt_command;
use crate::shell::{Shell, program};
use crate::steps::Missing;
use crate::swift;

/// The release of Debian that has Swift 6.
const RELEASE: &str = "trixie";

const PACKAGES: &str = "swiftlang,libc6-dev,libstdc++-14-dev";

/// What only takes room: 1.0 GB instead of 2.4.
const LEFT_OUT: [&str; 17] = [
    "share/doc/*",
    "share/man/*",
    "share/locale/*",
    "bin/*lto-dump*",
    "lib/*/lib?san.so*",
    "libexec/swift/bin/clangd",
    "libexec/swift/bin/docc",
    "libexec/swift/bin/lldb*",
    "libexec/swift/bin/sourcekit-lsp",
    "libexec/swift/bin/swift-format",
    "libexec/swift/lib/libLTO*",
    "libexec/swift/lib/liblldb*",
    "libexec/swift/lib/libsourcekitd*",
    "libexec/swift/lib/swift/FrameworkABIBaseline/*",
    "libexec/swift/lib/swift/embedded/*",
    "libexec/swift/lib/swift/host/lib_InternalSwiftScan.so",
    "libexec/swift/lib/swift_static/*",
];

/// How `swift` is run.
pub(crate) enum Toolchain {
    /// As it is found on `PATH`.
    Installed,
    /// In a mount namespace of its own, in which Debian's files stand in place of `/usr`.
    Root(PathBuf),
}

impl Toolchain {
    /// The one on `PATH`, or a root, which is made where it is missing.
    pub(crate) fn at_hand(shell: &mut Shell) -> Result<Result<Self, Missing>> {
        if has_swift(shell) {
            return Ok(Ok(Self::Installed));
        }
        if !cfg!(target_os = "linux") || !is_root(shell)? || !is_on_path("mmdebstrap") || !can_mount(shell) {
            return Ok(Err(Missing {
                what:
                    "no Swift 6 on PATH, and none could be unpacked: that needs root, mmdebstrap and the right to mount"
                        .to_owned(),
                install: format!("https://www.swift.org/install, or as root {}", apt_command("mmdebstrap")),
            }));
        }
        let root = swift::folder().join("root");
        if !root.exists() {
            unpack(&root, shell)?;
        }
        Ok(Ok(Self::Root(root)))
    }

    /// `swift` with arguments, where the core's library is in a folder.
    pub(crate) fn swift(&self, arguments: &[&str], library: &Path) -> Command {
        let mut swift = match self {
            Self::Installed => program("swift", arguments.iter().copied()),
            Self::Root(root) => {
                let mut shell = program("unshare", ["--mount", "sh", "-c"]);
                shell
                    .arg("mount --bind \"$0/usr\" /usr && PATH=/usr/libexec/swift/bin:/usr/bin:/bin exec swift \"$@\"");
                shell.arg(root).args(arguments);
                shell
            }
        };
        swift.env("LIBRARY_PATH", library).env("LD_LIBRARY_PATH", library);
        swift
    }
}

/// Unpacks Debian's Swift. A folder that is there is complete: it gets its name last.
fn unpack(root: &Path, shell: &mut Shell) -> Result<()> {
    let unfinished = root.with_extension("unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    fs::create_dir_all(swift::folder())?;
    let mut mmdebstrap = program("mmdebstrap", ["--variant=extract", "--quiet"]);
    mmdebstrap.args(LEFT_OUT.iter().map(|path| format!("--dpkgopt=path-exclude=/usr/{path}")));
    mmdebstrap.arg(format!("--include={PACKAGES}")).arg(RELEASE).arg(&unfinished);
    shell.run(mmdebstrap)?;
    Ok(fs::rename(unfinished, root)?)
}

/// Whether the `swift` on `PATH` is the compiler, and new enough: OpenStack's client has the same name.
fn has_swift(shell: &mut Shell) -> bool {
    is_on_path("swift") && shell.read(program("swift", ["--version"])).is_ok_and(|told| is_new_enough(&told))
}

/// Whether what `swift --version` prints is of Swift 6 or newer.
fn is_new_enough(told: &str) -> bool {
    let version = told.split("Swift version ").nth(1).unwrap_or_default();
    let major = version.split(|character: char| !character.is_ascii_digit()).next().unwrap_or_default();
    major.parse::<u32>().is_ok_and(|major| major >= 6)
}

/// Whether a mount namespace can be made, which many containers may not do.
fn can_mount(shell: &mut Shell) -> bool {
    is_on_path("unshare") && shell.read(program("unshare", ["--mount", "true"])).is_ok()
}

fn is_root(shell: &mut Shell) -> Result<bool> {
    Ok(shell.read(program("id", ["-u"]))?.trim() == "0")
}

fn is_on_path(name: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_compiler_is_taken_and_only_where_it_is_new_enough() {
        let apple = "swift-driver version: 1.115 Apple Swift version 6.0.3 (swiftlang-6.0.3.1.10 clang-1600.0.30.1)";
        for told in [apple, "Swift version 6.0.3 (swift-6.0.3-RELEASE)", "Swift version 10.1-dev"] {
            assert!(is_new_enough(told), "{told}");
        }
        for told in ["Swift version 5.10.1 (swift-5.10.1-RELEASE)", "python-swiftclient 4.6.0", "Swift version ", ""] {
            assert!(!is_new_enough(told), "{told}");
        }
    }
}
