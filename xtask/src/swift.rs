//! `cargo xtask swift`: the Swift package, put together where it is built, and its tests.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use eventos_backend::Options as BackendOptions;

use crate::progress::{dim, green};
use crate::server::Server;
use crate::shell::Shell;
use crate::steps::Outcome;
use crate::swift_toolchain::Toolchain;
use crate::{native, workspace, xcframework};

/// The package, from the workspace's root. It is built in `target/swift/EventOS`, where the compiled core is put beside it.
pub(crate) const SOURCES: &str = "eventos-ffi/bindings/swift";

/// The example that uses it.
const EXAMPLE: &str = "examples/check-in-swift";

/// What of the package's folder is published. The rest are projects that depend on it.
const PUBLISHED: [&str; 4] = ["Package.swift", "README.md", "Sources", "Tests"];

/// Takes no options.
#[derive(clap::Args)]
pub(crate) struct Options {}

/// Puts the package together and says where it is.
pub(crate) fn run(_: &Options) -> Result<ExitCode> {
    let mut shell = Shell::open("swift")?;
    let built = build(&mut shell);
    let library = shell.close(built)?;
    println!("{} {}", green("built"), workspace::shown(&package()));
    println!("{}", dim(&format!("depend on it: .package(path: \"{}\")", package().display())));
    if !cfg!(target_os = "macos") {
        let library = library.display();
        println!("{}", dim(&format!("build and run with: LIBRARY_PATH={library} LD_LIBRARY_PATH={library}")));
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the core as its users get it, and puts the package together; the folder of the library.
fn build(shell: &mut Shell) -> Result<PathBuf> {
    if cfg!(target_os = "macos") {
        assemble(Some(&xcframework::build(shell)?))?;
        return Ok(folder());
    }
    let small = native::small(shell)?;
    assemble(None)?;
    Ok(small.folder)
}

/// What the benchmark prints, with the library that is published.
pub(crate) fn benchmarks(shell: &mut Shell) -> Result<String> {
    let toolchain = match Toolchain::at_hand(shell)? {
        Ok(toolchain) => toolchain,
        Err(missing) => bail!("{}; install it: {}", missing.what, missing.install),
    };
    let library = build(shell)?;
    let mut swift = toolchain.swift(&["run", "--quiet", "--configuration", "release"], &library);
    swift.args(at(&beside_package("Benchmarks")?)).arg("benchmark");
    shell.read(swift)
}

/// The step of `cargo xtask test`: the package's tests, an empty project that depends on it, and the example, played for real.
pub(crate) fn test(confirmed: bool, shell: &mut Shell) -> Result<Outcome> {
    let toolchain = match Toolchain::at_hand(shell)? {
        Ok(toolchain) => toolchain,
        Err(missing) => return Ok(Outcome::Skipped(missing)),
    };
    let library = match cfg!(target_os = "macos") {
        true => build(shell)?,
        false => {
            assemble(None)?;
            native::for_tests(shell)?.parent().context("a library is in a folder")?.to_owned()
        }
    };
    let server = Server::at_hand(confirmed, BackendOptions::throwaway().progress(shell.listener()))?;
    let mut swift = |task: &str, folder: &Path, name: &[&str]| {
        let mut swift = toolchain.swift(&[task], &library);
        swift.args(at(folder)).args(name).env("EVENTOS_SCENARIOS", workspace::root().join("tests/scenarios"));
        shell.run(server.introduce(swift))
    };
    swift("test", &package(), &[])?;
    swift("run", &beside_package("Consumer")?, &["consumer"])?;
    swift("test", &workspace::root().join(EXAMPLE), &[])?;
    Ok(Outcome::Passed)
}

/// The options of `swift` for a package. Each is built in a folder of its own: in a common one `swift test` could run another's tests.
fn at(package: &Path) -> [OsString; 4] {
    let scratch = folder().join("build").join(package.file_name().unwrap_or_default());
    ["--package-path".into(), package.into(), "--scratch-path".into(), scratch.into()]
}

/// Where everything of Swift is built.
pub(crate) fn folder() -> PathBuf {
    workspace::target().join("swift")
}

/// The folder of the package.
fn package() -> PathBuf {
    folder().join("EventOS")
}

/// Puts the package together. On Apple's platforms the core is in it.
fn assemble(framework: Option<&Path>) -> Result<()> {
    fs::create_dir_all(package())?;
    for name in PUBLISHED {
        mirror(&workspace::root().join(SOURCES).join(name), &package().join(name))?;
    }
    framework.map_or(Ok(()), |framework| mirror(framework, &package().join(xcframework::NAME)))
}

/// A project of the package's folder that depends on it, put beside it.
fn beside_package(name: &str) -> Result<PathBuf> {
    let project = folder().join(name);
    mirror(&workspace::root().join(SOURCES).join(name), &project)?;
    Ok(project)
}

/// Makes a copy the same as its source. A file that is the same already stays untouched, so that it is not compiled again.
fn mirror(source: &Path, copy: &Path) -> Result<()> {
    if source.is_file() {
        let contents = fs::read(source)?;
        if fs::read(copy).ok().as_ref() != Some(&contents) {
            fs::write(copy, contents).with_context(|| format!("cannot write {}", copy.display()))?;
        }
        return Ok(());
    }
    fs::create_dir_all(copy)?;
    let names = |folder: &Path| -> Result<Vec<_>> {
        Ok(fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<_, _>>()?)
    };
    let wanted = names(source)?;
    for name in names(copy)?.into_iter().filter(|name| !wanted.contains(name)) {
        let stale = copy.join(name);
        if stale.is_dir() { fs::remove_dir_all(stale)? } else { fs::remove_file(stale)? }
    }
    wanted.iter().try_for_each(|name| mirror(&source.join(name), &copy.join(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_becomes_the_same_and_keeps_what_is_the_same() {
        let folder = std::env::temp_dir().join(format!("eventos-mirror-{}", std::process::id()));
        let (source, copy) = (folder.join("source"), folder.join("copy"));
        fs::create_dir_all(source.join("inner")).unwrap();
        fs::create_dir_all(copy.join("stale")).unwrap();
        fs::write(source.join("inner/new"), "1").unwrap();
        fs::write(source.join("same"), "2").unwrap();
        fs::write(copy.join("same"), "2").unwrap();
        let untouched = fs::metadata(copy.join("same")).unwrap().modified().unwrap();
        mirror(&source, &copy).unwrap();
        assert_eq!(fs::read_to_string(copy.join("inner/new")).unwrap(), "1");
        assert!(!copy.join("stale").exists());
        assert_eq!(fs::metadata(copy.join("same")).unwrap().modified().unwrap(), untouched);
        fs::remove_dir_all(folder).unwrap();
    }
}
