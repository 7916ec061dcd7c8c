//! `cargo xtask python`: the Python package, built as a wheel.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;

use crate::progress::{dim, green};
use crate::python_module::mended;
use crate::shell::{Shell, program};
use crate::{modules, native, rust_std, workspace};

/// The package's own part and its tests, from the workspace's root.
pub(crate) const SOURCES: &str = "eventos-ffi/bindings/python";

/// Takes no options.
#[derive(clap::Args)]
pub(crate) struct Options {}

/// Builds the wheel and says where it is.
pub(crate) fn run(_: &Options) -> Result<ExitCode> {
    let mut shell = Shell::open("python")?;
    let wheels = wheel(&mut shell);
    let wheels = shell.close(wheels)?;
    println!("{} {}", green("built"), workspace::shown(&wheels));
    println!("{}", dim(&format!("install it: python3 -m pip install {}/*.whl", workspace::shown(&wheels))));
    Ok(ExitCode::SUCCESS)
}

/// What the package's benchmarks print, with the library that is published.
pub(crate) fn benchmarks(shell: &mut Shell) -> Result<String> {
    let package = assemble(&native::small(shell)?.library(), shell)?;
    let mut benchmarks = program("python3", [format!("{SOURCES}/tests/benchmarks.py").as_str()]);
    benchmarks.env("PYTHONPATH", package);
    shell.read(benchmarks)
}

/// The folder with the wheel.
pub(crate) fn wheel(shell: &mut Shell) -> Result<PathBuf> {
    let package = assemble(&native::small(shell)?.library(), shell)?;
    let wheels = workspace::target().join("python/wheels");
    if wheels.exists() {
        fs::remove_dir_all(&wheels)?;
    }
    let platform = platform(shell)?;
    let mut pip = program("python3", ["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]);
    pip.arg(&wheels).arg(format!("--config-settings=--build-option=--plat-name={platform}")).arg(&package);
    shell.run(pip)?;
    Ok(wheels)
}

/// Where the library runs, in the words of wheels: with this machine's C library or a newer one, and on its processor alone, whatever
/// the Python at hand was made for.
fn platform(shell: &mut Shell) -> Result<String> {
    let target = rust_std::host(shell)?;
    let own = match target.as_str() {
        "aarch64-apple-darwin" => "print('macosx_11_0_arm64')",
        "x86_64-apple-darwin" => "print('macosx_10_12_x86_64')",
        _ if target.ends_with("-linux-gnu") => {
            "import platform; print('manylinux', platform.libc_ver()[1].replace('.', '_'), platform.machine(), sep='_')"
        }
        _ => "import sysconfig; print(sysconfig.get_platform().replace('-', '_').replace('.', '_'))",
    };
    Ok(shell.read(program("python3", ["-c", own]))?.trim().to_owned())
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
    fs::write(module.join("_native.py"), mended(&fs::read_to_string(&generated)?)?)?;
    fs::remove_file(generated)?;
    fs::copy(library, module.join(native::name()))?;
    Ok(package)
}
