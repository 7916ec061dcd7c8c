//! Sells a ticket and lets its holder in: the four examples of the specification, played on a real server.
//!
//! It reads `EVENTOS_URL`, `EVENTOS_ANON_KEY` and `EVENTOS_SERVICE_KEY`; `cargo xtask demo` starts a server and sets them.

mod cast;
mod print;
mod story;

use anyhow::Result;

use crate::cast::Cast;

#[tokio::main]
async fn main() -> Result<()> {
    let cast = Cast::gather().await?;
    let played = story::play(&cast).await.inspect_err(print::failed);
    // The embedded server's database is the demo's own; any other one is left as it was, however the story ended.
    if std::env::var_os("EVENTOS_SERVER").is_none() {
        story::tidy(&cast).await?;
    }
    played
}
