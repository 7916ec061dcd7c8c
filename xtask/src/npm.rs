//! `cargo xtask npm`: the npm package `@eventos/wasm`, built into one folder that is ready for `npm pack`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::progress::{dim, green};
use crate::shell::{Shell, cargo, program};
use crate::steps::Missing;
use crate::wasm::{self, Small, Toolchain};
use crate::{install, workspace};

/// The package's sources and its tests, from the workspace's root.
pub(crate) const SOURCES: &str = "eventos-wasm/npm";

/// What a published manifest has no use for.
const FOR_DEVELOPERS: [&str; 2] = ["private", "devDependencies"];

/// What WebAssembly every browser of today runs.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Takes no options.
#[derive(clap::Args)]
pub(crate) struct Options {}

/// Builds the package and says where it is.
pub(crate) fn run(_: &Options) -> Result<ExitCode> {
    let mut shell = Shell::open("npm")?;
    let built = build(&mut shell);
    match shell.close(built)? {
        Ok(Package { folder, .. }) => {
            println!("{} {}", green("built"), workspace::shown(&folder));
            println!("{}", dim(&format!("pack it: npm pack {}", workspace::shown(&folder))));
            Ok(ExitCode::SUCCESS)
        }
        Err(missing) => {
            println!("{}; install it: {}", missing.what, missing.install);
            Ok(ExitCode::FAILURE)
        }
    }
}

/// The package, built.
pub(crate) struct Package {
    pub(crate) folder: PathBuf,
    /// The most that a browser may load of it, in KB: less is better, and whoever brings it down lowers this.
    pub(crate) size_budget: u32,
}

/// The package; or what is missing to build it.
pub(crate) fn build(shell: &mut Shell) -> Result<Result<Package, Missing>> {
    let Some(toolchain) = Toolchain::find(shell)? else {
        return Ok(Err(wasm::missing()));
    };
    let Small { library, has_silent_panics } = toolchain.build_small("eventos-wasm", shell)?;
    install::npm_packages(SOURCES, shell)?;
    let sources = workspace::root().join(SOURCES);
    bind(&library, &sources.join("src/wasm"), shell)?;

    let mut compile = program("node", ["node_modules/typescript/bin/tsc", "--project", "."]);
    compile.current_dir(&sources);
    shell.run(compile)?;
    copy_files(&sources.join("src/wasm"), &sources.join("dist/wasm"))?;

    // Where the web example's lock file looks for it, wherever cargo builds.
    let package = workspace::root().join("target/npm");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    for folder in ["", "wasm"] {
        copy_files(&sources.join("dist").join(folder), &package.join("dist").join(folder))?;
    }
    for (from, to) in [
        (sources.join("package.json"), "package.json"),
        (sources.join("README.md"), "README.md"),
        (workspace::root().join("LICENSE-MIT"), "LICENSE-MIT"),
        (workspace::root().join("LICENSE-APACHE"), "LICENSE-APACHE"),
    ] {
        fs::copy(&from, package.join(to)).with_context(|| format!("cannot read {}", from.display()))?;
    }
    let mut publish = program("npm", ["pkg", "delete"]);
    publish.args(FOR_DEVELOPERS).current_dir(&package);
    shell.run(publish)?;
    Ok(Ok(Package { folder: package, size_budget: if has_silent_panics { 156 } else { 172 } }))
}

/// Writes the JavaScript that loads a library, and the library itself, made small.
fn bind(library: &Path, folder: &Path, shell: &mut Shell) -> Result<()> {
    let bound = workspace::target().join("xtask/wasm-bindgen");
    let mut bindgen = cargo("run --quiet --package eventos-wasm-bindgen --");
    bindgen.arg(library).arg(&bound);
    shell.run(bindgen)?;

    // Making it small takes longer than all the rest, so it is only done to a library that is another.
    let (large, last, small) = (bound.join("eventos_bg.wasm"), bound.join("last.wasm"), folder.join("eventos_bg.wasm"));
    let is_small =
        small.exists() && fs::read(&last).is_ok_and(|last| fs::read(&large).is_ok_and(|large| large == last));
    fs::create_dir_all(folder)?;
    if !is_small {
        let mut optimize = program("node", ["node_modules/binaryen/bin/wasm-opt", "-O3"]);
        optimize.args(WASM_FEATURES).args(["--strip-debug", "--strip-producers"]);
        optimize.arg(&large).arg("-o").arg(&small).current_dir(workspace::root().join(SOURCES));
        shell.run(optimize)?;
        fs::copy(&large, &last)?;
    }
    for file in ["eventos.js", "eventos.d.ts"] {
        fs::copy(bound.join(file), folder.join(file))?;
    }
    Ok(())
}

/// The files of a folder, without those of its folders.
fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
