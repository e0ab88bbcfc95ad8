//! One person at work: every write under one key until it is answered.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_stage::{Answer, Person};

use super::{Ledger, Shared};

/// What may happen to a request without being a fault.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tolerance {
    /// The connection may be refused or break.
    pub breaks: bool,
    /// 503 may come, as a problem document that says when to try again.
    pub unavailable: bool,
}

/// Whatever happens to a server, it is back after this time.
const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(50);

/// Somebody of the demo estate at work.
pub struct Worker {
    person: Person,
    username: &'static str,
    shared: Arc<Shared>,
}

/// Why somebody cannot go on.
pub type Faulty<T> = Result<T, String>;

/// What a request is made of, made anew for each try.
type Making<'a> = &'a (dyn Fn(&Person) -> RequestBuilder + Sync);

impl Worker {
    /// Logs in.
    pub async fn enter(shared: &Arc<Shared>, username: &'static str) -> Faulty<Self> {
        let mut worker = Self {
            person: Person::new(&shared.base),
            username,
            shared: shared.clone(),
        };
        worker.log_in().await?;
        Ok(worker)
    }

    /// Somebody without a login.
    pub fn stranger(shared: &Arc<Shared>) -> Self {
        Self {
            person: Person::new(&shared.base),
            username: "",
            shared: shared.clone(),
        }
    }

    /// The employee behind this login.
    pub async fn employee(&mut self) -> Faulty<String> {
        text(&self.read("/me").await?, "/employee/id")
    }

    /// `POST` under a key of its own, until it is answered; `note` puts the answer down.
    pub async fn write(&mut self, path: &str, body: Value, note: impl FnOnce(&Ledger, &Value)) -> Faulty<Value> {
        let key = Uuid::new_v4().to_string();
        self.once(path, &|person| person.posting(path, &key, &body), note).await
    }

    /// Uploads a photo under a key of its own, until that is answered; gives its id.
    pub async fn upload(&mut self, bytes: Vec<u8>) -> Faulty<String> {
        let key = Uuid::new_v4().to_string();
        let sending = |person: &Person| {
            person
                .uploading("photo.png", bytes.clone())
                .header("idempotency-key", &key)
        };
        let reader = self.username;
        let note = |ledger: &Ledger, file: &Value| ledger.keep_new("/files", reader, "", file, &[]);
        text(&self.once("/files", &sending, note).await?, "/id")
    }

    /// Uploads a table under a key of its own, until that is answered.
    pub async fn table(&mut self, path: &str, csv: &str, note: impl FnOnce(&Ledger, &Value)) -> Faulty<Value> {
        let key = Uuid::new_v4().to_string();
        let sending = |person: &Person| {
            let request = person.request(Method::POST, path).header("idempotency-key", &key);
            request.header("content-type", "text/csv").body(csv.to_owned())
        };
        self.once(path, &sending, note).await
    }

    /// `GET` until it is answered.
    pub async fn read(&mut self, path: &str) -> Faulty<Value> {
        Ok(self
            .answered(path, &|person| person.request(Method::GET, path))
            .await?
            .body)
    }

    /// `GET` until it is answered, as it came.
    pub async fn fetch(&mut self, path: &str) -> Faulty<Answer> {
        self.answered(path, &|person| person.request(Method::GET, path)).await
    }

    /// A write counts from its first sending until its answer is put down: nobody looks at the books meanwhile.
    async fn once(&mut self, what: &str, making: Making<'_>, note: impl FnOnce(&Ledger, &Value)) -> Faulty<Value> {
        let shared = self.shared.clone();
        let _open = shared.gate.read().await;
        let answer = self.answered(what, making).await?;
        let replayed = answer.headers.contains_key("idempotent-replayed");
        shared.ledger.count(|figures| {
            figures.acknowledged += 1;
            figures.replayed += u64::from(replayed);
        });
        note(&shared.ledger, &answer.body);
        Ok(answer.body)
    }

    async fn answered(&mut self, what: &str, making: Making<'_>) -> Faulty<Answer> {
        let begun = Instant::now();
        let mut tries = 0_u32;
        loop {
            if begun.elapsed() > PATIENCE {
                return Err(format!("{what}: not answered in {PATIENCE:?}, {tries} tries"));
            }
            tries += 1;
            let answer = match self.tried(what, making(&self.person)).await? {
                Some(answer) => answer,
                None => continue,
            };
            match answer.status.as_u16() {
                200..=299 => return Ok(answer),
                401 if !self.username.is_empty() && tries < 100 => self.log_in().await?,
                status => {
                    let said = String::from_utf8_lossy(&answer.bytes);
                    return Err(format!("{what}: {status} after {tries} tries: {said}"));
                }
            }
        }
    }

    /// One sending; `None` when it may be tried again.
    async fn tried(&self, what: &str, request: RequestBuilder) -> Faulty<Option<Answer>> {
        let Tolerance { breaks, unavailable } = self.shared.tolerance;
        let again = match self.person.attempt(request).await {
            Ok(answer) if answer.status == 503 && unavailable => {
                self.shared.ledger.count(|figures| figures.unavailable += 1);
                is_unavailable(&answer).map_err(|why| format!("{what}: {why}"))?;
                PAUSE * 2
            }
            Ok(answer) => return Ok(Some(answer)),
            Err(_) if breaks => {
                self.shared.ledger.count(|figures| figures.broken += 1);
                PAUSE
            }
            Err(error) => return Err(format!("{what}: {error:?}")),
        };
        tokio::time::sleep(again).await;
        Ok(None)
    }

    async fn log_in(&mut self) -> Faulty<()> {
        let stranger = self.person.with_token(None);
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let login = json!({ "username": self.username, "password": "wuye-demo-1" });
            let request = stranger.posting("/auth/login", &Uuid::new_v4().to_string(), &login);
            if let Some(answer) = self.tried("login", request).await? {
                let token = text(&answer.body, "/access_token")?;
                self.person = stranger.with_token(Some(&token));
                return Ok(());
            }
        }
        Err(format!("login of {}: not answered in {PATIENCE:?}", self.username))
    }
}

/// Whether a 503 is what a client can live with.
pub fn is_unavailable(answer: &Answer) -> Faulty<()> {
    let header = |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok());
    let in_words = header("content-type") == Some("application/problem+json") && answer.body["code"] == "unavailable";
    let says_when = header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok());
    if in_words && says_when {
        Ok(())
    } else {
        Err(format!("a 503 without words or without Retry-After: {answer:?}"))
    }
}

/// The text at a JSON pointer.
pub fn text(value: &Value, pointer: &str) -> Faulty<String> {
    match value.pointer(pointer).and_then(Value::as_str) {
        Some(text) => Ok(text.to_owned()),
        None => Err(format!("no {pointer} in {value}")),
    }
}
