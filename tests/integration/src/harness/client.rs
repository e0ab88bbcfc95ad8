//! A real HTTP client with the few words that tests need.

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

/// Somebody with a browser or curl.
#[derive(Clone)]
pub struct Client {
    base: String,
    http: reqwest::Client,
    token: Option<String>,
    language: &'static str,
}

/// An answer, read to the end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub bytes: Vec<u8>,
    pub body: Value,
}

impl Client {
    pub fn new(base: &str, token: Option<String>) -> Self {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self {
            base: base.to_owned(),
            http,
            token,
            language: "en",
        }
    }

    /// The same address with this bearer token.
    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Self::new(&self.base, Some(token.into()))
    }

    /// The same caller, reading Chinese.
    pub fn in_chinese(&self) -> Self {
        Self {
            language: "zh-CN,zh;q=0.9",
            ..self.clone()
        }
    }

    pub fn token(&self) -> String {
        self.token.clone().expect("logged in")
    }

    pub async fn log_in(&mut self, username: &str, password: &str) {
        let answer = self
            .post("/auth/login", json!({ "username": username, "password": password }))
            .await;
        assert_eq!(answer.status, 200, "login of {username}: {}", answer.body);
        self.token = answer.body["access_token"].as_str().map(ToOwned::to_owned);
    }

    /// Trades the refresh cookie for a new access token.
    pub async fn refresh(&mut self) -> Answer {
        let answer = self.post("/auth/refresh", json!({})).await;
        if answer.status == 200 {
            self.token = answer.body["access_token"].as_str().map(ToOwned::to_owned);
        }
        answer
    }

    /// A request under `/api/v1`, or to an absolute path that begins with `//`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = match path.strip_prefix('/') {
            Some(absolute) if absolute.starts_with('/') => format!("{}{absolute}", self.base),
            _ => format!("{}/api/v1{path}", self.base),
        };
        let request = self.http.request(method, url).header("accept-language", self.language);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.expect("a body").to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer {
            status,
            headers,
            bytes,
            body,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    /// A POST that may be repeated safely.
    pub async fn post_once(&self, path: &str, key: &str, body: Value) -> Answer {
        self.send(
            self.request(Method::POST, path)
                .header("idempotency-key", key)
                .json(&body),
        )
        .await
    }

    /// An edit based on the version seen.
    pub async fn patch(&self, path: &str, etag: &str, body: Value) -> Answer {
        self.send(self.request(Method::PATCH, path).header("if-match", etag).json(&body))
            .await
    }

    pub async fn put(&self, path: &str, etag: &str, body: Value) -> Answer {
        self.send(self.request(Method::PUT, path).header("if-match", etag).json(&body))
            .await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }
}

impl Answer {
    /// The status is this one; otherwise the body is shown.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// The body of an answer with this status.
    #[track_caller]
    pub fn json(self, status: u16) -> Value {
        self.expect(status).body
    }

    /// It is a problem document with this status and code.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Value {
        let answer = self.expect(status);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert_eq!(answer.body["code"], code, "{}", answer.body);
        answer.body
    }

    /// The ETag of a record.
    #[track_caller]
    pub fn etag(&self) -> String {
        self.headers["etag"].to_str().expect("an ETag").to_owned()
    }

    /// The id of the record in the body.
    #[track_caller]
    pub fn id(&self) -> String {
        self.body["id"]
            .as_str()
            .unwrap_or_else(|| panic!("no id in {}", self.body))
            .to_owned()
    }
}
