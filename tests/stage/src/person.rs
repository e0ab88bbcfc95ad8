//! Somebody who works with a server by HTTP, as any client does.

use reqwest::{Method, RequestBuilder, StatusCode, header::HeaderMap};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

/// How long an idle connection is kept for another request.
const IDLE: Duration = Duration::from_secs(3);

/// Somebody with a login, or without one. Clones share connections and cookies.
#[derive(Clone)]
pub struct Person {
    base: String,
    http: reqwest::Client,
    token: Option<String>,
    /// The address that they come from, as a proxy tells it.
    from: String,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body as it came.
    pub bytes: Vec<u8>,
    /// Its body as JSON; null when it is none.
    pub body: Value,
}

impl Person {
    /// Somebody who is not logged in, from an address that nobody else comes from: the limits of the server count by it.
    ///
    /// # Panics
    /// When no HTTP client can be made.
    #[must_use]
    pub fn new(base: &str) -> Self {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            // Shorter than any server keeps it: nothing is sent just when the other side closes.
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        let random = Uuid::new_v4().simple().to_string();
        Self {
            base: base.to_owned(),
            http,
            token: None,
            // The range for documentation.
            from: format!("2001:db8:{}:{}::1", &random[..4], &random[4..8]),
        }
    }

    /// The same person, their requests going to another address: a server that was started anew, or a proxy.
    #[must_use]
    pub fn at(&self, base: &str) -> Self {
        Self {
            base: base.to_owned(),
            ..self.clone()
        }
    }

    /// The same person with this access token, or with none.
    #[must_use]
    pub fn with_token(&self, token: Option<&str>) -> Self {
        Self {
            token: token.map(ToOwned::to_owned),
            ..self.clone()
        }
    }

    /// The access token of the login.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Logs in with the printed password of the demo estate.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn log_in_demo(&mut self, username: &str) {
        let accounts = self.get("/demo-accounts").await.json(200);
        let password = accounts["password"].as_str().expect("a demo estate");
        self.log_in(username, password).await;
    }

    /// Logs in; from now on requests carry the token.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn log_in(&mut self, username: &str, password: &str) {
        let login = json!({ "username": username, "password": password });
        let answer = self.post("/auth/login", login).await.json(200);
        self.token = answer["access_token"].as_str().map(ToOwned::to_owned);
    }

    /// A request under `/api/v1`, or to an absolute path that begins with `//`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = match path.strip_prefix('/') {
            Some(absolute) if absolute.starts_with('/') => format!("{}{absolute}", self.base),
            _ => format!("{}/api/v1{path}", self.base),
        };
        let request = self
            .http
            .request(method, url)
            .header("accept-language", "en")
            .header("x-forwarded-for", &self.from);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends it and reads the answer to its end; an error when there is none.
    ///
    /// # Errors
    /// The connection fails or breaks.
    pub async fn attempt(&self, request: RequestBuilder) -> reqwest::Result<Answer> {
        let response = request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await?.to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Ok(Answer {
            status,
            headers,
            bytes,
            body,
        })
    }

    /// Sends it and reads the answer to its end.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.attempt(request).await.expect("an answer")
    }

    /// `GET`.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// `POST`, with an idempotency key of its own.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.post_once(path, &Uuid::new_v4().to_string(), body).await
    }

    /// `POST` with this idempotency key: repeated, it has one effect.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn post_once(&self, path: &str, key: &str, body: Value) -> Answer {
        self.send(self.posting(path, key, &body)).await
    }

    /// The request of [`Self::post_once`], to be sent when it may fail.
    pub fn posting(&self, path: &str, key: &str, body: &Value) -> RequestBuilder {
        self.request(Method::POST, path)
            .header("idempotency-key", key)
            .json(body)
    }

    /// Uploads a file and gives its id.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn upload(&self, name: &str, bytes: Vec<u8>) -> String {
        let answer = self.send(self.uploading(name, bytes)).await.json(201);
        answer["id"].as_str().expect("an id").to_owned()
    }

    /// The request of [`Self::upload`], to be sent when it may be refused.
    pub fn uploading(&self, name: &str, bytes: Vec<u8>) -> RequestBuilder {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().part("file", part);
        self.request(Method::POST, "/files").multipart(form)
    }
}

impl Answer {
    /// The status is this one; otherwise the body is shown.
    ///
    /// # Panics
    /// When it is another.
    #[track_caller]
    #[expect(
        clippy::must_use_candidate,
        clippy::return_self_not_must_use,
        reason = "the check is its use"
    )]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// The body of an answer with this status.
    ///
    /// # Panics
    /// When the status is another.
    #[track_caller]
    #[must_use]
    pub fn json(self, status: u16) -> Value {
        self.expect(status).body
    }
}
