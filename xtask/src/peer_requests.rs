//! What `@supabase/postgrest-js` sends for the differential tests' queries, captured from the library itself.

use std::fs;

use anyhow::Result;

use crate::generate::Generated;
use crate::shell::{Shell, program};
use crate::{install, workspace};

const FOLDER: &str = "tests/differential";
const CAPTURED: &str = "tests/differential/postgrest-js.json";

/// The captured requests as the library in the lock file sends them.
pub(crate) fn files(shell: &mut Shell) -> Result<Vec<Generated>> {
    install::npm_packages(FOLDER, shell)?;
    let fresh = workspace::target().join("xtask/postgrest-js.json");
    let mut capture = program("node", ["capture.mjs"]);
    capture.arg(&fresh).current_dir(workspace::root().join(FOLDER));
    shell.run(capture)?;
    Ok(vec![Generated { path: CAPTURED, contents: fs::read_to_string(fresh)? }])
}
