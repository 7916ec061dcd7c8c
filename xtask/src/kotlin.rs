//! `cargo xtask kotlin`: the Kotlin package for the JVM, as a jar that brings its native library, and its tests.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use anyhow::{Context, Result, bail};
use eventos_backend::Options as BackendOptions;

use crate::progress::{dim, green};
use crate::server::Server;
use crate::shell::{Shell, program};
use crate::steps::{Missing, Outcome};
use crate::{install, native, workspace};

/// The package, from the workspace's root.
pub(crate) const SOURCES: &str = "eventos-ffi/bindings/kotlin";

/// The example that uses it.
const EXAMPLE: &str = "examples/check-in-kotlin";

/// The example's door as a page of Compose.
const COMPOSE: &str = "examples/check-in-kotlin/compose";

/// What Maven knows the package by.
const ARTIFACT: &str = concat!("org.eventos:eventos:", env!("CARGO_PKG_VERSION"));

/// Takes no options.
#[derive(clap::Args)]
pub(crate) struct Options {}

/// Puts the jar into the user's own Maven repository and says how to depend on it.
pub(crate) fn run(_: &Options) -> Result<ExitCode> {
    let mut shell = Shell::open("kotlin")?;
    let built = build(&mut shell);
    shell.close(built)?;
    println!("{} {}", green("built"), workspace::shown(&jar()));
    println!("{}", dim(&format!("depend on it: {ARTIFACT}, which is in your local Maven repository now")));
    Ok(ExitCode::SUCCESS)
}

/// What the benchmarks print.
pub(crate) fn benchmarks(shell: &mut Shell) -> Result<String> {
    build(shell)?;
    let printed = shell.read(maven(SOURCES, &["surefire:test", "-Dtest=Benchmarks"]))?;
    // Maven puts the terminal's colours back before the first line.
    let figures = printed.lines().filter_map(|line| line.get(line.find("{\"row\"")?..));
    Ok(figures.map(|line| format!("{line}\n")).collect())
}

fn build(shell: &mut Shell) -> Result<()> {
    if let Some(missing) = missing(shell) {
        bail!("{}; install it: {}", missing.what, missing.install);
    }
    add_library(shell)?;
    shell.run(maven(SOURCES, &["install", "-DskipTests"]))
}

/// The step of `cargo xtask test`: the package's tests, the example, played for real, and a project that depends on the jar.
pub(crate) fn test(confirmed: bool, shell: &mut Shell) -> Result<Outcome> {
    if let Some(missing) = missing(shell) {
        return Ok(Outcome::Skipped(missing));
    }
    add_library(shell)?;
    let consumer = folder().join("consumer");
    let sources = workspace::root().join(SOURCES).join("consumer");
    for file in ["pom.xml", "src/main/kotlin/Main.kt"] {
        let copy = consumer.join(file);
        fs::create_dir_all(copy.parent().context("a file is in a folder")?)?;
        fs::copy(sources.join(file), copy)?;
    }
    let server = Server::at_hand(confirmed, BackendOptions::throwaway().progress(shell.listener()))?;
    shell.run(server.introduce(maven(SOURCES, &["install"])))?;
    shell.run(server.introduce(maven(EXAMPLE, &["package"])))?;
    shell.run(maven(COMPOSE, &["compile"]))?;
    shell.run(server.introduce(maven(&consumer, &["compile", "exec:java"])))?;
    Ok(Outcome::Passed)
}

/// Where everything of Kotlin is built.
pub(crate) fn folder() -> PathBuf {
    workspace::target().join("kotlin")
}

fn jar() -> PathBuf {
    folder().join(concat!("build/eventos-", env!("CARGO_PKG_VERSION"), ".jar"))
}

fn missing(shell: &mut Shell) -> Option<Missing> {
    shell.read(program("mvn", ["--version"])).err().map(|_| Missing {
        what: "no Maven with a JDK of 11 or newer".to_owned(),
        install: install::apt_command("default-jdk-headless maven"),
    })
}

/// Builds the native library for this machine and puts it where the jar's resources are.
fn add_library(shell: &mut Shell) -> Result<()> {
    let built = native::small(shell)?.library();
    let resources = folder().join("native").join(resource_folder(env::consts::OS, env::consts::ARCH));
    fs::create_dir_all(&resources)?;
    fs::copy(&built, resources.join(native::name())).with_context(|| format!("cannot read {}", built.display()))?;
    Ok(())
}

/// The folder in which JNA looks for a system's libraries in a jar.
fn resource_folder(os: &str, arch: &str) -> String {
    let os = match os {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    format!("{os}-{}", arch.replace('_', "-"))
}

/// Maven in the folder of a project, from the workspace's root. It asks the network only for what it has not got yet.
fn maven(project: impl AsRef<Path>, goals: &[&str]) -> Command {
    let mut maven = program("mvn", ["--batch-mode", "--quiet", "-Dstyle.color=never", "--file"]);
    maven.arg(project.as_ref().join("pom.xml"));
    maven.arg(format!("-Deventos.target={}", folder().display())).args(goals);
    // Cargo names its own folders here, where JNA would find a library before it looks into the jar.
    maven.env_remove("LD_LIBRARY_PATH").env_remove("DYLD_FALLBACK_LIBRARY_PATH");
    maven
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: impl AsRef<Path>) -> String {
        fs::read_to_string(workspace::root().join(path)).unwrap()
    }

    #[test]
    fn libraries_go_where_jna_looks_for_them() {
        assert_eq!(resource_folder("linux", "x86_64"), "linux-x86-64");
        assert_eq!(resource_folder("macos", "aarch64"), "darwin-aarch64");
        assert_eq!(resource_folder("windows", "x86_64"), "win32-x86-64");
    }

    #[test]
    fn maven_knows_the_version_of_the_workspace() {
        let version = concat!("<version>", env!("CARGO_PKG_VERSION"), "</version>");
        let artifact = format!("<artifactId>eventos</artifactId>\n  {version}");
        assert!(read(Path::new(SOURCES).join("pom.xml")).contains(&artifact));
        for project in [EXAMPLE, COMPOSE, &format!("{SOURCES}/consumer")] {
            let pom = read(Path::new(project).join("pom.xml"));
            assert!(pom.contains(&format!("<artifactId>eventos</artifactId>\n      {version}")), "{project}");
        }
    }

    #[test]
    fn the_android_library_has_the_versions_of_the_jar() {
        let pom = read(Path::new(SOURCES).join("pom.xml"));
        let gradle = read(Path::new(SOURCES).join("android/build.gradle.kts"));
        assert!(gradle.contains(concat!("version = \"", env!("CARGO_PKG_VERSION"), "\"")));
        let libraries = [
            ("coroutines", "kotlinx-coroutines-android"),
            ("okhttp", "com.squareup.okhttp3:okhttp"),
            ("jna", "net.java.dev.jna:jna"),
        ];
        for (property, library) in libraries {
            let version = pom.split_once(&format!("<{property}.version>")).unwrap().1.split_once('<').unwrap().0;
            assert!(gradle.contains(&format!("{library}:{version}")), "{library} is not {version}");
        }
    }

    #[test]
    fn everything_is_compiled_by_the_same_kotlin() {
        let version = |pom: String| pom.split_once("<kotlin.version>").unwrap().1.split_once('<').unwrap().0.to_owned();
        let ours = version(read(Path::new(SOURCES).join("pom.xml")));
        for project in [EXAMPLE, COMPOSE, &format!("{SOURCES}/consumer")] {
            assert_eq!(version(read(Path::new(project).join("pom.xml"))), ours, "{project}");
        }
        let gradle = read(Path::new(SOURCES).join("android/build.gradle.kts"));
        assert!(gradle.contains(&format!("kotlin(\"android\") version \"{ours}\"")));
    }
}
