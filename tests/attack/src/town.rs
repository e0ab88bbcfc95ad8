//! Two estates on one server. The first is the demo's, full of records; the second has somebody at every post and nothing of
//! its own but what a test makes there. Whoever works in the second is a stranger to the first.

use std::{
    collections::HashMap,
    sync::{Arc, Weak},
};

use tokio::sync::Mutex;
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;
use wuye_stage::{Person, Place, Server};

use crate::contract::Matrix;

/// Houses of the demo's estate.
const ROOMS: u32 = 120;
/// Name of the second estate.
pub const STRANGE: &str = "strange";
/// The id of nothing.
pub const NOTHING: &str = "01900000-0000-7000-8000-00000000ffff";

/// A server with two estates.
pub struct Town {
    pub server: Server,
    pub sql: Sql,
    /// The demo's estate.
    pub first: Uuid,
    /// The second one.
    pub second: Uuid,
    password: String,
    tokens: Mutex<HashMap<String, String>>,
    _place: Place,
}

impl Town {
    /// The one that all tests share that leave it as it is, or only add to it. It ends with the last of them.
    pub async fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Town>> = Mutex::const_new(Weak::new());
        let mut shared = SHARED.lock().await;
        if let Some(town) = shared.upgrade() {
            return town;
        }
        let town = Arc::new(Self::found().await);
        *shared = Arc::downgrade(&town);
        town
    }

    /// One of the test's own.
    pub async fn found() -> Self {
        let place = Place::new();
        let server = Server::demo(&place, ROOMS);
        let sql = Sql(place.data().join("postgres/socket").display().to_string());
        let accounts = server.stranger().get("/demo-accounts").await.json(200);
        let first = sql.ids("SELECT id FROM estates").await[0];
        let second = Uuid::now_v7();
        settle(&sql, second).await;
        Self {
            server,
            sql,
            first,
            second,
            password: accounts["password"].as_str().expect("a password").to_owned(),
            tokens: Mutex::default(),
            _place: place,
        }
    }

    pub fn password(&self) -> &str {
        &self.password
    }

    /// Somebody of the demo's estate (`recept`), or of the second (`strange-recept`). One login serves all tests, so nobody
    /// ends it who got it here.
    pub async fn person(&self, username: &str) -> Person {
        let mut tokens = self.tokens.lock().await;
        if let Some(token) = tokens.get(username) {
            return self.server.stranger().with_token(Some(token));
        }
        let person = self.fresh(username).await;
        tokens.insert(username.to_owned(), person.token().expect("a token").to_owned());
        person
    }

    /// A login of one's own.
    pub async fn fresh(&self, username: &str) -> Person {
        let mut person = self.server.stranger();
        person.log_in(username, &self.password).await;
        person
    }
}

/// The login of a post in the second estate; the posts of the company have none there.
pub fn stranger_at(post: &str) -> Option<String> {
    let company = ["BOARD", "GM"].contains(&post);
    (!company).then(|| format!("{STRANGE}-{}", post.to_lowercase()))
}

/// The second estate, with somebody at every post: rows of the demo's people under other ids and names.
async fn settle(sql: &Sql, estate: Uuid) {
    let client = sql.connect().await;
    let copy = async |statement: &str, ids: &[&(dyn tokio_postgres::types::ToSql + Sync)]| {
        let rows = client.execute(statement, ids).await.expect(statement);
        assert_eq!(rows, 1, "{statement}");
    };
    copy(
        "INSERT INTO estates SELECT (jsonb_populate_record(e, jsonb_build_object('id', $1::uuid, 'code', 'STR', 'name', \
         'strange', 'address', '', 'public_code', 'strange-public-code-0000000000'))).* FROM estates e",
        &[&estate],
    )
    .await;
    for post in Matrix::read().posts {
        let Some(username) = stranger_at(&post) else { continue };
        let [person, assignment, account] = [(); 3].map(|()| Uuid::now_v7());
        // Three posts have nobody in the demo.
        let model = "coalesce((SELECT employee_id FROM accounts WHERE username = lower($2::text)), \
             (SELECT employee_id FROM accounts WHERE username = 'finsup'))";
        copy(
            &format!(
                "INSERT INTO employees SELECT (jsonb_populate_record(e, jsonb_build_object('id', $1::uuid, 'no', \
                 'Z' || $2, 'name', $3::text, 'phone', '', 'search', '{{}}'::text[]))).* FROM employees e WHERE e.id = {model}"
            ),
            &[&person, &post, &username],
        )
        .await;
        copy(
            &format!(
                "INSERT INTO assignments SELECT (jsonb_populate_record(a, jsonb_build_object('id', $1::uuid, 'employee_id', \
                 $3::uuid, 'post', $2::text, 'estate_id', $4::uuid, 'squad_id', null, 'area_id', null))).* FROM assignments a \
                 WHERE a.employee_id = {model}"
            ),
            &[&assignment, &post, &person, &estate],
        )
        .await;
        copy(
            &format!(
                "INSERT INTO accounts SELECT (jsonb_populate_record(a, jsonb_build_object('id', $1::uuid, 'employee_id', \
                 $3::uuid, 'username', $4::text, 'display_name', $4::text))).* FROM accounts a WHERE a.employee_id = {model} \
                 AND $2::text IS NOT NULL"
            ),
            &[&account, &post, &person, &username],
        )
        .await;
    }
}

/// The database behind the server, for what is not asked over HTTP.
pub struct Sql(String);

impl Sql {
    /// A connection of the caller's.
    pub async fn connect(&self) -> Client {
        let address = format!("host='{}' user=wuye dbname=wuye", self.0);
        let (client, connection) = tokio_postgres::connect(&address, NoTls).await.expect("the database");
        tokio::spawn(connection);
        client
    }

    /// The ids that a query gives.
    pub async fn ids(&self, query: &str) -> Vec<Uuid> {
        let rows = self.connect().await.query(query, &[]).await;
        rows.expect(query).iter().map(|row| row.get(0)).collect()
    }

    /// The texts that a query gives.
    pub async fn texts(&self, query: &str) -> Vec<String> {
        let rows = self.connect().await.query(query, &[]).await;
        rows.expect(query).iter().map(|row| row.get(0)).collect()
    }

    /// The one number that a query gives.
    pub async fn number(&self, query: &str) -> i64 {
        let row = self.connect().await.query_one(query, &[]).await;
        row.expect(query).get(0)
    }

    /// The one value that a query gives, as bytes.
    pub async fn bytes(&self, query: &str) -> Vec<u8> {
        let row = self.connect().await.query_one(query, &[]).await;
        row.expect(query).get(0)
    }

    /// Changes rows.
    pub async fn change(&self, statement: &str) -> u64 {
        self.connect().await.execute(statement, &[]).await.expect(statement)
    }
}
