//! The database, looked at from beside the server.

use std::collections::BTreeMap;

use futures_util::{StreamExt, pin_mut};
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

/// A connection of its own.
pub struct Sql(pub Client);

impl Sql {
    /// Connects by a URL or a keyword string.
    pub async fn connect(url: &str) -> Self {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("a database");
        tokio::spawn(connection);
        let session = "SET TIME ZONE 'UTC'; SET datestyle = 'ISO'; SET extra_float_digits = 3";
        client.batch_execute(session).await.expect("a session");
        Self(client)
    }

    /// Rows as text; an empty text for NULL.
    pub async fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let messages = self
            .0
            .simple_query(sql)
            .await
            .unwrap_or_else(|error| panic!("{error:?}: {sql}"));
        let rows = messages.iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        rows.map(|row| {
            (0..row.len())
                .map(|at| row.get(at).unwrap_or_default().to_owned())
                .collect()
        })
        .collect()
    }

    /// The first column of each row.
    pub async fn column(&self, sql: &str) -> Vec<String> {
        self.rows(sql).await.into_iter().map(|mut row| row.remove(0)).collect()
    }

    /// A single number.
    pub async fn number(&self, sql: &str) -> i64 {
        self.column(sql).await[0].parse().expect("a number")
    }

    /// Runs statements.
    pub async fn run(&self, sql: &str) {
        self.0
            .batch_execute(sql)
            .await
            .unwrap_or_else(|error| panic!("{error:?}: {sql}"));
    }

    /// The tables of the product and the columns of each that hold data of their own.
    pub async fn tables(&self) -> BTreeMap<String, Vec<String>> {
        let sql = "SELECT c.table_name, c.column_name FROM information_schema.columns c \
            JOIN information_schema.tables t USING (table_schema, table_name) \
            WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' \
            AND table_name NOT LIKE '\\_\\_diesel%' ORDER BY table_name, c.ordinal_position";
        let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for mut row in self.rows(sql).await {
            let column = row.remove(1);
            tables.entry(row.remove(0)).or_default().push(column);
        }
        tables
    }

    /// Every row of a table in these columns, as COPY writes it, sorted.
    pub async fn lines(&self, table: &str, columns: &[String]) -> Vec<String> {
        let copy = format!("COPY \"{table}\" ({}) TO STDOUT", quoted(columns));
        let stream = self.0.copy_out(&copy).await.expect("a copy");
        pin_mut!(stream);
        let mut bytes = Vec::new();
        while let Some(chunk) = stream.next().await {
            bytes.extend_from_slice(&chunk.expect("a piece of a copy"));
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        let mut lines: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
        lines.sort_unstable();
        lines
    }
}

/// Column names as SQL writes them.
pub fn quoted(columns: &[String]) -> String {
    let quoted: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
    quoted.join(", ")
}
