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
        if is_on_path("swift") {
            return Ok(Ok(Self::Installed));
        }
        if !cfg!(target_os = "linux") || !is_root(shell)? || !is_on_path("mmdebstrap") || !is_on_path("unshare") {
            return Ok(Err(Missing {
                what: "no Swift 6 on PATH, and none could be unpacked: that needs root and mmdebstrap".to_owned(),
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

fn is_root(shell: &mut Shell) -> Result<bool> {
    Ok(shell.read(program("id", ["-u"]))?.trim() == "0")
}

fn is_on_path(name: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}
