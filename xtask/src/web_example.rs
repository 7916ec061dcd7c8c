//! The web example, built and running: Vite serves its page, the box office takes its payments.

use std::ffi::OsStr;
use std::fs::File;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use uuid::Uuid;

use crate::server::Server;
use crate::shell::{Shell, cargo, program};
use crate::steps::Missing;
use crate::{install, npm, workspace};

/// Where its sources and tests are, from the workspace's root.
pub(crate) const FOLDER: &str = "examples/web";

const BOX_OFFICE: &str = "eventos-box-office";
const PATIENCE: Duration = Duration::from_secs(60);

/// A running example. All of it stops when this is dropped.
pub(crate) struct WebExample {
    address: SocketAddr,
    _page: Running,
    _box_office: Running,
}

impl WebExample {
    /// Builds it and starts it over a server, at an address that is chosen last; or tells what is missing for that.
    pub(crate) fn start(
        server: &Server,
        address: fn() -> Result<SocketAddr>,
        shell: &mut Shell,
    ) -> Result<Result<Self, Missing>> {
        if let Err(missing) = npm::build(shell)? {
            return Ok(Err(missing));
        }
        install::npm_packages(FOLDER, shell)?;
        let endpoint = server.endpoint();
        let vite = |mut command: Command| {
            command.current_dir(workspace::root().join(FOLDER));
            command.env("EVENTOS_URL", &endpoint.url).env("EVENTOS_ANON_KEY", &endpoint.anon_key);
            if let Server::Embedded(_) = server {
                command.env("EVENTOS_DEMO_ACCOUNTS", "1");
            }
            command
        };
        shell.run(vite(program("npm", ["run", "build"])))?;
        shell.run(cargo(&format!("build --package {BOX_OFFICE}")))?;

        let counter = free_address()?;
        let mut box_office = on_leash(workspace::target().join("debug").join(BOX_OFFICE));
        box_office
            .env("BOX_OFFICE_ADDRESS", counter.to_string())
            .env("BOX_OFFICE_TEST_PAYMENTS", "1")
            .env("STRIPE_WEBHOOK_SECRET", format!("whsec_{}", Uuid::new_v4().simple()));
        let box_office = Running::start(BOX_OFFICE, server.introduce(box_office), counter)?;

        let address = address()?;
        let mut page = vite(on_leash("node"));
        page.args(["node_modules/vite/bin/vite.js", "preview", "--strictPort"])
            .args(["--host", &address.ip().to_string(), "--port", &address.port().to_string()])
            .env("BOX_OFFICE_URL", format!("http://{counter}"));
        let page = Running::start("vite-preview", page, address)?;
        Ok(Ok(Self { address, _page: page, _box_office: box_office }))
    }

    /// Where the page is.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// An address of this machine that nobody listens on.
pub(crate) fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// Runs a program, and stops it when its standard input ends: with the process that holds the other end, however that ends.
const LEASH: &str = r#"
exec 3<&0
"$@" 3<&- </dev/null &
program=$!
( read -r _ <&3; kill "$program" ) 2>/dev/null &
exec 3<&-
wait "$program"
"#;

/// A program that cannot outlive this one.
fn on_leash(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", LEASH, "sh"]).arg(program).stdin(Stdio::piped());
    command
}

/// A program that serves until it is dropped; what it prints goes to a log of its own.
struct Running(Child);

impl Running {
    /// Starts it, and waits until it listens.
    fn start(name: &str, mut command: Command, address: SocketAddr) -> Result<Self> {
        let log = workspace::log(name)?;
        let output = File::create(&log)?;
        command.stdout(output.try_clone()?).stderr(output);
        let mut running = Self(command.spawn().with_context(|| format!("cannot run {name}"))?);
        let started = Instant::now();
        loop {
            let is_answered = TcpStream::connect(address).is_ok();
            // Whoever answers may be another program, which took the address first: then ours has ended.
            let has_ended = running.0.try_wait()?.is_some();
            if has_ended || started.elapsed() > PATIENCE {
                bail!("{name} does not listen on {address}: see {}", workspace::shown(&log));
            }
            if is_answered {
                return Ok(running);
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // One that has ended already leaves nothing to wait for.
        let _ = self.0.wait();
    }
}
