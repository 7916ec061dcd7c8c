//! `cargo xtask android`: the native library for Android's phones and emulators, where the Android library of `bindings/kotlin/android`
//! looks for it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use anyhow::{Context, Result, ensure};

use crate::progress::{dim, green};
use crate::shell::Shell;
use crate::steps::Missing;
use crate::{kotlin, native, rust_std, workspace};

/// The oldest Android that the library runs on, as the Android library's `minSdk` says.
const API_LEVEL: u32 = 26;

/// The NDK to install where there is none.
const NDK: &str = "28.2.13676358";

/// Newer devices map memory in pages of 16 KB, and load no library that is laid out for smaller ones.
const PAGE: u64 = 16_384;
/// So laid out, and with the table of what the loader adjusts in the packed form that Android reads since API level 23.
const LAYOUT: &str = "-Clink-arg=-Wl,-z,max-page-size=16384 -Clink-arg=-Wl,--pack-dyn-relocs=android";

/// A kind of processor, as Android, Rust and the NDK's compilers call it.
struct Abi {
    name: &'static str,
    target: &'static str,
    compiler: &'static str,
}

const ABIS: [Abi; 3] = [
    Abi { name: "arm64-v8a", target: "aarch64-linux-android", compiler: "aarch64-linux-android" },
    Abi { name: "armeabi-v7a", target: "armv7-linux-androideabi", compiler: "armv7a-linux-androideabi" },
    Abi { name: "x86_64", target: "x86_64-linux-android", compiler: "x86_64-linux-android" },
];

/// Takes no options.
#[derive(clap::Args)]
pub(crate) struct Options {}

/// Builds the libraries and says where they are, or what is missing.
pub(crate) fn run(_: &Options) -> Result<ExitCode> {
    let mut shell = Shell::open("android")?;
    let built = build(&mut shell);
    let missing = match shell.close(built)? {
        Ok(folder) => {
            println!("{} {}", green("built"), workspace::shown(&folder));
            let project = format!("{}/android", kotlin::SOURCES);
            println!(
                "{}",
                dim(&format!(
                    "make the Android library of it: gradle --project-dir {project} publishReleasePublicationToMavenLocal"
                ))
            );
            return Ok(ExitCode::SUCCESS);
        }
        Err(missing) => missing,
    };
    for Missing { what, install } in missing {
        println!("{what}\n    install it: {install}");
    }
    Ok(ExitCode::FAILURE)
}

/// The folder with a library for each kind of processor.
fn build(shell: &mut Shell) -> Result<Result<PathBuf, Vec<Missing>>> {
    let (ndk, targets) = (ndk(|name| env::var_os(name).map(PathBuf::from)), installed_targets(shell)?);
    let linkers = match plan(ndk.as_deref(), &targets) {
        Ok(linkers) => linkers,
        Err(missing) => return Ok(Err(missing)),
    };
    let folder = workspace::target().join("android/jniLibs");
    for (abi, linker) in linkers {
        let small = native::small_for(abi.target, LAYOUT, |build| link_with(build, abi, &linker), shell)?;
        let (built, library) = (small.library(), folder.join(abi.name).join("libeventos.so"));
        if let (Some(alignment), true) = (page_alignment(&fs::read(&built)?), abi.name != "armeabi-v7a") {
            ensure!(
                alignment >= PAGE,
                "{} is laid out for pages of {alignment} bytes, not {PAGE}",
                workspace::shown(&built)
            );
        }
        fs::create_dir_all(folder.join(abi.name))?;
        fs::copy(&built, &library).with_context(|| format!("cannot write {}", library.display()))?;
    }
    Ok(Ok(folder))
}

/// The NDK's folder: the one that is named, or the newest in the SDK.
fn ndk(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    if let Some(named) = variable("ANDROID_NDK_HOME").or_else(|| variable("ANDROID_NDK_ROOT")) {
        return Some(named);
    }
    let sdk = variable("ANDROID_HOME").or_else(|| variable("ANDROID_SDK_ROOT"))?;
    let installed = fs::read_dir(sdk.join("ndk")).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    installed.max_by_key(|folder| version(folder))
}

/// A folder's name as numbers: 9 is older than 28.
fn version(folder: &Path) -> Vec<u64> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').map(|number| number.parse().unwrap_or_default()).collect()
}

/// Android's targets that the Rust on this machine has a standard library for.
fn installed_targets(shell: &mut Shell) -> Result<Vec<&'static str>> {
    let libraries = rust_std::sysroot("rustc", shell)?.join("lib/rustlib");
    let targets = ABIS.iter().map(|abi| abi.target);
    Ok(targets.filter(|target| libraries.join(target).join("lib").exists()).collect())
}

/// What links for each kind of processor; or all that is missing, each with the command that installs it.
fn plan(ndk: Option<&Path>, targets: &[&str]) -> Result<Vec<(&'static Abi, PathBuf)>, Vec<Missing>> {
    let mut missing = Vec::new();
    let absent: Vec<&str> = ABIS.iter().map(|abi| abi.target).filter(|target| !targets.contains(target)).collect();
    if !absent.is_empty() {
        missing.push(Missing {
            what: format!("Rust has no standard library for {}", absent.join(", ")),
            install: format!("rustup target add {}", absent.join(" ")),
        });
    }
    let install = format!("sdkmanager --install 'ndk;{NDK}', and name the SDK's folder in ANDROID_HOME");
    let Some(ndk) = ndk else {
        missing.push(Missing {
            what: "no Android NDK: ANDROID_NDK_HOME and ANDROID_HOME/ndk name none".to_owned(),
            install,
        });
        return Err(missing);
    };
    let linkers: Vec<(&Abi, PathBuf)> = ABIS.iter().map(|abi| (abi, linker(ndk, abi))).collect();
    if let Some((_, linker)) = linkers.iter().find(|(_, linker)| !linker.exists()) {
        let what = format!("the NDK has no {}: it is too old, or not made for this machine", linker.display());
        missing.push(Missing { what, install });
    }
    if missing.is_empty() { Ok(linkers) } else { Err(missing) }
}

/// The NDK's compiler that links for an API level.
fn linker(ndk: &Path, abi: &Abi) -> PathBuf {
    let host = match env::consts::OS {
        "macos" => "darwin-x86_64",
        "windows" => "windows-x86_64",
        _ => "linux-x86_64",
    };
    let suffix = if cfg!(windows) { ".cmd" } else { "" };
    let name = format!("{}{API_LEVEL}-clang{suffix}", abi.compiler);
    ndk.join("toolchains/llvm/prebuilt").join(host).join("bin").join(name)
}

/// Tells cargo to link with the NDK.
fn link_with(build: &mut Command, abi: &Abi, linker: &Path) {
    let target = abi.target.replace('-', "_").to_uppercase();
    build.env(format!("CARGO_TARGET_{target}_LINKER"), linker);
}

/// The smallest alignment of what a 64-bit ELF file loads into memory.
fn page_alignment(elf: &[u8]) -> Option<u64> {
    let number = |at: usize, length: usize| {
        let bytes = elf.get(at..at.checked_add(length)?)?;
        Some(bytes.iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte)))
    };
    let is_64_bit = elf.starts_with(b"\x7fELF\x02\x01");
    let (start, size, count) = (number(32, 8)?, number(54, 2)?, number(56, 2)?);
    let headers = (0..count).map(|index| usize::try_from(start + index * size).ok());
    let loaded = headers.flatten().filter(|at| number(*at, 4) == Some(1));
    loaded.filter_map(|at| number(at + 48, 8)).min().filter(|_| is_64_bit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder laid out as an NDK, with a compiler for each name.
    fn ndk_with(name: &str, compilers: &[&str]) -> PathBuf {
        let sdk = workspace::target().join("xtask/android-tests").join(name);
        let ndk = sdk.join("ndk/28.0.1");
        let _ = fs::remove_dir_all(&sdk);
        let bin = linker(&ndk, &ABIS[0]).parent().unwrap().to_owned();
        fs::create_dir_all(&bin).unwrap();
        compilers.iter().for_each(|compiler| fs::write(bin.join(compiler), "").unwrap());
        ndk
    }

    const COMPILERS: [&str; 3] =
        ["aarch64-linux-android26-clang", "armv7a-linux-androideabi26-clang", "x86_64-linux-android26-clang"];
    const TARGETS: [&str; 3] = ["aarch64-linux-android", "armv7-linux-androideabi", "x86_64-linux-android"];

    #[test]
    fn each_kind_of_processor_is_linked_by_its_own_compiler() {
        let ndk = ndk_with("whole", &COMPILERS);
        let linkers = plan(Some(&ndk), &TARGETS).map_err(|missing| missing.len()).unwrap();
        let named = |(abi, linker): &(&Abi, PathBuf)| {
            format!("{} {} {}", abi.name, abi.target, linker.file_name().unwrap().to_string_lossy())
        };
        let expected = [
            "arm64-v8a aarch64-linux-android aarch64-linux-android26-clang",
            "armeabi-v7a armv7-linux-androideabi armv7a-linux-androideabi26-clang",
            "x86_64 x86_64-linux-android x86_64-linux-android26-clang",
        ];
        assert_eq!(linkers.iter().map(named).collect::<Vec<_>>(), expected);

        let mut build = Command::new("cargo");
        link_with(&mut build, linkers[1].0, &linkers[1].1);
        let told = |name: &str| build.get_envs().find(|(found, _)| *found == name).and_then(|(_, value)| value);
        assert_eq!(told("CARGO_TARGET_ARMV7_LINUX_ANDROIDEABI_LINKER"), Some(linkers[1].1.as_os_str()));
    }

    #[test]
    fn everything_that_is_missing_is_said_at_once() {
        let missing = plan(None, &TARGETS[..1]).err().unwrap();
        let said: Vec<String> =
            missing.into_iter().map(|Missing { what, install }| format!("{what}: {install}")).collect();
        assert_eq!(said.len(), 2);
        assert!(said[0].ends_with("rustup target add armv7-linux-androideabi x86_64-linux-android"), "{}", said[0]);
        assert!(said[1].contains("sdkmanager --install 'ndk;"), "{}", said[1]);
    }

    #[test]
    fn an_ndk_without_the_compiler_is_said_to_be_too_old() {
        let ndk = ndk_with("old", &COMPILERS[..2]);
        let missing = plan(Some(&ndk), &TARGETS).err().unwrap();
        assert!(missing[0].what.contains("x86_64-linux-android26-clang: it is too old"), "{}", missing[0].what);
    }

    #[test]
    fn the_newest_ndk_of_the_sdk_is_taken_unless_one_is_named() {
        let ndk_folder = ndk_with("several", &[]);
        let sdk = ndk_folder.parent().unwrap().parent().unwrap();
        for older in ["9.9.9", "27.2.12479018"] {
            fs::create_dir_all(sdk.join("ndk").join(older)).unwrap();
        }
        let in_sdk = |name: &str| (name == "ANDROID_HOME").then(|| sdk.to_owned());
        assert_eq!(ndk(in_sdk), Some(ndk_folder));
        let named = |name: &str| (name != "ANDROID_NDK_ROOT").then(|| PathBuf::from(name));
        assert_eq!(ndk(named), Some("ANDROID_NDK_HOME".into()));
        assert_eq!(ndk(|_| None), None);
    }

    #[test]
    fn the_layout_of_a_library_is_read_from_its_headers() {
        let mut elf = vec![0; 64 + 2 * 56];
        elf[..6].copy_from_slice(b"\x7fELF\x02\x01");
        elf[32] = 64;
        (elf[54], elf[56]) = (56, 2);
        for (header, alignment) in [(64, 65_536_u64), (120, 16_384)] {
            elf[header] = 1;
            elf[header + 48..header + 56].copy_from_slice(&alignment.to_le_bytes());
        }
        assert_eq!(page_alignment(&elf), Some(16_384));
        elf[120] = 4;
        assert_eq!(page_alignment(&elf), Some(65_536));
        assert_eq!(page_alignment(b"no ELF"), None);
    }

    #[test]
    fn the_android_library_is_for_the_same_systems() {
        let project = workspace::root().join(kotlin::SOURCES).join("android");
        let gradle = fs::read_to_string(project.join("build.gradle.kts")).unwrap();
        assert!(gradle.contains(&format!("minSdk = {API_LEVEL}\n")));
        for abi in ABIS {
            assert!(gradle.contains(&format!("\"{}\"", abi.name)), "{}", abi.name);
        }
    }
}
