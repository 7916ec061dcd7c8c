//! Installing what needs no root, and naming the command for what does.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::shell::{Shell, program};
use crate::workspace;

const OLDEST_NODE: u32 = 20;

/// Installs a folder's npm packages as its lock file says, unless that was done since the lock last changed.
pub(crate) fn npm_packages(folder: &str, shell: &mut Shell) -> Result<()> {
    require_node()?;
    let folder = workspace::root().join(folder);
    if is_fresh(&folder) {
        return Ok(());
    }
    shell.note(&format!(
        "installing {}'s npm packages; the first time takes a minute",
        workspace::shown(&folder)
    ))?;
    let mut npm = program("npm", ["ci", "--no-audit", "--no-fund"]);
    npm.current_dir(&folder);
    shell
        .run(npm)
        .context("npm could not install the packages; check the network, then run this again")
}

/// npm writes its own record into `node_modules` last.
fn is_fresh(folder: &Path) -> bool {
    let written = |file: &str| {
        fs::metadata(folder.join(file))
            .and_then(|found| found.modified())
            .ok()
    };
    written("node_modules/.package-lock.json")
        .zip(written("package-lock.json"))
        .is_some_and(|(done, lock)| done >= lock)
}

fn require_node() -> Result<()> {
    let asked = Command::new("node").arg("--version").output();
    let version = asked.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    match version.as_deref().ok().and_then(major) {
        Some(OLDEST_NODE..) => Ok(()),
        Some(older) => bail!(
            "Node {older} is too old; install Node {OLDEST_NODE} or newer: https://nodejs.org"
        ),
        None => bail!(
            "Node is not installed; install Node {OLDEST_NODE} or newer, with npm: https://nodejs.org"
        ),
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The command that installs Debian packages, as this user has to type it.
pub(crate) fn apt_command(packages: &str) -> String {
    let sudo = if is_root() { "" } else { "sudo " };
    format!("{sudo}apt-get install -y {packages}")
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .stderr(Stdio::null())
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_s_major_version_is_read() {
        assert_eq!(major("v20.19.2"), Some(20));
        assert_eq!(major(""), None);
    }
}
