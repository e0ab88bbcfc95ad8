//! Versions of the rules that duties fall due by.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    plans::obligations::{self as domain, Rule, Shared, To},
    shared::{EmployeeId, Text, period::Period},
};

use crate::{Conn, Failure, schema::obligation_rules as rules};

/// From when the manual's own rules hold: before every record.
const FROM: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a date");

/// A version as it is stored.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = rules, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct RuleRow {
    /// Its id.
    pub id: Uuid,
    /// The rule's code.
    pub code: String,
    /// First day of turns it holds for.
    pub valid_from: NaiveDate,
    /// First day after.
    pub valid_until: Option<NaiveDate>,
    /// Whether anything falls due by it.
    pub active: bool,
    name_zh: String,
    name_en: String,
    timing_zh: String,
    timing_en: String,
    posts: Vec<Option<String>>,
    shared: String,
    to_posts: Vec<Option<String>>,
    cadence: String,
    due: Value,
    evidence: String,
    minimum: Value,
    optional: bool,
    /// The capability whose records prove it.
    pub capability: String,
    /// Whether the manual says it, or it was read or derived.
    pub basis: String,
    clauses: Vec<Option<String>>,
    /// Why this version was made.
    pub reason: Option<String>,
    /// By whom.
    pub created_by: Option<Uuid>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// For If-Match.
    pub version: i32,
}

fn texts<T: ToString>(values: &[T]) -> Vec<Option<String>> {
    values.iter().map(|value| Some(value.to_string())).collect()
}

fn parsed<T: std::str::FromStr>(values: &[Option<String>]) -> Result<Vec<T>, Failure>
where
    Failure: From<T::Err>,
{
    values.iter().flatten().map(|value| Ok(value.parse()?)).collect()
}

impl RuleRow {
    /// A new version.
    ///
    /// # Errors
    /// `Internal` for what JSON cannot hold.
    pub fn of(
        rule: &Rule,
        capability: &str,
        basis: &str,
        by: Option<EmployeeId>,
        reason: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        let to = match &rule.to {
            To::Line => Vec::new(),
            To::Posts(posts) => texts(posts),
        };
        let shared = match rule.shared {
            Shared::Each => "each",
            Shared::Any => "any",
        };
        Ok(Self {
            id: Uuid::now_v7(),
            code: rule.code.clone(),
            valid_from: rule.period.from,
            valid_until: rule.period.until,
            active: rule.active,
            name_zh: rule.name.zh.to_string(),
            name_en: rule.name.en.to_string(),
            timing_zh: rule.timing.zh.to_string(),
            timing_en: rule.timing.en.to_string(),
            posts: texts(&rule.posts),
            shared: shared.to_owned(),
            to_posts: to,
            cadence: rule.cadence.code().to_owned(),
            due: serde_json::to_value(&rule.due)?,
            evidence: rule.evidence.code().to_owned(),
            minimum: serde_json::to_value(&rule.minimum)?,
            optional: rule.optional,
            capability: capability.to_owned(),
            basis: basis.to_owned(),
            clauses: texts(&rule.clauses),
            reason,
            created_by: by.map(|by| by.0),
            created_at: now,
            version: 1,
        })
    }

    /// As the domain reads it.
    ///
    /// # Errors
    /// `Internal` on a word this version does not know.
    pub fn rule(&self) -> Result<Rule, Failure> {
        let to: Vec<PostCode> = parsed(&self.to_posts)?;
        Ok(Rule {
            code: self.code.clone(),
            period: Period {
                from: self.valid_from,
                until: self.valid_until,
            },
            active: self.active,
            name: Text::of(self.name_zh.clone(), self.name_en.clone()),
            timing: Text::of(self.timing_zh.clone(), self.timing_en.clone()),
            posts: parsed(&self.posts)?,
            shared: if self.shared == "any" {
                Shared::Any
            } else {
                Shared::Each
            },
            to: if to.is_empty() { To::Line } else { To::Posts(to) },
            cadence: self.cadence.parse()?,
            due: serde_json::from_value(self.due.clone())?,
            evidence: self.evidence.parse()?,
            minimum: serde_json::from_value(self.minimum.clone())?,
            optional: self.optional,
            clauses: self.clauses.iter().flatten().cloned().collect(),
        })
    }
}

/// Brings the manual's own rules into an empty database. From then on the rows are the truth; a rule that a later version of
/// the product knows is added.
///
/// # Errors
/// As the database says.
pub async fn seed(conn: &mut Conn, now: DateTime<Utc>) -> Result<(), Failure> {
    let known: Vec<String> = rules::table.select(rules::code).distinct().load(conn).await?;
    let shipped = domain::rules(FROM).map_err(|fault| Failure::internal(fault.to_string()))?;
    let rows = shipped
        .iter()
        .filter(|shipped| !known.contains(&shipped.rule.code))
        .map(|shipped| RuleRow::of(&shipped.rule, &shipped.capability, &shipped.basis, None, None, now))
        .collect::<Result<Vec<_>, _>>()?;
    diesel::insert_into(rules::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(())
}

/// Every version of every rule, by code and date: a turn may have begun long before it falls due.
///
/// # Errors
/// As the database says.
pub async fn all(conn: &mut Conn) -> Result<Vec<RuleRow>, Failure> {
    Ok(rules::table
        .select(RuleRow::as_select())
        .order((rules::code, rules::valid_from))
        .load(conn)
        .await?)
}

/// The versions in force on a day, by code.
///
/// # Errors
/// As the database says.
pub async fn on(conn: &mut Conn, day: NaiveDate) -> Result<Vec<RuleRow>, Failure> {
    Ok(rules::table
        .filter(rules::valid_from.le(day))
        .filter(
            rules::valid_until
                .is_null()
                .or(rules::valid_until.assume_not_null().gt(day)),
        )
        .select(RuleRow::as_select())
        .order(rules::code)
        .load(conn)
        .await?)
}

/// The rules in force on `day` that put a clause to work, by code.
///
/// # Errors
/// As the database says.
pub async fn of_clause(conn: &mut Conn, clause: &str, day: NaiveDate) -> Result<Vec<RuleRow>, Failure> {
    let all = on(conn, day).await?;
    Ok(all
        .into_iter()
        .filter(|row| row.clauses.iter().flatten().any(|id| id == clause))
        .collect())
}

/// These versions by id.
///
/// # Errors
/// As the database says.
pub async fn of(conn: &mut Conn, ids: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, Rule>, Failure> {
    let ids: BTreeSet<Uuid> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<RuleRow> = rules::table
        .filter(rules::id.eq_any(ids))
        .select(RuleRow::as_select())
        .load(conn)
        .await?;
    rows.iter().map(|row| Ok((row.id, row.rule()?))).collect()
}

/// All versions of a rule, the newest first.
///
/// # Errors
/// As the database says.
pub async fn versions(conn: &mut Conn, code: &str) -> Result<Vec<RuleRow>, Failure> {
    Ok(rules::table
        .filter(rules::code.eq(code))
        .select(RuleRow::as_select())
        .order(rules::valid_from.desc())
        .load(conn)
        .await?)
}

/// Ends the version in force on the first day of `next` and begins that one. One server at a time: the versions are held.
///
/// # Errors
/// `conflict` where a later version begins in the way.
pub async fn replace(conn: &mut Conn, next: &RuleRow) -> Result<(), Failure> {
    diesel::update(
        rules::table
            .filter(rules::code.eq(&next.code).and(rules::valid_from.lt(next.valid_from)))
            .filter(
                rules::valid_until
                    .is_null()
                    .or(rules::valid_until.assume_not_null().gt(next.valid_from)),
            ),
    )
    .set((
        rules::valid_until.eq(next.valid_from),
        rules::version.eq(rules::version + 1),
    ))
    .execute(conn)
    .await?;
    diesel::insert_into(rules::table).values(next).execute(conn).await?;
    Ok(())
}
