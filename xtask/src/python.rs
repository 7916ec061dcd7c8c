//! `cargo xtask python`: the Python package, built as a wheel.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;

use crate::progress::{dim, green};
use crate::python_module::discreet;
use crate::shell::{Shell, program};
use crate::{modules, native, workspace};

/// The package's own part and its tests, from the workspace's root.
pub(crate) const SOURCES: &str = "eventos-ffi/bindings/python";

/// Takes no options.
#[derive(clap::Args)]
pub(crate) struct Options {}

/// Builds the wheel and says where it is.
pub(crate) fn run(_: &Options) -> Result<ExitCode> {
    let mut shell = Shell::open("python")?;
    let wheels = small_wheel(&mut shell);
    let wheels = shell.close(wheels)?;
    println!("{} {}", green("built"), workspace::shown(&wheels));
    println!("{}", dim(&format!("install it: python3 -m pip install {}/*.whl", workspace::shown(&wheels))));
    Ok(ExitCode::SUCCESS)
}

fn small_wheel(shell: &mut Shell) -> Result<PathBuf> {
    wheel(&native::small(shell)?.library(), shell)
}

/// What the package's benchmarks print, with the library that is published.
pub(crate) fn benchmarks(shell: &mut Shell) -> Result<String> {
    let package = assemble(&native::small(shell)?.library(), shell)?;
    let mut benchmarks = program("python3", [format!("{SOURCES}/tests/benchmarks.py").as_str()]);
    benchmarks.env("PYTHONPATH", package);
    shell.read(benchmarks)
}

/// The folder with the wheel, in which a library goes.
pub(crate) fn wheel(library: &Path, shell: &mut Shell) -> Result<PathBuf> {
    let package = assemble(library, shell)?;
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
fn assemble(library: &Path, shell: &mut Shell) -> Result<PathBuf> {
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
    let with_metadata = native::for_tests(shell)?;
    modules::write("python", &with_metadata, &module, shell)?;
    let generated = module.join("eventos.py");
    fs::write(module.join("_native.py"), discreet(&fs::read_to_string(&generated)?)?)?;
    fs::remove_file(generated)?;
    fs::copy(library, module.join(native::name()))?;
    Ok(package)
}
