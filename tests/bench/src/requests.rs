//! The three requests of the main measure, as an HTTP client sends them.

use serde_json::json;
use uuid::Uuid;
use wuye_stage::Person;

use crate::{Outcome, site::Site};

/// One of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A work order by its id, any of the estate's.
    Get,
    /// A page of 50 orders, filtered by category and time, sorted by time.
    List,
    /// A repair request recorded: number, row, trail and kept answer in one transaction.
    Post,
}

impl Kind {
    /// All of them, in the order they are measured.
    pub const ALL: [Self; 3] = [Self::Get, Self::List, Self::Post];

    /// As figures are named by it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET by id",
            Self::List => "list of 50",
            Self::Post => "POST",
        }
    }

    /// How many different ones are sent by turns. Each is a script of its own for pgbench, which prepares the statements of
    /// each on every connection. Orders are chosen within the script.
    const fn samples(self) -> i64 {
        match self {
            Self::Get | Self::Post => 1,
            Self::List => 4,
        }
    }

    /// Of a transaction of pgbench with the same statements, the least that is aimed at.
    pub const fn target(self) -> f64 {
        match self {
            Self::Get => 0.55,
            Self::List => 0.45,
            Self::Post => 0.60,
        }
    }
}

/// A request, and what in it differs from one sending to the next.
#[derive(Clone, Debug)]
pub struct Request {
    /// Under `/api/v1`.
    pub path: String,
    /// What is posted.
    pub body: Option<String>,
    /// The number of the order that is read.
    pub number: Option<i64>,
    /// The key of a post.
    pub key: String,
}

/// Requests of a kind, all different.
pub async fn samples(kind: Kind, site: &Site, person: &Person) -> Outcome<Vec<Request>> {
    let of = |path: String| Request {
        path,
        body: None,
        number: None,
        key: format!("bench-{}", Uuid::new_v4()),
    };
    let count = kind.samples();
    match kind {
        Kind::Get => {
            let sql = site.sql().await?;
            let mut all = Vec::new();
            for index in 0..count {
                // Numbers that end on 4 and 9 are of another estate.
                let number = 130 + (site.filled() - 140) / count * index / 5 * 5;
                let row = sql.query_one("SELECT bench.order_id($1)::text", &[&number]).await?;
                let id: String = row.get(0);
                all.push(Request {
                    number: Some(number),
                    ..of(format!("/work-orders/{id}"))
                });
            }
            Ok(all)
        }
        Kind::List => Ok((0..count)
            .map(|index| {
                let until = site
                    .instant(site.filled() / (2 * count) * index)
                    .format("%Y-%m-%dT%H:%M:%SZ");
                let category = ["water", "power"][usize::try_from(index % 2).unwrap_or(0)];
                of(format!(
                    "/work-orders?category={category}&until={until}&sort=-dispatched_at&limit=50"
                ))
            })
            .collect()),
        Kind::Post => {
            let houses = person.get(&format!("/houses?limit={count}")).await.json(200);
            let ids = houses["items"].as_array().ok_or("no houses")?;
            Ok(ids
                .iter()
                .map(|house| {
                    let body = json!({
                        "house_id": house["id"], "category": "water", "urgency": "normal", "contact_name": "王先生",
                        "text": "厨房水管接头漏水，水流到楼下，请尽快安排师傅上门。"
                    });
                    Request {
                        body: Some(body.to_string()),
                        ..of("/repair-requests".to_owned())
                    }
                })
                .collect())
        }
    }
}

/// Sends one, and insists on success.
pub async fn send(person: &Person, request: &Request, key: &str) -> Outcome {
    let answer = match &request.body {
        None => person.get(&request.path).await,
        Some(body) => person.post_once(&request.path, key, serde_json::from_str(body)?).await,
    };
    if answer.status.is_success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&answer.bytes).into_owned();
    Err(format!("{} was answered {}: {text}", request.path, answer.status).into())
}
