//! Installing what needs no root, and naming the command for what does.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

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

/// The browser to test with: the one that `EVENTOS_CHROMIUM` names, or one on `PATH`.
pub(crate) fn chromium() -> Option<PathBuf> {
    if let Some(named) = env::var_os("EVENTOS_CHROMIUM") {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|program| program.is_file()))
}

/// The command that installs Debian packages, as this user has to type it.
pub(crate) fn apt_command(packages: &str) -> String {
    let sudo = if is_root() { "" } else { "sudo " };
    format!("{sudo}apt-get install -y {packages}")
}

fn is_root() -> bool {
    Command::new("id").arg("-u").stderr(Stdio::null()).output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
