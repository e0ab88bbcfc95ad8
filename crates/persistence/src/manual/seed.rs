//! Every start: the clauses that this version knows become rows. What the company has revised stays as it is.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;
use wuye_domain::{
    manual::{Binds, Wording, chapter, seed},
    shared::search::Tokens,
};

use super::clauses::{Clause, ClauseText};
use crate::{
    Conn, Failure,
    schema::{clause_texts as texts, clauses},
};

/// From when the manual's own text holds: before every record.
const FROM: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a date");

#[derive(Insertable)]
#[diesel(table_name = texts, treat_none_as_default_value = false)]
struct NewText {
    id: Uuid,
    clause_id: String,
    valid_from: NaiveDate,
    shipped: bool,
    #[diesel(embed)]
    words: Words,
}

/// The columns that a shipped text owns.
#[derive(Clone, Insertable, AsChangeset)]
#[diesel(table_name = texts, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Words {
    text_zh: String,
    text_en: String,
    due_zh: Option<String>,
    due_en: Option<String>,
    to_zh: Option<String>,
    to_en: Option<String>,
    record_zh: Option<String>,
    record_en: Option<String>,
    search: Vec<Option<String>>,
}

/// Brings the clauses of this version into the database. A clause whose shipped wording has changed gets the new one from
/// `today` on, so that what was in force before stays readable; a text revised by the company is left alone, and the same
/// version again changes nothing.
///
/// # Errors
/// As the database says; `Internal` for tables that cannot be read.
pub async fn seed(conn: &mut Conn, today: NaiveDate) -> Result<(), Failure> {
    let known = seed::clauses().map_err(Failure::internal)?;
    conn.transaction(async |conn| {
        // Two servers that start at once: the second finds nothing left to do. Readers go on.
        conn.batch_execute("LOCK TABLE clauses IN SHARE ROW EXCLUSIVE MODE")
            .await?;
        seed_clauses(conn, &known).await?;
        seed_texts(conn, &known, today).await
    })
    .await
}

async fn seed_clauses(conn: &mut Conn, known: &[seed::Clause]) -> Result<(), Failure> {
    let stored: Vec<Clause> = clauses::table.select(Clause::as_select()).load(conn).await?;
    let stored: HashMap<&str, &Clause> = stored.iter().map(|row| (row.id.as_str(), row)).collect();
    let rows = (1..).zip(known).map(|(position, clause)| row(clause, position));
    let (there, missing): (Vec<Clause>, Vec<Clause>) = rows.partition(|row| stored.contains_key(row.id.as_str()));
    diesel::insert_into(clauses::table)
        .values(&missing)
        .execute(conn)
        .await?;
    for row in there.iter().filter(|row| stored[row.id.as_str()] != *row) {
        diesel::update(clauses::table.find(&row.id))
            .set(row)
            .execute(conn)
            .await?;
    }
    Ok(())
}

async fn seed_texts(conn: &mut Conn, known: &[seed::Clause], today: NaiveDate) -> Result<(), Failure> {
    let stored: Vec<(String, Uuid, ClauseText)> = texts::table
        .select((texts::clause_id, texts::id, ClauseText::as_select()))
        .order(texts::valid_from)
        .load(conn)
        .await?;
    // Of several texts of a clause the last one stays.
    let latest: HashMap<&str, (Uuid, &ClauseText)> = stored
        .iter()
        .map(|(clause, id, text)| (clause.as_str(), (*id, text)))
        .collect();
    let mut fresh = Vec::new();
    for clause in known {
        match latest.get(clause.id) {
            None => fresh.push(text(clause, FROM)),
            Some((_, old)) if !old.shipped || old.valid_until.is_some() || same(old, &clause.wording) => {}
            // Two versions on one day, or a clock that was set back: the text has not been in force before today.
            Some((id, old)) if old.valid_from >= today => {
                diesel::update(texts::table.find(id))
                    .set(words(clause))
                    .execute(conn)
                    .await?;
            }
            Some((id, _)) => {
                diesel::update(texts::table.find(id))
                    .set(texts::valid_until.eq(today))
                    .execute(conn)
                    .await?;
                fresh.push(text(clause, today));
            }
        }
    }
    diesel::insert_into(texts::table).values(fresh).execute(conn).await?;
    Ok(())
}

fn row(clause: &seed::Clause, position: i32) -> Clause {
    let (everybody, posts) = match &clause.binds {
        Binds::Everybody => (true, Vec::new()),
        Binds::Posts(posts) => (false, posts.iter().map(|post| post.code().to_owned()).collect()),
    };
    Clause {
        id: clause.id.to_owned(),
        chapter: clause.chapter.code().to_owned(),
        no: clause.no.to_owned(),
        position,
        everybody,
        posts,
        origin: clause.origin.code().to_owned(),
        capability: clause.capability.code().to_owned(),
        can: clause.can.code().to_owned(),
        frequency: clause.frequency.code().to_owned(),
        basis: clause.basis.map(str::to_owned),
    }
}

fn text(clause: &seed::Clause, valid_from: NaiveDate) -> NewText {
    NewText {
        id: Uuid::now_v7(),
        clause_id: clause.id.to_owned(),
        valid_from,
        shipped: true,
        words: words(clause),
    }
}

fn words(clause: &seed::Clause) -> Words {
    let wording = clause.wording.clone();
    Words {
        search: tokens(clause),
        text_zh: wording.text_zh,
        text_en: wording.text_en,
        due_zh: wording.due_zh,
        due_en: wording.due_en,
        to_zh: wording.to_zh,
        to_en: wording.to_en,
        record_zh: wording.record_zh,
        record_en: wording.record_en,
    }
}

/// A clause is found by its id, its chapter and everything it says.
fn tokens(clause: &seed::Clause) -> Vec<Option<String>> {
    let (words, title) = (&clause.wording, &chapter(clause.chapter).title);
    let said = [
        &words.due_zh,
        &words.due_en,
        &words.to_zh,
        &words.to_en,
        &words.record_zh,
        &words.record_en,
    ];
    let all = [
        clause.id,
        title.zh.as_ref(),
        title.en.as_ref(),
        words.text_zh.as_str(),
        words.text_en.as_str(),
    ]
    .into_iter()
    .chain(said.into_iter().flatten().map(String::as_str));
    let tokens = all.fold(Tokens::new(), Tokens::text);
    tokens.into_vec().into_iter().map(Some).collect()
}

fn same(stored: &ClauseText, wording: &Wording) -> bool {
    let stored = Wording {
        text_zh: stored.text_zh.clone(),
        text_en: stored.text_en.clone(),
        due_zh: stored.due_zh.clone(),
        due_en: stored.due_en.clone(),
        to_zh: stored.to_zh.clone(),
        to_en: stored.to_en.clone(),
        record_zh: stored.record_zh.clone(),
        record_en: stored.record_en.clone(),
    };
    stored == *wording
}
