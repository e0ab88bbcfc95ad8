//! Connections: one pool per server worker, each connection set up for short prepared statements.

use diesel::ConnectionError;
use diesel_async::{
    AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
    pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool},
};
use futures_util::FutureExt;

use crate::{
    Failure,
    connect::connect,
    statements::{NAME, Watch},
};

/// A database connection.
pub type Conn = AsyncPgConnection;
/// A pool of connections.
pub type Pool = deadpool::Pool<AsyncPgConnection>;
/// A connection on loan from the pool.
pub type Pooled = deadpool::Object<AsyncPgConnection>;

/// Set on every connection. `force_generic_plan`: a bound LIMIT is planned anew at each call otherwise, which costs a
/// third of a list's time. `statement_timeout` bounds what one request can hold.
const SESSION: &str = "SET plan_cache_mode = force_generic_plan; SET statement_timeout = '15s'; \
     SET idle_in_transaction_session_timeout = '60s'; SET TIME ZONE 'UTC'; SET jit = off";

/// Makes a pool; no connection is opened yet. `url` is a URL or a libpq keyword string.
///
/// # Errors
/// `Internal` when the pool cannot be built.
pub fn pool(url: &str, size: usize, watch: Watch) -> Result<Pool, Failure> {
    let mut config = ManagerConfig::default();
    // The default tests each connection at every checkout: one round trip more per request.
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(move |url| establish_watched(url.to_owned(), watch).boxed());
    let lend = move || {
        deadpool::Hook::sync_fn(move |conn: &mut AsyncPgConnection, _: &_| {
            watch.lend(conn);
            Ok(())
        })
    };
    let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new_with_config(url, config);
    Pool::builder(manager)
        .max_size(size)
        .wait_timeout(Some(std::time::Duration::from_secs(5)))
        .create_timeout(Some(std::time::Duration::from_secs(5)))
        .runtime(::deadpool::Runtime::Tokio1)
        .post_create(lend())
        .post_recycle(lend())
        .build()
        .map_err(Failure::internal)
}

/// Opens one connection outside the pool: for migrations, imports and other long work.
///
/// # Errors
/// The database cannot be reached or refuses the login.
pub async fn establish(url: String) -> Result<AsyncPgConnection, ConnectionError> {
    establish_watched(url, Watch::default()).await
}

async fn establish_watched(url: String, watch: Watch) -> Result<AsyncPgConnection, ConnectionError> {
    let refused = |error: &tokio_postgres::Error| ConnectionError::BadConnection(told(error));
    let mut config: tokio_postgres::Config = url.parse().map_err(|error| refused(&error))?;
    if config.get_application_name().is_none() {
        config.application_name(NAME);
    }
    let (client, connection) = connect(config).await.map_err(|error| refused(&error))?;
    let mut conn = AsyncPgConnection::try_from_client_and_connection(client, connection).await?;
    conn.batch_execute(SESSION)
        .await
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    let backend = diesel::select(pg_backend_pid())
        .get_result(&mut conn)
        .await
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    watch.install(&mut conn, backend);
    Ok(conn)
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// The process that serves this connection, as PostgreSQL shows and logs it.
    fn pg_backend_pid() -> diesel::sql_types::Integer;
}

/// What went wrong in the database's own words, or the system's: the driver's are `db error`.
fn told(error: &tokio_postgres::Error) -> String {
    use std::error::Error;
    match (error.as_db_error(), error.source()) {
        (Some(database), _) => database.message().to_owned(),
        (None, Some(cause)) => format!("{error}: {cause}"),
        (None, None) => error.to_string(),
    }
}
