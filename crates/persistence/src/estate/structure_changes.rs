//! Changes of the estate's structure.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types::Bool};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    estate::{ImportRunId, StructureChange, filter::StructureChangeFilter},
    shared::{EstateId, ListRequest, Problem, ProblemCode, Text},
};

use crate::{
    Conn, Failure, Rows, estate::living, fixed::fixed, in_estates, keyset, schema::structure_changes as changes,
    split_next,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = changes, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: Uuid,
    estate_id: Uuid,
    kind: String,
    subject_kind: String,
    subject_id: Uuid,
    title: String,
    before: Value,
    proposed: Value,
    reason: String,
    state: String,
    proposed_by: Option<Uuid>,
    proposed_at: DateTime<Utc>,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    decision_note: String,
    version: i32,
}

impl From<&StructureChange> for Row {
    fn from(change: &StructureChange) -> Self {
        Self {
            id: change.id.0,
            estate_id: change.estate_id.0,
            kind: change.kind.code().to_owned(),
            subject_kind: change.subject_kind.code().to_owned(),
            subject_id: change.subject_id,
            title: change.title.clone(),
            before: Value::Object(change.before.clone()),
            proposed: change.proposed.clone(),
            reason: change.reason.clone(),
            state: change.state.code().to_owned(),
            proposed_by: change.proposed_by.map(Into::into),
            proposed_at: change.proposed_at,
            decided_by: change.decided_by.map(Into::into),
            decided_at: change.decided_at,
            decision_note: change.decision_note.clone(),
            version: change.version,
        }
    }
}

impl TryFrom<Row> for StructureChange {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id.into(),
            estate_id: row.estate_id.into(),
            kind: row.kind.parse()?,
            subject_kind: row.subject_kind.parse()?,
            subject_id: row.subject_id,
            title: row.title,
            before: row.before.as_object().cloned().unwrap_or_default(),
            proposed: row.proposed,
            reason: row.reason,
            state: row.state.parse()?,
            proposed_by: row.proposed_by.map(Into::into),
            proposed_at: row.proposed_at,
            decided_by: row.decided_by.map(Into::into),
            decided_at: row.decided_at,
            decision_note: row.decision_note,
            version: row.version,
        })
    }
}

/// One change.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<StructureChange, Failure> {
    let row: Row = changes::table
        .find(id)
        .filter(in_estates!(changes, scope))
        .select(Row::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// One change, held until the transaction ends.
///
/// # Errors
/// `not_found`.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<StructureChange, Failure> {
    changes::table
        .find(id)
        .select(changes::id)
        .for_update()
        .first::<Uuid>(conn)
        .await?;
    find(conn, scope, id).await
}

/// Asks for a change. One change of an element waits at a time.
///
/// # Errors
/// `conflict` when one waits already.
pub async fn insert(conn: &mut Conn, change: &StructureChange) -> Result<(), Failure> {
    let added = diesel::insert_into(changes::table)
        .values(Row::from(change))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    if added == 1 {
        return Ok(());
    }
    let title = &change.title;
    Err(Problem::new(
        ProblemCode::Conflict,
        Text::of(
            format!("{title}已有一项变动待确认；请先处理该变动。"),
            format!("A change of {title} waits already: have it decided first."),
        ),
    )
    .into())
}

/// Writes a decision.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn save(conn: &mut Conn, change: &StructureChange) -> Result<(), Failure> {
    let rows = diesel::update(changes::table.find(change.id.0))
        .filter(changes::version.eq(change.version - 1))
        .set(Row::from(change))
        .execute(conn)
        .await?;
    super::saved(rows)
}

/// A page of changes by the time they were proposed.
///
/// # Errors
/// As the database says.
pub async fn list<S>(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    filter: &StructureChangeFilter,
    request: &ListRequest<S>,
) -> Result<Rows<StructureChange>, Failure> {
    let narrowed = || {
        let mut query = changes::table
            .filter(changes::estate_id.eq(estate.0))
            .filter(in_estates!(changes, scope))
            .into_boxed();
        if let Some(state) = filter.state {
            query = query.filter(changes::state.eq(state.code()));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(changes::kind.eq(kind.code()));
        }
        if let Some(kind) = filter.subject_kind {
            query = query.filter(changes::subject_kind.eq(kind.code()));
        }
        if let Some(subject) = filter.subject_id {
            query = query.filter(changes::subject_id.eq(subject));
        }
        query
    };
    let total = if request.count {
        Some(narrowed().count().get_result(conn).await?)
    } else {
        None
    };
    let query = narrowed().select(Row::as_select());
    let rows: Vec<Row> = keyset!(query, request, changes::proposed_at, changes::id, DateTime<Utc>)
        .load(conn)
        .await?;
    split_next(rows, request.limit, total, |row| (json!(row.proposed_at), row.id)).try_map(TryInto::try_into)
}

/// Puts everything an import brought as draft into `state`; gives how many elements that were.
///
/// # Errors
/// As the database says.
pub async fn decide_import(
    conn: &mut Conn,
    run: ImportRunId,
    state: &str,
    now: DateTime<Utc>,
) -> Result<usize, Failure> {
    use crate::schema::{blocks, houses, units};
    let brought = houses::table.filter(
        houses::import_run_id
            .assume_not_null()
            .eq(run.0)
            // As the index has it: a bound state would not be seen to fit it.
            .and(fixed::<Bool>("houses.state = 'draft'")),
    );
    // Blocks and units that the import made are confirmed with their first house.
    let made_blocks: Vec<Uuid> = brought.select(houses::block_id).distinct().load(conn).await?;
    let changed = diesel::update(brought)
        .set((
            houses::state.eq(state),
            houses::version.eq(houses::version + 1),
            houses::updated_at.eq(now),
        ))
        .execute(conn)
        .await?;
    let housed = diesel::dsl::exists(houses::table.filter(houses::block_id.eq(blocks::id).and(living::houses())));
    let pending = blocks::table.filter(blocks::id.eq_any(&made_blocks).and(blocks::state.eq("draft")));
    let values = (
        blocks::state.eq(state),
        blocks::version.eq(blocks::version + 1),
        blocks::updated_at.eq(now),
    );
    if state == "retired" {
        diesel::update(pending.filter(diesel::dsl::not(housed)))
            .set(values)
            .execute(conn)
            .await?;
    } else {
        diesel::update(pending).set(values).execute(conn).await?;
    }
    let housed =
        diesel::dsl::exists(houses::table.filter(houses::unit_id.eq(units::id.nullable()).and(living::houses())));
    let pending = units::table.filter(units::block_id.eq_any(&made_blocks).and(units::state.eq("draft")));
    let values = (
        units::state.eq(state),
        units::version.eq(units::version + 1),
        units::updated_at.eq(now),
    );
    if state == "retired" {
        diesel::update(pending.filter(diesel::dsl::not(housed)))
            .set(values)
            .execute(conn)
            .await?;
    } else {
        diesel::update(pending).set(values).execute(conn).await?;
    }
    Ok(changed)
}
