//! A server of its own for each test, on a port of its own.

use std::net::TcpListener;

use chrono::Duration;
use wuye_api::{App, clock::Clock, config::Config, server};
use wuye_persistence::{Conn, db};

use super::{Client, fixture, postgres};

/// A running server on a fresh database.
pub struct TestApp {
    pub base: String,
    pub app: App,
    pub clock: Clock,
    data: std::path::PathBuf,
}

impl TestApp {
    /// Starts a server; its clock shows 2026-03-02 (a Monday) 10:00 in Shanghai.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// The same with other settings.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let url = postgres::fresh_database().await;
        Self::on(url, change).await
    }

    /// A server on this database: a second one, or one on a database of the test's own making.
    pub async fn on(url: String, change: impl FnOnce(&mut Config)) -> Self {
        let clock = Clock::default();
        clock.stand_still("2026-03-02T02:00:00Z".parse().expect("a time"));
        let data = std::env::temp_dir()
            .join(format!("wuye-test-{}", std::process::id()))
            .join(format!("data-{}", uuid::Uuid::new_v4().simple()));
        std::fs::create_dir_all(&data).expect("a data directory");
        let mut config = Config {
            workers: 1,
            connections: 6,
            data_dir: data.clone(),
            ..Config::default()
        };
        change(&mut config);
        let shared = server::prepare(config, url, clock.clone())
            .await
            .expect("a prepared server");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let (running, app) = server::start(shared, listener).expect("a server");
        tokio::spawn(running);
        Self { base, app, clock, data }
    }

    /// Nobody.
    pub fn anonymous(&self) -> Client {
        Client::new(&self.base, None)
    }

    /// Logged in as this member of the staff.
    pub async fn login(&self, username: &str) -> Client {
        self.login_with(username, fixture::PASSWORD).await
    }

    /// Logged in with this password.
    pub async fn login_with(&self, username: &str, password: &str) -> Client {
        let mut client = self.anonymous();
        client.log_in(username, password).await;
        client
    }

    /// A connection to the test's database, for looking behind the API.
    pub async fn conn(&self) -> Conn {
        db::establish(self.app.shared.database_url.clone())
            .await
            .expect("a connection")
    }

    /// The estate that everybody works in.
    pub fn estate(&self) -> uuid::Uuid {
        fixture::estate()
    }

    /// Another estate.
    pub fn other_estate(&self) -> uuid::Uuid {
        fixture::other_estate()
    }

    /// Lets time pass. Tokens may expire by it: log in again where that matters.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Runs every job that is due, as the worker would.
    pub async fn run_jobs(&self) {
        server::run_due_jobs(&self.app).await.expect("the jobs");
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.data);
    }
}
