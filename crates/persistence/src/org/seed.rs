//! What the manual says of the organisation, put into an empty database once. From then on it is data like any other.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use uuid::Uuid;
use wuye_domain::org::seed::{COVER, DEPARTMENTS, EDGES, POSTS};

use crate::{
    Conn, Failure,
    schema::{departments, post_role_tags, posts, reporting_edges as edges, vacancy_covers},
};

/// From when the manual's own edges hold: before every record.
const FROM: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a date");

/// Departments, posts, role tags, covers and edges of the manual; nothing when they are there already.
///
/// # Errors
/// As the database says.
pub async fn seed(conn: &mut Conn, now: DateTime<Utc>) -> Result<(), Failure> {
    conn.transaction(async |conn| {
        if diesel::select(diesel::dsl::exists(posts::table.select(posts::code)))
            .get_result::<bool>(conn)
            .await?
        {
            return Ok(());
        }
        seed_departments(conn).await?;
        seed_posts(conn).await?;
        seed_edges(conn, now).await
    })
    .await
}

async fn seed_departments(conn: &mut Conn) -> Result<(), Failure> {
    for (position, department) in (1..).zip(DEPARTMENTS) {
        diesel::insert_into(departments::table)
            .values((
                departments::id.eq(Uuid::now_v7()),
                departments::code.eq(department.code.code()),
                departments::name_zh.eq(department.title.zh.as_ref()),
                departments::name_en.eq(department.title.en.as_ref()),
                departments::aliases.eq(department.aliases),
                departments::parent.eq(department.parent.map(|parent| parent.code())),
                departments::position.eq(position),
            ))
            .execute(conn)
            .await?;
    }
    Ok(())
}

async fn seed_posts(conn: &mut Conn) -> Result<(), Failure> {
    let ids: Vec<(String, Uuid)> = departments::table
        .select((departments::code, departments::id))
        .load(conn)
        .await?;
    let id_of = |code: &str| ids.iter().find(|(known, _)| known == code).map(|(_, id)| *id);
    for (position, post) in (1..).zip(POSTS) {
        diesel::insert_into(posts::table)
            .values((
                posts::code.eq(post.code.code()),
                posts::title_zh.eq(post.title.zh.as_ref()),
                posts::title_en.eq(post.title.en.as_ref()),
                posts::aliases.eq(post.aliases),
                posts::department_id.eq(id_of(post.department.code())),
                posts::level.eq(post.level.code()),
                posts::is_optional.eq(post.optional),
                posts::is_role_tag.eq(post.role_tag),
                posts::is_external.eq(post.level == wuye_domain::org::PostLevel::External),
                posts::establishment_count.eq(post.establishment.map(i32::from)),
                posts::source_clauses.eq(post.clauses),
                posts::position.eq(position),
            ))
            .execute(conn)
            .await?;
    }
    for (rank, (post, by)) in (1..).zip(COVER) {
        if POSTS.iter().any(|known| known.code == *post && known.role_tag) {
            diesel::insert_into(post_role_tags::table)
                .values((
                    post_role_tags::id.eq(Uuid::now_v7()),
                    post_role_tags::tag.eq(post.code()),
                    post_role_tags::post.eq(by.code()),
                ))
                .execute(conn)
                .await?;
        } else {
            diesel::insert_into(vacancy_covers::table)
                .values((
                    vacancy_covers::id.eq(Uuid::now_v7()),
                    vacancy_covers::vacant_post.eq(post.code()),
                    vacancy_covers::covering_post.eq(by.code()),
                    vacancy_covers::rank.eq(rank),
                ))
                .execute(conn)
                .await?;
        }
    }
    Ok(())
}

async fn seed_edges(conn: &mut Conn, now: DateTime<Utc>) -> Result<(), Failure> {
    for edge in EDGES {
        diesel::insert_into(edges::table)
            .values((
                edges::id.eq(Uuid::now_v7()),
                edges::child_post.eq(edge.child.code()),
                edges::parent_post.eq(edge.parent.code()),
                edges::kind.eq(edge.kind.code()),
                edges::matter.eq(edge.matter.map(|matter| matter.code())),
                edges::valid_from.eq(FROM),
                edges::source_clauses.eq(vec![edge.clause]),
                edges::created_at.eq(now),
                edges::updated_at.eq(now),
            ))
            .execute(conn)
            .await?;
    }
    Ok(())
}
