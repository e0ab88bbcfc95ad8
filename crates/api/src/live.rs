//! Live updates: what changed is told to the browsers that may care; they fetch it themselves under their own scope.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use actix_web::{HttpResponse, get, http::header, web::Data};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::sync::{broadcast, mpsc, watch};
use uuid::Uuid;
use wuye_domain::{
    access::{Permission, Scope, need},
    shared::{EmployeeId, EstateId, SubjectKind},
};
use wuye_persistence::{connect, db};

use crate::{ApiError, App, Guard, app::Shared};

/// Notices between servers.
const CHANNEL: &str = "wuye_live";
/// Raised epochs, sent by the transaction that raises them.
pub const EPOCH_CHANNEL: &str = "wuye_epoch";
/// Changes of this time go out in one notice: a notice per commit would serialise all commits.
const BATCH: Duration = Duration::from_millis(200);
/// A new stream first tells the changes of this time: its page read its records before it began to listen.
const REMEMBERED: Duration = Duration::from_secs(10);
/// How many changes a slow stream may fall behind, and how many are remembered.
const KEPT: usize = 1024;

/// One record changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its kind.
    pub kind: SubjectKind,
    /// Its id.
    pub id: Uuid,
    /// Its estate.
    pub estate: Option<EstateId>,
    /// Whose alone it is, where it is nobody else's: a notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<EmployeeId>,
}

/// What goes to the streams of one server.
#[derive(Clone, Copy)]
enum Told {
    Change(Change),
    /// Changes may have been missed: whoever listens reads again what it shows.
    Reload,
}

/// The channel of one server.
pub struct Live {
    server: Uuid,
    local: broadcast::Sender<Told>,
    recent: Mutex<VecDeque<(Instant, Told)>>,
    outgoing: mpsc::UnboundedSender<Change>,
    closing: watch::Sender<bool>,
    queue: Mutex<Option<mpsc::UnboundedReceiver<Change>>>,
}

impl Default for Live {
    fn default() -> Self {
        let (outgoing, queue) = mpsc::unbounded_channel();
        Self {
            server: Uuid::new_v4(),
            local: broadcast::channel(KEPT).0,
            recent: Mutex::default(),
            outgoing,
            closing: watch::Sender::new(false),
            queue: Mutex::new(Some(queue)),
        }
    }
}

impl Live {
    /// Tells this server's listeners at once and the other servers' shortly.
    pub fn publish(&self, changes: impl Iterator<Item = Change>) {
        for change in changes {
            self.tell(Told::Change(change));
            let _ = self.outgoing.send(change);
        }
    }

    fn tell(&self, told: Told) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        while recent
            .front()
            .is_some_and(|(at, _)| recent.len() == KEPT || at.elapsed() > REMEMBERED)
        {
            recent.pop_front();
        }
        recent.push_back((Instant::now(), told));
        let _ = self.local.send(told);
    }

    /// Ends the streams of all listeners: they would hold up the end of the server, and go to another one by themselves.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// How many browsers listen.
    pub(crate) fn listeners(&self) -> usize {
        self.local.receiver_count()
    }

    /// What was told of late, what will be, and whether the server ends.
    fn subscribe(&self) -> (Vec<Told>, broadcast::Receiver<Told>, watch::Receiver<bool>) {
        // Nothing is told while the lock is held: no change is missed between the two, none comes twice.
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let late = recent.iter().filter(|(at, _)| at.elapsed() <= REMEMBERED);
        (
            late.map(|(_, told)| *told).collect(),
            self.local.subscribe(),
            self.closing.subscribe(),
        )
    }
}

/// Runs the listener and the sender of a server until it ends; reconnects by itself.
pub fn start(shared: Arc<Shared>) {
    let queue = shared.live.queue.lock().ok().and_then(|mut queue| queue.take());
    if let Some(queue) = queue {
        tokio::spawn(send(shared.clone(), queue));
    }
    tokio::spawn(async move {
        let mut heard_before = false;
        loop {
            if let Err(error) = listen(&shared, &mut heard_before).await {
                tracing::warn!(%error, "live listener lost its connection");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
}

async fn listen(shared: &Shared, heard_before: &mut bool) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (client, mut connection) = connect::connect(shared.database_url.parse()?).await?;
    let (tell, mut told) = mpsc::unbounded_channel();
    let pump = tokio::spawn(async move {
        let mut messages = stream::poll_fn(move |cx| connection.poll_message(cx));
        while let Some(Ok(message)) = messages.next().await {
            if let tokio_postgres::AsyncMessage::Notification(notice) = message {
                let _ = tell.send((notice.channel().to_owned(), notice.payload().to_owned()));
            }
        }
    });
    client
        .batch_execute(&format!("LISTEN {CHANNEL}; LISTEN {EPOCH_CHANNEL}"))
        .await?;
    // What was raised before LISTEN took effect is read from the table.
    shared
        .epochs
        .reload(&mut db::establish(shared.database_url.clone()).await?)
        .await
        .map_err(|e| e.to_string())?;
    // Other servers' changes went past meanwhile.
    if std::mem::replace(heard_before, true) {
        shared.live.tell(Told::Reload);
    }
    let mut pulse = tokio::time::interval(Duration::from_secs(5));
    let outcome = loop {
        tokio::select! {
            notice = told.recv() => match notice {
                Some((channel, payload)) => hear(shared, &channel, &payload),
                None => break Ok(()),
            },
            _ = pulse.tick() => {
                if let Err(error) = client.batch_execute("SELECT 1").await {
                    break Err(error.into());
                }
                shared.epochs.heard(shared.clock.now());
            }
        }
    };
    pump.abort();
    outcome
}

fn hear(shared: &Shared, channel: &str, payload: &str) {
    if channel == EPOCH_CHANNEL {
        for account in payload.split(',').filter_map(|id| id.parse().ok()) {
            shared.epochs.forget(account);
        }
        return;
    }
    let Ok((server, changes)) = serde_json::from_str::<(Uuid, Vec<Change>)>(payload) else {
        return;
    };
    if server != shared.live.server {
        for change in changes {
            shared.live.tell(Told::Change(change));
        }
    }
}

async fn send(shared: Arc<Shared>, mut queue: mpsc::UnboundedReceiver<Change>) {
    let mut client: Option<tokio_postgres::Client> = None;
    let mut batch = Vec::new();
    // 40 changes of about 150 bytes stay under the 8,000 bytes of a notice.
    while queue.recv_many(&mut batch, 40).await > 0 {
        batch.dedup();
        if client.as_ref().is_none_or(tokio_postgres::Client::is_closed) {
            client = connect::client(&shared.database_url).await.ok();
        }
        if let (Some(client), Ok(payload)) = (&client, serde_json::to_string(&(shared.live.server, &batch))) {
            // A lost notice costs a late refresh in another server's browsers, nothing else.
            let _ = client.execute("SELECT pg_notify($1, $2)", &[&CHANNEL, &payload]).await;
        }
        batch.clear();
        tokio::time::sleep(BATCH).await;
    }
}

/// Tells which tokens a transaction ends; goes out when it commits.
///
/// # Errors
/// As the database says.
pub async fn announce_epochs(
    conn: &mut wuye_persistence::Conn,
    accounts: &[Uuid],
) -> Result<(), wuye_persistence::Failure> {
    use diesel::sql_types::Text;
    use diesel_async::RunQueryDsl;
    let payload = accounts.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    diesel::sql_query("SELECT pg_notify($1, $2)")
        .bind::<Text, _>(EPOCH_CHANNEL)
        .bind::<Text, _>(payload)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whose stream it is.
struct Listener {
    account: Uuid,
    person: Option<EmployeeId>,
    home: Option<EstateId>,
    scope: Scope,
    reads_accounts: bool,
}

impl Listener {
    fn of(guard: Guard<need::TrailRead>) -> Self {
        Self {
            account: guard.actor.account.0,
            person: guard.actor.employee,
            home: guard.actor.home_estate(),
            reads_accounts: guard.actor.may(Permission::AccountRead),
            scope: guard.scope,
        }
    }

    fn cares_for(&self, change: &Change) -> bool {
        if change.to.is_some() {
            return change.to == self.person;
        }
        match change.kind {
            // Accounts belong to no estate, and when somebody comes and goes is nobody's business.
            SubjectKind::Account | SubjectKind::AccessToken if !self.reads_accounts => change.id == self.account,
            _ => change.estate.is_none_or(|estate| {
                self.scope.covers(estate) || self.scope.touches(estate) || self.home == Some(estate)
            }),
        }
    }
}

/// Live changes
///
/// Server-sent events: `{"kind": "work_order", "id": "…", "estate": "…"}` for each record that changed in the caller's
/// estates, and for what is told to the caller alone; accounts and access tokens are told to those who may read accounts.
/// Holds no content: fetch the record to see it. The changes of the last ten seconds come first, so that none is missed
/// between a reading and the start of the stream. The event `reload` says that some may have been missed: read again
/// whatever you keep. A comment line every 15 s keeps the connection open.
#[utoipa::path(
    tag = "self", operation_id = "stream_events", path = "/events",
    responses((status = 200, description = "The stream", content_type = "text/event-stream", body = String)),
    extensions(("x-permission" = json!("trail.read")), ("x-clauses" = json!([]))),
)]
#[get("/events")]
pub async fn stream_events(guard: Guard<need::TrailRead>, app: Data<App>) -> Result<HttpResponse, ApiError> {
    let listener = Listener::of(guard);
    let (recent, receiver, closing) = app.shared.live.subscribe();
    let changes = stream::unfold((receiver, closing), |(mut receiver, mut closing)| async move {
        let next = tokio::select! {
            next = tokio::time::timeout(Duration::from_secs(15), receiver.recv()) => next,
            _ = closing.wait_for(|closing| *closing) => return None,
        };
        let line = match next {
            Ok(Ok(told)) => Some(told),
            // A slow reader missed some: it reloads what it shows.
            Ok(Err(broadcast::error::RecvError::Lagged(_))) => Some(Told::Reload),
            Ok(Err(broadcast::error::RecvError::Closed)) => return None,
            // Nothing to tell: a sign of life.
            Err(_) => None,
        };
        Some((line, (receiver, closing)))
    });
    let recent = stream::iter(recent.into_iter().map(Some));
    let lines = recent.chain(changes).filter_map(move |line| {
        let text = match line {
            Some(Told::Change(change)) if listener.cares_for(&change) => serde_json::to_string(&change)
                .ok()
                .map(|data| format!("event: change\ndata: {data}\n\n")),
            Some(Told::Change(_)) => None,
            Some(Told::Reload) => Some("event: reload\ndata: {}\n\n".to_owned()),
            None => Some(": \n\n".to_owned()),
        };
        async move { text.map(|text| Ok::<_, actix_web::Error>(Bytes::from(text))) }
    });
    let hello = stream::once(async { Ok(Bytes::from_static(b": hello\n\n")) });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(Box::pin(hello.chain(lines))))
}
