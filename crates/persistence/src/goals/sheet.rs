//! The goal sheet: the goals of a set, and who carries which share of each.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    goals::Goal,
    shared::Text,
};

use crate::{
    Conn, Failure,
    schema::{goal_breakdowns, goals},
};

/// A goal with its id, weight and breakdown.
#[derive(Clone, Debug)]
pub struct GoalRow {
    /// Its id.
    pub id: Uuid,
    /// The set it belongs to.
    pub set_id: Uuid,
    /// The goal.
    pub goal: Goal,
    /// Its weight among the others, in percent.
    pub weight: Option<i16>,
    /// Who carries which share.
    pub breakdown: Vec<Share>,
}

/// The share of a goal that one post carries.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    /// The post.
    pub post: PostCode,
    /// Hundredths of the goal's unit.
    pub share_e2: i64,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = goals, treat_none_as_default_value = false)]
struct Row {
    id: Uuid,
    set_id: Uuid,
    no: i16,
    formula: String,
    name_zh: String,
    name_en: String,
    comparator: String,
    target_e2: i64,
    unit: String,
    weight: Option<i16>,
    owner_post: String,
}

impl Row {
    fn goal(self, shares: &[(Uuid, String, i64)]) -> Result<GoalRow, Failure> {
        let breakdown = shares
            .iter()
            .filter(|(goal, _, _)| *goal == self.id)
            .map(|(_, post, share_e2)| {
                Ok(Share {
                    post: post.parse()?,
                    share_e2: *share_e2,
                })
            })
            .collect::<Result<_, Failure>>()?;
        Ok(GoalRow {
            id: self.id,
            set_id: self.set_id,
            goal: Goal {
                no: self.no,
                formula: self.formula.parse()?,
                name: Text::of(self.name_zh, self.name_en),
                comparator: self.comparator.parse()?,
                target_e2: self.target_e2,
                unit: self.unit.parse()?,
                owner: self.owner_post.parse()?,
            },
            weight: self.weight,
            breakdown,
        })
    }

    fn of(row: &GoalRow) -> Self {
        Self {
            id: row.id,
            set_id: row.set_id,
            no: row.goal.no,
            formula: row.goal.formula.code().to_owned(),
            name_zh: row.goal.name.zh.to_string(),
            name_en: row.goal.name.en.to_string(),
            comparator: row.goal.comparator.code().to_owned(),
            target_e2: row.goal.target_e2,
            unit: row.goal.unit.code().to_owned(),
            weight: row.weight,
            owner_post: row.goal.owner.code().to_owned(),
        }
    }
}

async fn with_shares(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<GoalRow>, Failure> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let shares: Vec<(Uuid, String, i64)> = goal_breakdowns::table
        .filter(goal_breakdowns::goal_id.eq_any(ids))
        .order((goal_breakdowns::goal_id, goal_breakdowns::post))
        .select((
            goal_breakdowns::goal_id,
            goal_breakdowns::post,
            goal_breakdowns::share_e2,
        ))
        .load(conn)
        .await?;
    rows.into_iter().map(|row| row.goal(&shares)).collect()
}

/// The goals of a set, by number.
///
/// # Errors
/// As the database says.
pub async fn sheet(conn: &mut Conn, set: Uuid) -> Result<Vec<GoalRow>, Failure> {
    let rows = goals::table
        .filter(goals::set_id.eq(set))
        .order(goals::no)
        .select(Row::as_select())
        .load(conn)
        .await?;
    with_shares(conn, rows).await
}

/// One goal, with its set.
///
/// # Errors
/// `not_found` outside the scope.
pub async fn find_goal(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<(GoalRow, super::GoalSetRow), Failure> {
    let row: Row = goals::table.find(id).select(Row::as_select()).first(conn).await?;
    let set = super::find(conn, scope, row.set_id).await?;
    let goal = with_shares(conn, vec![row]).await?.pop();
    Ok((goal.ok_or_else(|| Failure::internal("a goal without itself"))?, set))
}

/// Puts these goals in place of a draft's present ones.
///
/// # Errors
/// As the database says.
pub async fn replace(conn: &mut Conn, set: Uuid, sheet: &[GoalRow]) -> Result<(), Failure> {
    diesel::delete(goals::table.filter(goals::set_id.eq(set)))
        .execute(conn)
        .await?;
    let rows: Vec<Row> = sheet.iter().map(Row::of).collect();
    diesel::insert_into(goals::table).values(&rows).execute(conn).await?;
    let shares: Vec<_> = sheet
        .iter()
        .flat_map(|row| row.breakdown.iter().map(|share| (row.id, share)))
        .map(|(goal, share)| {
            (
                goal_breakdowns::goal_id.eq(goal),
                goal_breakdowns::post.eq(share.post.code()),
                goal_breakdowns::share_e2.eq(share.share_e2),
            )
        })
        .collect();
    diesel::insert_into(goal_breakdowns::table)
        .values(&shares)
        .execute(conn)
        .await?;
    Ok(())
}
