//! The npm packages that the backend is made of.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The root of the workspace.
pub(crate) fn workspace() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// The folder `backend`.
pub(crate) fn backend() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Brings the packages of `backend/<name>` to what its lock file says, and answers that folder.
pub(crate) fn install(name: &str, progress: &dyn Fn(&str)) -> Result<PathBuf> {
    let folder = backend().join(name);
    let _only_one = lock()?;
    let wanted = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("cannot read package-lock.json in {}", folder.display()))?;
    let installed = folder.join("node_modules/.installed-package-lock.json");
    if fs::read(&installed).is_ok_and(|lock| lock == wanted) {
        return Ok(folder);
    }

    progress(&format!("npm ci in {}", folder.display()));
    let output = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&folder)
        .stdin(Stdio::null())
        .output()
        .context("cannot run npm: install Node.js 20 or newer, which brings it")?;
    if !output.status.success() {
        bail!("npm ci failed in {}:\n{}", folder.display(), String::from_utf8_lossy(&output.stderr).trim());
    }
    fs::write(&installed, wanted).with_context(|| format!("cannot write {}", installed.display()))?;
    Ok(folder)
}

/// Held while packages are installed: tests of several processes ask for the same ones.
fn lock() -> Result<File> {
    let folder = workspace().join(".eventos");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = folder.join("npm.lock");
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
    Ok(file)
}
