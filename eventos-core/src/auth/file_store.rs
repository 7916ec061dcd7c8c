//! A session in a file that only its owner may read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Session, SessionStore};
use crate::error::{Error, Result};
use crate::host::BoxFuture;

/// Keeps the session in a file, which only its owner may read (mode 0600 on Unix).
///
/// The file is replaced whole, by a rename, so that neither a crash nor a second process ever leaves or meets half of a
/// session. A file that holds no session fails as [`Storage`](crate::ErrorKind::Storage) until a sign-in replaces it or
/// a sign-out removes it. The file is small and read rarely: reading and writing block the thread for that moment.
///
/// ```no_run
/// # fn run() -> eventos_core::Result<()> {
/// use std::sync::Arc;
/// use eventos_core::{Eventos, auth::FileStore};
///
/// let eventos = Eventos::builder("https://example.supabase.co", "your-anon-key")
///     .sessions(Arc::new(FileStore::new("/var/lib/door/session.json")))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct FileStore {
    path: PathBuf,
}

impl FileStore {
    /// Keeps the session in this file. Neither it nor its folder need exist yet.
    ///
    /// [`FileStore`] has an example.
    pub fn new(path: impl Into<PathBuf>) -> FileStore {
        FileStore { path: path.into() }
    }

    /// Where the session is kept.
    ///
    /// ```
    /// use std::path::Path;
    /// use eventos_core::auth::FileStore;
    ///
    /// let store = FileStore::new("/var/lib/door/session.json");
    /// assert_eq!(store.path(), Path::new("/var/lib/door/session.json"));
    /// ```
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn read(&self) -> Result<Option<Session>> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Session::from_json(&text).map(Some).map_err(|error| self.failed("read", &error)),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(problem) => Err(self.failed("read", &problem)),
        }
    }

    fn replace(&self, text: &str) -> Result<()> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        create_private_folder(folder).map_err(|problem| self.failed("written", &problem))?;
        let draft = folder.join(draft_name()?);
        let written = write_private(&draft, text).and_then(|()| fs::rename(&draft, &self.path));
        written.map_err(|problem| {
            // The draft holds the session too; if even this fails, there is nothing left to try.
            let _ = fs::remove_file(&draft);
            self.failed("written", &problem)
        })
    }

    fn remove(&self) -> Result<()> {
        match fs::remove_file(&self.path) {
            Err(problem) if problem.kind() != io::ErrorKind::NotFound => Err(self.failed("removed", &problem)),
            _ => Ok(()),
        }
    }

    fn failed(&self, verb: &str, problem: &dyn std::fmt::Display) -> Error {
        Error::storage(format!("the session in {} cannot be {verb}: {problem}", self.path.display()))
    }
}

impl SessionStore for FileStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<Session>>> {
        Box::pin(async { self.read() })
    }

    fn save<'a>(&'a self, session: &'a Session) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { self.replace(&session.to_json()) })
    }

    fn clear(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async { self.remove() })
    }
}

/// A name that no other process takes, not even one in another container over the same folder.
fn draft_name() -> Result<String> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)
        .map_err(|problem| Error::storage(format!("the system gave no random bytes: {problem}")))?;
    Ok(format!(".eventos-session-{:016x}", u64::from_ne_bytes(bytes)))
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
