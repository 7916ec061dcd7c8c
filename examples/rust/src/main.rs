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
    let played = story::play(&cast).await;
    let order = match played {
        Ok(order) => order,
        Err(problem) => {
            print::failed(&problem);
            return Err(problem);
        }
    };
    if std::env::var_os("EVENTOS_KEEP").is_none() {
        story::tidy(&cast, order).await?;
    }
    Ok(())
}
