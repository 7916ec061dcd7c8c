//! Installing what needs no root, and naming the command for what does.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::shell::{Shell, program};
use crate::workspace;

/// Installs a folder's npm packages as its lock file says, unless that was done since the lock last changed.
pub(crate) fn npm_packages(folder: &str, shell: &mut Shell) -> Result<()> {
    let folder = workspace::root().join(folder);
    if is_fresh(&folder) {
        return Ok(());
    }
    let mut npm = program("npm", ["ci", "--no-audit", "--no-fund"]);
    npm.current_dir(&folder);
    shell.run(npm).context("npm could not install packages; it needs Node 20 or newer and the network")
}

/// npm writes its own record into `node_modules` last.
fn is_fresh(folder: &Path) -> bool {
    let written = |file: &str| fs::metadata(folder.join(file)).and_then(|found| found.modified()).ok();
    let installed = written("node_modules/.package-lock.json");
    installed.zip(written("package-lock.json")).is_some_and(|(installed, lock)| installed >= lock)
}

/// The command that installs Debian packages, as this user has to type it.
pub(crate) fn apt_command(packages: &str) -> String {
    let sudo = if is_root() { "" } else { "sudo " };
    format!("{sudo}apt-get install -y {packages}")
}

fn is_root() -> bool {
    Command::new("id").arg("-u").stderr(Stdio::null()).output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
