//! `EVENTOS_URL=… EVENTOS_SERVICE_KEY=… STRIPE_WEBHOOK_SECRET=whsec_… cargo run -p eventos-box-office`

use std::env::{self, VarError};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use eventos_box_office::{BoxOffice, Printed, TestPayments, router, with_test_payments};
use eventos_core::Eventos;
use eventos_core::flows::stripe::{SigningSecret, Webhook};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<()> {
    let secret = variable("STRIPE_WEBHOOK_SECRET")?;
    let box_office = BoxOffice {
        service: Eventos::connect(variable("EVENTOS_URL")?, variable("EVENTOS_SERVICE_KEY")?)?,
        webhook: Webhook::new(SigningSecret::new(secret.as_str())),
        mailer: Arc::new(Printed),
    };
    let address = env::var("BOX_OFFICE_ADDRESS").unwrap_or_else(|_| "127.0.0.1:8787".into());
    let listener = TcpListener::bind(&address).await.with_context(|| format!("cannot listen on {address}"))?;
    let webhook = format!("http://{}/webhooks/stripe", listener.local_addr()?);
    println!("The box office takes webhooks at {webhook}");
    let router = match env::var("BOX_OFFICE_TEST_PAYMENTS").as_deref() {
        Ok("1") => with_test_payments(box_office, TestPayments::new(secret, webhook)),
        Err(VarError::NotPresent) => router(box_office),
        _ => bail!("BOX_OFFICE_TEST_PAYMENTS gives tickets away: it must be 1, or not be set"),
    };
    axum::serve(listener, router)
        .with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    Ok(())
}

fn variable(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set: see examples/box-office/README.md"))
}
