//! First start: the manual's own chart becomes rows. From then on the rows are the truth.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    org::{PostLevel, ShiftKind, acting::PAIRS, seed},
    shared::EstateId,
};

use super::{
    aliases::NameAlias,
    chart::BoxCoverage,
    departments::Department,
    edges::ReportingEdge,
    pairs::StandInPair,
    posts::Post,
    shifts::{self, Shift},
};
use crate::{
    Conn, Failure,
    schema::{box_coverages, departments, name_aliases, posts, reporting_edges, stand_in_pairs, vacancy_covers},
};

/// From when the manual's own chart holds: before every record.
const FROM: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a date");

/// Brings departments, posts, chart, edges, covers and stand-in pairs into an empty database. On every later start it
/// adds posts and departments that a new version knows and leaves everything else as people made it.
///
/// # Errors
/// As the database says.
pub async fn seed(conn: &mut Conn, now: DateTime<Utc>) -> Result<(), Failure> {
    conn.transaction(async |conn| {
        let ids = seed_departments(conn).await?;
        seed_posts(conn, &ids).await?;
        if empty(reporting_edges::table.count().get_result(conn).await?) {
            seed_edges(conn, now).await?;
        }
        if empty(box_coverages::table.count().get_result(conn).await?) {
            seed_chart(conn).await?;
        }
        if empty(vacancy_covers::table.count().get_result(conn).await?) {
            seed_covers(conn).await?;
        }
        if empty(stand_in_pairs::table.count().get_result(conn).await?) {
            seed_pairs(conn).await?;
        }
        if empty(name_aliases::table.count().get_result(conn).await?) {
            seed_aliases(conn).await?;
        }
        Ok(())
    })
    .await
}

/// The usual shifts of a new estate.
///
/// # Errors
/// As the database says.
pub async fn seed_estate(conn: &mut Conn, estate: EstateId) -> Result<(), Failure> {
    let usual = [
        ("D", "白班", 540, 1050, ShiftKind::Duty),
        ("A", "早班", 480, 960, ShiftKind::Duty),
        ("B", "中班", 960, 1440, ShiftKind::Duty),
        ("C", "夜班", 0, 480, ShiftKind::Duty),
        ("O", "值班待命", 1050, 540, ShiftKind::OnCall),
    ];
    let rows: Vec<Shift> = usual
        .into_iter()
        .map(|(code, name, starts_minute, ends_minute, kind)| Shift {
            id: Uuid::now_v7(),
            estate_id: estate.0,
            code: code.to_owned(),
            name: name.to_owned(),
            starts_minute,
            ends_minute,
            kind: kind.code().to_owned(),
            active: true,
            version: 1,
        })
        .collect();
    shifts::insert_missing(conn, &rows).await
}

const fn empty(rows: i64) -> bool {
    rows == 0
}

fn texts(from: &[&str]) -> Vec<String> {
    from.iter().map(|text| (*text).to_owned()).collect()
}

fn place(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

async fn seed_departments(conn: &mut Conn) -> Result<Vec<(String, Uuid)>, Failure> {
    let rows: Vec<Department> = seed::DEPARTMENTS
        .iter()
        .enumerate()
        .map(|(index, department)| Department {
            id: Uuid::now_v7(),
            code: department.code.code().to_owned(),
            name_zh: department.title.zh.to_string(),
            name_en: department.title.en.to_string(),
            aliases: texts(department.aliases),
            position: place(index),
            parent: department.parent.map(|parent| parent.code().to_owned()),
            version: 1,
        })
        .collect();
    for row in &rows {
        diesel::insert_into(departments::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(conn)
            .await?;
    }
    Ok(departments::table
        .select((departments::code, departments::id))
        .load(conn)
        .await?)
}

async fn seed_posts(conn: &mut Conn, departments: &[(String, Uuid)]) -> Result<(), Failure> {
    let department = |code: &str| departments.iter().find(|(of, _)| of == code).map(|(_, id)| *id);
    let rows: Vec<Post> = seed::POSTS
        .iter()
        .enumerate()
        .map(|(index, post)| Post {
            code: post.code.code().to_owned(),
            title_zh: post.title.zh.to_string(),
            title_en: post.title.en.to_string(),
            aliases: texts(post.aliases),
            department_id: department(post.department.code()),
            level: post.level.code().to_owned(),
            is_optional: post.optional,
            is_role_tag: post.role_tag,
            is_external: post.level == PostLevel::External,
            requires_totp: post.logs_in_with_codes(),
            establishment_count: post.establishment.map(i32::from),
            active_from: None,
            active_until: None,
            source_clauses: texts(post.clauses),
            position: place(index),
            version: 1,
        })
        .collect();
    diesel::insert_into(posts::table)
        .values(&rows)
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(())
}

/// A role is covered by the posts that carry it; an optional post by the one that answers for it.
async fn seed_covers(conn: &mut Conn) -> Result<(), Failure> {
    for (at, (vacant, _)) in seed::COVER.iter().enumerate() {
        if seed::COVER[..at].iter().any(|(before, _)| before == vacant) {
            continue;
        }
        let covers: Vec<PostCode> = seed::COVER
            .iter()
            .filter(|(of, _)| of == vacant)
            .map(|(_, cover)| *cover)
            .collect();
        super::posts::set_covers(conn, *vacant, &covers, FROM).await?;
    }
    Ok(())
}

async fn seed_edges(conn: &mut Conn, now: DateTime<Utc>) -> Result<(), Failure> {
    let rows: Vec<ReportingEdge> = seed::EDGES
        .iter()
        .map(|edge| ReportingEdge {
            id: Uuid::now_v7(),
            child_post: edge.child.code().to_owned(),
            parent_post: edge.parent.code().to_owned(),
            kind: edge.kind.code().to_owned(),
            matter: edge.matter.map(|matter| matter.code().to_owned()),
            valid_from: FROM,
            valid_until: None,
            state: "effective".to_owned(),
            note: String::new(),
            source_clauses: vec![edge.clause.to_owned()],
            proposed_by: None,
            decided_by: None,
            reason: None,
            touches: serde_json::json!([]),
            version: 1,
            created_at: now,
            updated_at: now,
        })
        .collect();
    diesel::insert_into(reporting_edges::table)
        .values(&rows)
        .execute(conn)
        .await?;
    Ok(())
}

async fn seed_chart(conn: &mut Conn) -> Result<(), Failure> {
    let rows: Vec<BoxCoverage> = seed::CHART
        .iter()
        .enumerate()
        .flat_map(|(index, boxed)| {
            boxed
                .covered_by
                .iter()
                .enumerate()
                .map(move |(rank, post)| BoxCoverage {
                    id: Uuid::now_v7(),
                    box_: boxed.title.zh.to_string(),
                    box_en: boxed.title.en.to_string(),
                    box_clause: boxed.clause.to_owned(),
                    covering_post: post.code().to_owned(),
                    rank: place(rank) + 1,
                    copy_no: boxed.copy.map(i32::from),
                    valid_from: FROM,
                    valid_until: None,
                    source_clauses: vec![boxed.clause.to_owned()],
                    position: place(index),
                    version: 1,
                })
        })
        .collect();
    super::chart::insert(conn, &rows).await
}

async fn seed_pairs(conn: &mut Conn) -> Result<(), Failure> {
    for pair in PAIRS {
        for (rank, stand_in) in pair.stand_ins.iter().enumerate() {
            let row = StandInPair {
                id: Uuid::now_v7(),
                principal_post: pair.post.code().to_owned(),
                stand_in_post: stand_in.code().to_owned(),
                required: true,
                rank: place(rank) + 1,
                basis_clause: pair.clause.to_owned(),
                valid_from: FROM,
                valid_until: None,
                version: 1,
            };
            super::pairs::insert(conn, &row).await?;
        }
    }
    Ok(())
}

/// The names that the manual uses for the company and the centre (C-33).
async fn seed_aliases(conn: &mut Conn) -> Result<(), Failure> {
    let above = [seed::DepartmentCode::Company, seed::DepartmentCode::Centre];
    for department in seed::DEPARTMENTS
        .iter()
        .filter(|department| above.contains(&department.code))
    {
        for alias in department.aliases {
            let row = NameAlias {
                id: Uuid::now_v7(),
                estate_id: None,
                alias: (*alias).to_owned(),
                meaning: department.title.zh.to_string(),
                source_clauses: texts(&["POS-CSCMGR-01", "POS-FINSUP-01"]),
            };
            super::aliases::insert(conn, &row).await?;
        }
    }
    Ok(())
}
