//! What superiors note about how duties are done. Append-only.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    code_enum,
    shared::{EmployeeId, EstateId, ListRequest},
};

use crate::{Conn, Failure, Rows, in_scope, keyset, schema::supervision_notes as notes, split_next};

/// A note.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = notes, treat_none_as_default_value = false)]
pub struct SupervisionNote {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// The post of the person it is about: their line reads it.
    #[schema(value_type = PostCode)]
    pub responsible_post: String,
    /// The assignment of the person.
    pub responsible_assignment: Option<Uuid>,
    #[serde(skip)]
    squad_id: Option<Uuid>,
    #[serde(skip)]
    area_id: Option<Uuid>,
    #[serde(skip)]
    created_by: Option<Uuid>,
    /// Who notes it.
    pub superior_id: Uuid,
    /// Whom it is about.
    pub subordinate_id: Uuid,
    /// The duty it is about.
    pub obligation_id: Option<Uuid>,
    /// What was seen.
    pub text: String,
    /// What was advised.
    pub guidance: Option<String>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// The place of the person a note is about.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// The estate.
    pub estate: EstateId,
    /// The post.
    pub post: PostCode,
    /// The assignment.
    pub assignment: Uuid,
    /// The squad.
    pub squad: Option<Uuid>,
    /// The area.
    pub area: Option<Uuid>,
    /// The person.
    pub person: Uuid,
}

impl SupervisionNote {
    /// A new note.
    #[must_use]
    pub fn new(
        about: About,
        superior: EmployeeId,
        obligation: Option<Uuid>,
        text: &str,
        guidance: Option<&str>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id: Uuid::now_v7(),
            estate_id: about.estate.0,
            responsible_post: about.post.code().to_owned(),
            responsible_assignment: Some(about.assignment),
            squad_id: about.squad,
            area_id: about.area,
            created_by: Some(superior.0),
            superior_id: superior.0,
            subordinate_id: about.person,
            obligation_id: obligation,
            text: text.to_owned(),
            guidance: guidance.map(ToOwned::to_owned),
            created_at: now,
        }
    }
}

/// Which notes.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoteFilter {
    /// Only this estate.
    pub estate_id: Option<EstateId>,
    /// About this person.
    pub subordinate_id: Option<EmployeeId>,
    /// About this duty.
    pub obligation_id: Option<Uuid>,
}

code_enum! {
    /// What notes are sorted by.
    pub enum NoteSort {
        /// When made.
        CreatedAt = "created_at",
    }
}

/// The notes that `scope` opens and `filter` wants.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &NoteFilter,
    request: &ListRequest<NoteSort>,
) -> Result<Rows<SupervisionNote>, Failure> {
    let filtered = || {
        let mut query = notes::table.filter(in_scope!(notes, scope)).into_boxed();
        if let Some(estate) = filter.estate_id {
            query = query.filter(notes::estate_id.eq(estate.0));
        }
        if let Some(person) = filter.subordinate_id {
            query = query.filter(notes::subordinate_id.eq(person.0));
        }
        if let Some(obligation) = filter.obligation_id {
            query = query.filter(notes::obligation_id.eq(obligation));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let query = filtered().select(SupervisionNote::as_select());
    let rows: Vec<SupervisionNote> = match request.sort {
        NoteSort::CreatedAt => {
            keyset!(query, request, notes::created_at, notes::id, DateTime<Utc>)
                .load(conn)
                .await?
        }
    };
    Ok(split_next(rows, request.limit, total, |note| {
        (json!(note.created_at), note.id)
    }))
}

/// Adds a note.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, note: &SupervisionNote) -> Result<(), Failure> {
    diesel::insert_into(notes::table).values(note).execute(conn).await?;
    Ok(())
}
