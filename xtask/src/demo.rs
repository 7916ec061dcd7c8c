//! `cargo xtask demo`: sells a ticket and lets its holder in, on a real server.

use std::net::{SocketAddr, TcpListener};
use std::process::{Command, ExitCode};
use std::sync::mpsc;
use std::thread;

use anyhow::{Result, anyhow};
use eventos_backend::Options as BackendOptions;

use crate::progress::{Progress, dim, green, is_terminal};
use crate::server::Server;
use crate::shell::{Shell, cargo};
use crate::web_example::{WebExample, free_address};
use crate::workspace;

const EXAMPLE: &str = "eventos-example-rust";

/// Where the demo plays, and what is left when it is over.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Leave the embedded backend running, with its rows kept, and open the web example on it, until Ctrl-C.
    #[arg(long)]
    serve: bool,

    /// Play on the server in `EVENTOS_URL`, writing and removing rows there.
    #[arg(long)]
    yes: bool,
}

/// Starts the backend, plays the example, and serves on if that was asked for.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let server = prepare(options)?;
    println!("{}", dim(&format!("{} at {}", server.endpoint().server, server.endpoint().url)));
    let played = story(&server)?.status()?;
    // The web example gives tickets away: only a server of our own is left to it.
    if let (true, true, Server::Embedded(_)) = (options.serve, played.success(), &server) {
        serve(&server)?;
    }
    Ok(if played.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The example, told which server to play on.
pub(crate) fn story(server: &Server) -> Result<Command> {
    let mut example = server.introduce(cargo(&format!("run --quiet --package {EXAMPLE}")));
    // A server without sign-in takes tokens of the seed data's accounts.
    if let (Server::Named(endpoint), true) = (server, server.endpoint().jwt_secret.is_some()) {
        for (name, user_id, email) in SEEDED {
            example.env(name, endpoint.user_token(user_id, email)?);
        }
    }
    Ok(example)
}

/// The seed data's accounts, and where the example looks for their tokens.
const SEEDED: [(&str, &str, &str); 2] = [
    ("EVENTOS_CUSTOMER_TOKEN", "22222222-2222-2222-2222-222222222222", "customer@example.com"),
    ("EVENTOS_ORGANIZER_TOKEN", "11111111-1111-1111-1111-111111111111", "organizer@eventos.com"),
];

/// The seed data's password, which is public.
const PASSWORD: &str = "eventos-local-only";

/// Starts the backend while the example is compiled: on a first run both take a while.
fn prepare(options: &Options) -> Result<Server> {
    let mut shell = Shell::open("demo")?;
    if !workspace::root().join("backend/node_modules").exists() {
        println!("First run: the backend is installed and the example compiled, which takes a few minutes.");
    }
    let backend = if options.serve { BackendOptions::kept() } else { BackendOptions::throwaway() };
    let backend = backend.progress(shell.listener());
    let server = thread::scope(|scope| {
        let server = scope.spawn(|| Server::at_hand(options.yes, backend));
        let built = shell.run(cargo(&format!("build --package {EXAMPLE}")));
        let server = server.join().map_err(|_| anyhow!("the backend could not be started"))?;
        built.and(server)
    });
    shell.close(server)
}

/// Serves the web example until Ctrl-C, then stops everything.
fn serve(server: &Server) -> Result<()> {
    let (stop, stopped) = mpsc::channel();
    ctrlc::set_handler(move || {
        let _ = stop.send(());
    })?;
    println!();
    let mut shell = Shell::open("web example")?;
    let started = WebExample::start(server, usual_address, &mut shell);
    let endpoint = server.endpoint();
    let _running = match shell.close(started)? {
        Ok(example) => {
            println!("{} {}", green("The web example is at"), example.url());
            if is_terminal() {
                // Without a browser the address above has to do.
                let _ = open::that_detached(example.url());
            }
            Some(example)
        }
        Err(missing) => {
            println!("{}: the web example needs it. To install it: {}", missing.what, missing.install);
            None
        }
    };
    println!("{} {}", green("EventOS is running at"), endpoint.url);
    println!("  accounts     {}; their password is {PASSWORD}", SEEDED.map(|(_, _, email)| email).join(", "));
    println!("  anon key     {}", endpoint.anon_key);
    println!("  other keys   .eventos/backend/secrets.json (keep the service key on servers)");
    println!("  start afresh rm -r .eventos/backend");
    println!("Ctrl-C stops it.");
    let _ = stopped.recv();
    let _stopping = Progress::start("stopping");
    Ok(())
}

/// Where Vite shows what was built, unless that is taken.
fn usual_address() -> Result<SocketAddr> {
    let usual = SocketAddr::from(([127, 0, 0, 1], 4173));
    TcpListener::bind(usual).map_or_else(|_| free_address(), |_| Ok(usual))
}
