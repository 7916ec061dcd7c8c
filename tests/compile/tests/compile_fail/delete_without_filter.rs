use eventos_core::Eventos;

async fn clear(eventos: Eventos) -> eventos_core::Result<()> {
    eventos.events().delete().await
}

fn main() {}
