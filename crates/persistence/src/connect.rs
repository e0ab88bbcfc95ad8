//! The way to the database: by its socket or over the network, with TLS where its address says `sslmode=require`.

use std::sync::LazyLock;

use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::{Client, Config, Connection, Error, Socket, config::SslMode, tls::MakeTlsConnect};
use tokio_postgres_rustls::MakeRustlsConnect;

/// The other half of a client: whoever opened it drives it, and it ends with the client.
pub type Session = Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>;

/// Checks certificates against the system's authorities, or those in the file that `SSL_CERT_FILE` names.
static CHECKED: LazyLock<MakeRustlsConnect> = LazyLock::new(|| match MakeRustlsConnect::with_native_certs() {
    Ok((tls, unread)) => {
        for error in unread {
            tracing::warn!(%error, "an authority that cannot be read is left out");
        }
        tls
    }
    Err(errors) => {
        tracing::error!(
            ?errors,
            "no authority is known to check the certificate of the database against"
        );
        trusting_nobody()
    }
});
static UNUSED: LazyLock<MakeRustlsConnect> = LazyLock::new(trusting_nobody);

fn trusting_nobody() -> MakeRustlsConnect {
    let config = ClientConfig::builder().with_root_certificates(RootCertStore::empty());
    MakeRustlsConnect::new(config.with_no_client_auth())
}

/// Opens a connection. Without `sslmode=require` it is plain: a certificate that nobody asked for would be checked by nobody,
/// and one that is checked must not be left out because somebody on the way says so.
///
/// # Errors
/// The database cannot be reached, shows a certificate of no known authority, or refuses the login.
pub async fn connect(mut config: Config) -> Result<(Client, Session), Error> {
    let tls = if config.get_ssl_mode() == SslMode::Require {
        &CHECKED
    } else {
        config.ssl_mode(SslMode::Disable);
        &UNUSED
    };
    config.connect((**tls).clone()).await
}

/// Opens a connection that is driven by itself until its client goes.
///
/// # Errors
/// As [`connect`], or the address cannot be read.
pub async fn client(url: &str) -> Result<Client, Error> {
    let (client, session) = connect(url.parse()?).await?;
    tokio::spawn(session);
    Ok(client)
}
