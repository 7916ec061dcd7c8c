//! `cargo xtask python`: the Python package, built as a wheel.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::progress::{dim, green};
use crate::shell::{Shell, cargo, program};
use crate::workspace;

/// The package's own part and its tests, from the workspace's root.
pub(crate) const SOURCES: &str = "eventos-ffi/bindings/python";

/// Takes no options.
#[derive(clap::Args)]
pub(crate) struct Options {}

/// Builds the wheel and says where it is.
pub(crate) fn run(_: &Options) -> Result<ExitCode> {
    let mut shell = Shell::open("python")?;
    let wheels = wheel("release", &mut shell);
    let wheels = shell.close(wheels)?;
    println!("{} {}", green("built"), workspace::shown(&wheels));
    println!("{}", dim(&format!("install it: python3 -m pip install {}/*.whl", workspace::shown(&wheels))));
    Ok(ExitCode::SUCCESS)
}

/// The folder with the wheel.
pub(crate) fn wheel(profile: &str, shell: &mut Shell) -> Result<PathBuf> {
    let package = assemble(profile, shell)?;
    let wheels = workspace::target().join("python/wheels");
    if wheels.exists() {
        fs::remove_dir_all(&wheels)?;
    }
    let platform = shell.read(program("python3", ["-c", "import sysconfig; print(sysconfig.get_platform())"]))?;
    let platform = platform.trim().replace(['-', '.'], "_");
    let mut pip = program("python3", ["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]);
    pip.arg(&wheels).arg(format!("--config-settings=--build-option=--plat-name={platform}")).arg(&package);
    shell.run(pip)?;
    Ok(wheels)
}

/// The folder of the package: its own part, the native module and the library.
pub(crate) fn assemble(profile: &str, shell: &mut Shell) -> Result<PathBuf> {
    shell.run(cargo(&format!("build --package eventos-ffi --profile {profile}")))?;
    let folder = workspace::target().join(if profile == "dev" { "debug" } else { profile });
    let library = folder.join(format!("{}eventos{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX));

    let (sources, package) = (workspace::root().join(SOURCES), workspace::target().join("python/package"));
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    let module = package.join("eventos");
    fs::create_dir_all(&module)?;
    for file in ["pyproject.toml", "README.md"] {
        fs::copy(sources.join(file), package.join(file))?;
    }
    for entry in fs::read_dir(sources.join("eventos"))? {
        let path = entry?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            fs::copy(&path, module.join(name))?;
        }
    }
    // Metadata is read from a library that was not stripped.
    generate("python", &library, &module, shell)?;
    fs::rename(module.join("eventos.py"), module.join("_native.py"))?;
    let name = library.file_name().context("a library has a name")?;
    fs::copy(&library, module.join(name))?;
    Ok(package)
}

/// Writes a language's module for a library.
fn generate(language: &str, library: &Path, folder: &Path, shell: &mut Shell) -> Result<()> {
    let mut bindgen = cargo(
        "run --quiet --package eventos-ffi-bindgen -- generate --no-format --config eventos-ffi/bindings/uniffi.toml --language",
    );
    bindgen.arg(language).arg("--out-dir").arg(folder).arg(library);
    shell.run(bindgen)
}
