//! `wuye serve` and `wuye migrate`.

use std::net::TcpListener;

use tokio::signal::unix::{Signal, SignalKind, signal};
use wuye_domain::shared::zone::{DEFAULT_ZONE, business_date};
use wuye_persistence::{db, jobs, manual, migrations, org, plans};

use super::{database::Database, logging};
use crate::{access, clock::Clock, config::Config, server};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Serves until a signal comes.
pub fn serve(config: Config) -> Outcome {
    logging::start(config.log_format);
    if config.demo && !config.is_loopback() {
        return Err(
            "--demo shows a password on the login page, so it serves on loopback only: choose another --listen".into(),
        );
    }
    let listener =
        TcpListener::bind(config.listen).map_err(|error| format!("cannot listen on {}: {error}", config.listen))?;
    let database = Database::own(&config)?;
    let outcome = actix_web::rt::System::new().block_on(run(config, &database, listener));
    database.close()?;
    outcome
}

/// Brings the database up to date.
pub fn migrate(config: Config) -> Outcome {
    logging::start(config.log_format);
    let database = Database::open(&config)?;
    let outcome = actix_web::rt::System::new().block_on(prepare_database(&database.url, &Clock::default()));
    database.close()?;
    outcome
}

/// Schema and seed: what every database needs before it is used.
pub(super) async fn prepare_database(url: &str, clock: &Clock) -> Outcome {
    let applied = migrations::run(url).await?;
    for version in &applied {
        tracing::info!(version, "migrated");
    }
    let mut conn = db::establish(url.to_owned()).await?;
    org::seed(&mut conn, clock.now()).await?;
    manual::seed(&mut conn, business_date(clock.now(), DEFAULT_ZONE)).await?;
    plans::rules::seed(&mut conn, clock.now()).await?;
    Ok(())
}

async fn run(config: Config, database: &Database, listener: TcpListener) -> Outcome {
    let clock = Clock::default();
    let url = database.url.as_str();
    prepare_database(url, &clock).await?;
    if database.is_private() {
        // An earlier server was killed at work: nobody else can go on with it, so this one need not wait for a lease.
        jobs::put_all_back(&mut db::establish(url.to_owned()).await?).await?;
    }
    if config.demo {
        super::demo::fill(&config, url, &clock).await?;
    }
    let address = listener.local_addr()?;
    let shared = server::prepare(config, url.to_owned(), clock).await?;
    let greeting = greeting(&shared, address).await?;
    let (server, app) = server::start(shared, listener)?;
    let jobs = server::start_jobs(&app);
    let handle = server.handle();
    let running = tokio::spawn(server);
    // Who reads the greeting may send a signal at once.
    let stop = StopSignal::new()?;
    println!("{greeting}");
    stop.come().await;
    tracing::info!("stopping: running requests are finished first");
    app.shared.live.close();
    handle.stop(true).await;
    jobs.stop().await;
    running.await??;
    Ok(())
}

/// Address and first login, for the person who started the server.
async fn greeting(
    shared: &crate::app::Shared,
    address: std::net::SocketAddr,
) -> Result<String, Box<dyn std::error::Error>> {
    let mut conn = db::establish(shared.database_url.clone()).await?;
    let base = shared
        .config
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://{address}"));
    let mut lines = vec![format!("物业服务中心 listening on {base}")];
    if access::setup_needed(&mut conn).await? {
        let code = access::new_setup_code(&mut conn, shared.clock.now()).await?;
        lines.push(format!(
            "首次使用 first start: open {base}/setup and enter the code {code}"
        ));
    } else if shared.config.demo
        && let Some(password) = wuye_persistence::accounts::demo_password(&mut conn).await?
    {
        lines.push(format!(
            "演示账号 demo logins: recept, tech, pubsup, depmgr … all with password {password}"
        ));
    }
    Ok(lines.join("\n"))
}

/// Ctrl-C or SIGTERM, listened to from the moment this is made.
struct StopSignal {
    interrupt: Signal,
    terminate: Signal,
}

impl StopSignal {
    fn new() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn come(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
