//! `cargo xtask generate`: writes the files that are computed from another source, or says which are stale.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::progress::{dim, green, red};
use crate::shell::Shell;
use crate::steps::Outcome;
use crate::{
    kotlin_tables, mirrors, modules, peer_requests, python_tables, swift_tables, transliteration, typescript, workspace,
};

/// Computes files as they have to be.
type Generator = fn(&mut Shell) -> Result<Vec<Generated>>;

/// Everything that writes files.
const GENERATORS: &[Generator] = &[
    |_| transliteration::files(),
    |_| Ok(typescript::files()),
    mirrors::files,
    |_| Ok(python_tables::files()),
    kotlin_tables::files,
    swift_tables::files,
    modules::files,
    peer_requests::files,
];

/// A file as its generator wants it. A file of which only a part is generated is given whole, with that part replaced.
pub(crate) struct Generated {
    /// Where it goes, from the workspace's root.
    pub(crate) path: &'static str,
    /// All that it contains.
    pub(crate) contents: String,
}

/// Whether to write.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write nothing; name the stale files and fail if there are any.
    #[arg(long)]
    check: bool,
}

/// Writes what is stale, or only names it.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let mut shell = Shell::open("generate")?;
    let stale = stale(&mut shell, if options.check { |_| Ok(()) } else { Generated::write });
    let stale = shell.close(stale)?;
    for file in &stale {
        println!("{} {}", if options.check { red("stale") } else { green("wrote") }, file.path);
    }
    if stale.is_empty() {
        println!("{}", dim("every generated file is fresh"));
    } else if options.check {
        println!("write them: cargo xtask generate");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The step of `cargo xtask test`.
pub(crate) fn check(shell: &mut Shell) -> Result<Outcome> {
    let stale = stale(shell, |_| Ok(()))?;
    if stale.is_empty() {
        return Ok(Outcome::Passed);
    }
    for file in &stale {
        shell.note(&format!("stale: {}", file.path))?;
    }
    bail!("generated files are stale; write them with `cargo xtask generate`")
}

/// The stale files. Each is handled before the next generator runs: some compile what others write.
fn stale(shell: &mut Shell, handle: fn(&Generated) -> Result<()>) -> Result<Vec<Generated>> {
    let mut stale = Vec::new();
    for generator in GENERATORS {
        let files: Vec<_> = generator(shell)?.into_iter().filter(|file| !file.is_fresh_in(workspace::root())).collect();
        files.iter().try_for_each(handle)?;
        stale.extend(files);
    }
    Ok(stale)
}

impl Generated {
    fn is_fresh_in(&self, root: &Path) -> bool {
        fs::read(root.join(self.path)).is_ok_and(|found| found == self.contents.as_bytes())
    }

    fn write(&self) -> Result<()> {
        let path = workspace::root().join(self.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, &self.contents).with_context(|| format!("cannot write {}", self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_fresh_only_when_every_byte_is_as_generated() {
        let contents = fs::read_to_string(workspace::root().join("rustfmt.toml")).unwrap();
        let file = |path, contents| Generated { path, contents };
        assert!(file("rustfmt.toml", contents.clone()).is_fresh_in(workspace::root()));
        assert!(!file("rustfmt.toml", contents + "\n").is_fresh_in(workspace::root()));
        assert!(!file("no-such-file", String::new()).is_fresh_in(workspace::root()));
    }
}
