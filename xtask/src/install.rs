//! The command that installs what only root can install.

use std::process::{Command, Stdio};

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
