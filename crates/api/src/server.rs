//! One server: routes, shield and workers around the shared state.

use std::{net::TcpListener, sync::Arc, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse, HttpServer,
    body::BoxBody,
    dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::from_fn,
    web,
};
use chrono::{DateTime, Utc};
use object_store::{ObjectStore, aws::AmazonS3Builder, local::LocalFileSystem};
use sha2::{Digest, Sha256};
use utoipa_swagger_ui::SwaggerUi;
use wuye_domain::shared::{Problem, ProblemCode, private::DigestKey};
use wuye_persistence::{Conn, Failure, db, secrets};

use crate::{
    ApiError, App,
    app::Shared,
    clock::Clock,
    config::Config,
    contract::{self, Contract},
    jobs, live,
    metrics::{self, Metrics},
    operations::METRICS,
    routes,
    shield::shield,
    token::Keys,
};

/// Prepares the shared state on a migrated database: keys, files, epochs.
///
/// # Errors
/// `Unavailable` when the database cannot be reached.
pub async fn prepare(config: Config, database_url: String, clock: Clock) -> Result<Arc<Shared>, Failure> {
    let mut conn = db::establish(database_url.clone())
        .await
        .map_err(|error| Failure::Unavailable(error.to_string()))?;
    let now = clock.now();
    let secret = installation_secret(&mut conn, now).await?;
    let derive = |purpose: &str| derive(&secret, purpose);
    let files = files(&config)?;
    let shared = Shared {
        keys: Keys::new(&derive("access tokens")),
        digest_key: derive("personal data"),
        config,
        database_url,
        clock,
        epochs: Default::default(),
        live: Default::default(),
        contract: Contract::default(),
        metrics: Metrics::new()?,
        files,
    };
    Ok(Arc::new(shared))
}

/// Name of the secret that all keys of an installation are derived from.
pub(crate) const INSTALLATION: &str = "signing";
/// Its length.
pub(crate) const SECRET_BYTES: usize = 64;

async fn installation_secret(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<u8>, Failure> {
    let mut fresh = [0_u8; SECRET_BYTES];
    getrandom::fill(&mut fresh).map_err(Failure::internal)?;
    secrets::get_or_set(conn, INSTALLATION, &fresh, now).await
}

fn derive(secret: &[u8], purpose: &str) -> Vec<u8> {
    Sha256::new()
        .chain_update(secret)
        .chain_update(purpose)
        .finalize()
        .to_vec()
}

/// The key of the digests that stand for personal data, for work without a server.
pub(crate) async fn personal_data_key(conn: &mut Conn, now: DateTime<Utc>) -> Result<DigestKey, Failure> {
    personal_data_key_from(&installation_secret(conn, now).await?)
}

/// The same from a secret in hand.
pub(crate) fn personal_data_key_from(secret: &[u8]) -> Result<DigestKey, Failure> {
    let derived = derive(secret, "personal data");
    let bytes: [u8; 32] = derived
        .try_into()
        .map_err(|_| Failure::internal("a key of another length"))?;
    Ok(DigestKey::new(bytes))
}

/// Where uploaded files lie, by these settings.
///
/// # Errors
/// The folder or bucket cannot be used.
pub fn files(config: &Config) -> Result<Arc<dyn ObjectStore>, Failure> {
    if let Some(bucket) = &config.s3_bucket {
        let store = AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .build()
            .map_err(Failure::internal)?;
        return Ok(Arc::new(store));
    }
    let folder = config.files_folder();
    std::fs::create_dir_all(&folder).map_err(Failure::internal)?;
    Ok(Arc::new(
        LocalFileSystem::new_with_prefix(folder).map_err(Failure::internal)?,
    ))
}

/// Everything that one worker answers, with the shield around it.
pub(crate) fn application(
    app: App,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    actix_web::App::new()
        .app_data(web::Data::new(app))
        .app_data(web::PathConfig::default().error_handler(|_, _| ApiError::from(Problem::not_found()).into()))
        .configure(routes::serve)
        .route(METRICS, web::get().to(metrics::metrics))
        .route("/docs/errors", web::get().to(crate::problem::reference))
        .service(SwaggerUi::new("/docs/{_:.*}").config(utoipa_swagger_ui::Config::from("/openapi.json")))
        .route(
            "/docs",
            web::get().to(|| async {
                HttpResponse::Found()
                    .insert_header((header::LOCATION, "/docs/"))
                    .finish()
            }),
        )
        .route(
            "/openapi.json",
            web::get().to(|| async {
                HttpResponse::Ok()
                    .content_type(header::ContentType::json())
                    .body(contract::DOCUMENT)
            }),
        )
        .default_service(web::to(async |request: HttpRequest| otherwise(&request)))
        .wrap(from_fn(shield))
}

/// Connections of the job workers.
const JOB_CONNECTIONS: usize = 4;
/// Connections of the live channel: one hears, one tells, one reads anew what may have been missed.
const LIVE_CONNECTIONS: usize = 3;

/// How many connections a server with these settings may open.
pub(crate) fn most_connections(config: &Config) -> usize {
    config.worker_count() * config.connections + JOB_CONNECTIONS + LIVE_CONNECTIONS
}

/// How long an idle connection is kept: longer than a reverse proxy keeps its own (nginx: 60 s), so that a request is not sent
/// just when this side closes.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// Starts serving on `listener`; the handle stops it. Runs the job worker and the live channel beside it.
///
/// # Errors
/// The listener cannot be used.
pub fn start(shared: Arc<Shared>, listener: TcpListener) -> std::io::Result<(Server, App)> {
    let workers = shared.config.worker_count();
    let app = App::new(shared.clone(), JOB_CONNECTIONS).map_err(std::io::Error::other)?;
    live::start(shared.clone());
    let server = HttpServer::new(move || {
        let app = match App::new(shared.clone(), shared.config.connections) {
            Ok(app) => app,
            Err(failure) => panic!("no pool for a worker: {failure}"),
        };
        application(app)
    })
    .workers(workers)
    .client_request_timeout(Duration::from_secs(15))
    .keep_alive(KEEP_ALIVE)
    .shutdown_timeout(20)
    .disable_signals()
    .listen(listener)?
    .run();
    Ok((server, app))
}

/// The job workers of a running server.
pub struct Jobs {
    stop: tokio::sync::watch::Sender<bool>,
    lanes: Vec<tokio::task::JoinHandle<()>>,
}

impl Jobs {
    /// Breaks off what is not over, puts it back for the next server, and takes nothing more.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for lane in self.lanes {
            if let Err(error) = lane.await {
                tracing::error!(%error, "a job worker ended");
            }
        }
    }
}

/// Runs the job workers of a server.
#[must_use]
pub fn start_jobs(app: &App) -> Jobs {
    let (stop, stopping) = tokio::sync::watch::channel(false);
    let lanes = [jobs::Lane::Quick, jobs::Lane::Long, jobs::Lane::Outside]
        .map(|lane| tokio::spawn(jobs::work(app.clone(), lane, stopping.clone())))
        .into();
    Jobs { stop, lanes }
}

/// Runs every job that is due; tests call it instead of waiting.
///
/// # Errors
/// The first failure of a job.
pub async fn run_due_jobs(app: &App) -> Result<(), Failure> {
    jobs::run_due(app).await
}

/// What no route took: a page of the browser program, or nothing.
fn otherwise(request: &HttpRequest) -> Result<HttpResponse, ApiError> {
    let path = request.path();
    if !path.starts_with("/api/")
        && matches!(*request.method(), Method::GET | Method::HEAD)
        && let Some(page) = crate::spa::serve(request)
    {
        return Ok(page);
    }
    Err(Problem::new(
        ProblemCode::NotFound,
        wuye_domain::text!(
            "没有“{path}”这个地址。接口说明见 /docs。",
            "There is no address “{path}”. /docs describes the API."
        ),
    )
    .into())
}
