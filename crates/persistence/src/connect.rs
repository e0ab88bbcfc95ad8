//! The way to the database: by its socket or over the network, with TLS where its address says `sslmode=require`.

use std::{net::IpAddr, sync::LazyLock};

use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::{
    Client, Config, Connection, Error, Socket,
    config::{Host, SslMode},
    tls::MakeTlsConnect,
};
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

/// Whether somebody on the way to this database could read along: it is on another machine, and TLS is not asked for.
///
/// # Errors
/// It is no address of a database.
pub fn in_the_open(url: &str) -> Result<bool, Error> {
    let config: Config = url.parse()?;
    let elsewhere = |host: &Host| match host {
        Host::Unix(_) => false,
        Host::Tcp(name) => name != "localhost" && !name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
    };
    Ok(config.get_ssl_mode() != SslMode::Require && config.get_hosts().iter().any(elsewhere))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_leaves_the_machine_without_tls_is_in_the_open() {
        for (url, open) in [
            ("postgres://wuye:secret@db.example.com/wuye", true),
            ("postgres://wuye@db1,db2/wuye?target_session_attrs=read-write", true),
            ("host=192.0.2.7 user=wuye sslmode=prefer", true),
            ("postgres://wuye@db.example.com/wuye?sslmode=require", false),
            ("postgres://wuye@127.0.0.1:5432/wuye", false),
            ("postgres://wuye@localhost/wuye", false),
            ("postgres://wuye@%2Frun%2Fpostgresql/wuye", false),
            ("host=/run/postgresql user=wuye", false),
        ] {
            assert_eq!(in_the_open(url).expect("an address"), open, "{url}");
        }
    }
}
