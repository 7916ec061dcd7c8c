//! `cargo xtask xcframework`: the core for iOS, its simulator and macOS, as Xcode and SwiftPM take it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Result, bail, ensure};

use crate::progress::green;
use crate::shell::{Shell, program};
use crate::{native, swift, workspace};

/// The name of the folder, which `Package.swift` knows.
pub(crate) const NAME: &str = "EventOSFFI.xcframework";

const HEADER: &str = "Sources/EventOSFFI/EventOSFFI.h";

/// As the one for Linux, but that the library is in the framework.
const MODULE_MAP: &str = "module EventOSFFI {\n    header \"EventOSFFI.h\"\n    export *\n}\n";

/// The platforms, each with the targets of Rust that are one library there.
const PLATFORMS: [(&str, &[&str]); 3] = [
    ("ios", &["aarch64-apple-ios"]),
    ("ios-simulator", &["aarch64-apple-ios-sim", "x86_64-apple-ios"]),
    ("macos", &["aarch64-apple-darwin", "x86_64-apple-darwin"]),
];

/// The oldest systems that the package is for, as `Package.swift` says.
const OLDEST: [(&str, &str); 2] = [("IPHONEOS_DEPLOYMENT_TARGET", "15.0"), ("MACOSX_DEPLOYMENT_TARGET", "12.0")];

/// Takes no options.
#[derive(clap::Args)]
pub(crate) struct Options {}

/// Builds it and says where it is.
pub(crate) fn run(_: &Options) -> Result<ExitCode> {
    let mut shell = Shell::open("xcframework")?;
    let framework = build(&mut shell);
    let framework = shell.close(framework)?;
    println!("{} {}", green("built"), workspace::shown(&framework));
    Ok(ExitCode::SUCCESS)
}

/// The framework's folder.
pub(crate) fn build(shell: &mut Shell) -> Result<PathBuf> {
    refuse_elsewhere()?;
    if shell.read(program("xcodebuild", ["-version"])).is_err() {
        bail!(
            "there is no Xcode: install it from the App Store, then run `sudo xcode-select --switch /Applications/Xcode.app`"
        );
    }
    let folder = swift::folder();
    let framework = folder.join(NAME);
    if framework.exists() {
        fs::remove_dir_all(&framework)?;
    }
    write_headers(&folder)?;
    let mut libraries = Vec::new();
    for (platform, targets) in PLATFORMS {
        fs::create_dir_all(folder.join(platform))?;
        for target in targets {
            shell.run(program("rustup", ["target", "add", target]))?;
            let small = native::small_for(
                target,
                "",
                |build| {
                    build.envs(OLDEST);
                },
                shell,
            )?;
            libraries.push((platform, small.folder.join("libeventos.a")));
        }
    }
    plan(&folder, &libraries).into_iter().try_for_each(|command| shell.run(command))?;
    Ok(framework)
}

fn refuse_elsewhere() -> Result<()> {
    ensure!(
        cfg!(target_os = "macos"),
        "an XCFramework is made by Xcode: run this on macOS, with Xcode 16 or newer and Rust from rustup"
    );
    Ok(())
}

/// What joins the libraries, each of a platform, to one framework.
fn plan(folder: &Path, libraries: &[(&str, PathBuf)]) -> Vec<Command> {
    let mut plan = Vec::new();
    let mut create = program("xcodebuild", ["-create-xcframework"]);
    for (platform, _) in PLATFORMS {
        let library = folder.join(platform).join("libeventos.a");
        let mut lipo = program("lipo", ["-create", "-output"]);
        lipo.arg(&library).args(libraries.iter().filter(|(of, _)| *of == platform).map(|(_, built)| built));
        plan.push(lipo);
        create.arg("-library").arg(library).arg("-headers").arg(folder.join("headers"));
    }
    create.arg("-output").arg(folder.join(NAME));
    plan.push(create);
    plan
}

/// In a folder of the module's name, so that an app can have several such frameworks.
fn write_headers(folder: &Path) -> Result<()> {
    let headers = folder.join("headers/EventOSFFI");
    fs::create_dir_all(&headers)?;
    fs::copy(workspace::root().join(swift::SOURCES).join(HEADER), headers.join("EventOSFFI.h"))?;
    Ok(fs::write(headers.join("module.modulemap"), MODULE_MAP)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(command: &Command) -> String {
        let arguments = command.get_args().map(|argument| argument.to_string_lossy());
        format!("{} {}", command.get_program().to_string_lossy(), arguments.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn the_libraries_of_each_platform_become_one_and_all_platforms_one_framework() {
        let built =
            PLATFORMS.iter().flat_map(|(platform, targets)| targets.iter().map(move |target| (*platform, target)));
        let libraries: Vec<_> =
            built.map(|(platform, target)| (platform, Path::new(target).join("libeventos.a"))).collect();
        let plan: Vec<String> = plan(Path::new("swift"), &libraries).iter().map(words).collect();
        let expected = [
            "lipo -create -output swift/ios/libeventos.a aarch64-apple-ios/libeventos.a",
            "lipo -create -output swift/ios-simulator/libeventos.a aarch64-apple-ios-sim/libeventos.a \
             x86_64-apple-ios/libeventos.a",
            "lipo -create -output swift/macos/libeventos.a aarch64-apple-darwin/libeventos.a \
             x86_64-apple-darwin/libeventos.a",
            "xcodebuild -create-xcframework \
             -library swift/ios/libeventos.a -headers swift/headers \
             -library swift/ios-simulator/libeventos.a -headers swift/headers \
             -library swift/macos/libeventos.a -headers swift/headers \
             -output swift/EventOSFFI.xcframework",
        ];
        assert_eq!(plan, expected);
    }

    #[test]
    fn no_framework_is_made_where_there_is_no_xcode() {
        if cfg!(target_os = "macos") {
            return;
        }
        let error = refuse_elsewhere().unwrap_err().to_string();
        assert!(error.contains("macOS") && error.contains("Xcode 16"), "{error}");
    }

    #[test]
    fn the_package_is_for_the_same_systems() {
        let package = fs::read_to_string(workspace::root().join(swift::SOURCES).join("Package.swift")).unwrap();
        let [ios, macos] = OLDEST.map(|(_, version)| version.trim_end_matches(".0"));
        assert!(package.contains(&format!("platforms: [.iOS(.v{ios}), .macOS(.v{macos})]")) && package.contains(NAME));
    }
}
