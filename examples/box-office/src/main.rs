//! `EVENTOS_URL=… EVENTOS_SERVICE_KEY=… STRIPE_WEBHOOK_SECRET=whsec_… cargo run -p eventos-box-office`

use std::env;
use std::sync::Arc;

use anyhow::{Context, Result};
use eventos_box_office::{BoxOffice, Printed, router};
use eventos_core::Eventos;
use eventos_core::flows::stripe::{SigningSecret, Webhook};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<()> {
    let box_office = BoxOffice {
        service: Eventos::connect(variable("EVENTOS_URL")?, variable("EVENTOS_SERVICE_KEY")?)?,
        webhook: Webhook::new(SigningSecret::new(variable("STRIPE_WEBHOOK_SECRET")?)),
        mailer: Arc::new(Printed),
    };
    let address = env::var("BOX_OFFICE_ADDRESS").unwrap_or_else(|_| "127.0.0.1:8787".into());
    let listener = TcpListener::bind(&address).await.with_context(|| format!("cannot listen on {address}"))?;
    println!("The box office takes webhooks at http://{}/webhooks/stripe", listener.local_addr()?);
    axum::serve(listener, router(box_office))
        .with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    Ok(())
}

fn variable(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set: see examples/box-office/README.md"))
}
