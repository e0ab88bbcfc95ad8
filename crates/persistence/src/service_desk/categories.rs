//! The limits of the repair categories: the product's defaults, and over them what an estate has changed.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    service_desk::{RepairCategory, categories::Category},
    shared::EstateId,
};

use crate::{Conn, Failure, schema::repair_categories as categories};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = categories, treat_none_as_default_value = false)]
struct Row {
    estate_id: Uuid,
    code: String,
    response_minutes: i32,
    finish_hours: i32,
    estimated_minutes: i32,
    urgent_percent: i32,
    active: bool,
    version: i32,
}

impl Row {
    fn over(self, shipped: Category) -> Category {
        Category {
            response_minutes: self.response_minutes,
            finish_hours: self.finish_hours,
            estimated_minutes: self.estimated_minutes,
            urgent_percent: self.urgent_percent,
            active: self.active,
            version: self.version,
            ..shipped
        }
    }
}

/// All categories of an estate, in their fixed order.
///
/// # Errors
/// As the database says.
pub async fn all(conn: &mut Conn, estate: EstateId) -> Result<Vec<Category>, Failure> {
    let mut rows: Vec<Row> = categories::table
        .filter(categories::estate_id.eq(estate.0))
        .select(Row::as_select())
        .load(conn)
        .await?;
    Ok(RepairCategory::ALL
        .iter()
        .map(|code| {
            let shipped = Category::shipped(*code);
            match rows.iter().position(|row| row.code == code.code()) {
                Some(at) => rows.swap_remove(at).over(shipped),
                None => shipped,
            }
        })
        .collect())
}

/// One category of an estate.
///
/// # Errors
/// As the database says.
pub async fn find(mut conn: &Conn, estate: EstateId, code: RepairCategory) -> Result<Category, Failure> {
    let row: Option<Row> = categories::table
        .find((estate.0, code.code()))
        .select(Row::as_select())
        .first(&mut conn)
        .await
        .optional()?;
    let shipped = Category::shipped(code);
    Ok(match row {
        Some(row) => row.over(shipped),
        None => shipped,
    })
}

/// Stores changed limits. `category.version` is the one after the change.
///
/// # Errors
/// `version_conflict` when somebody changed them in the meantime.
pub async fn save(conn: &mut Conn, estate: EstateId, category: &Category) -> Result<(), Failure> {
    let row = Row {
        estate_id: estate.0,
        code: category.code.code().to_owned(),
        response_minutes: category.response_minutes,
        finish_hours: category.finish_hours,
        estimated_minutes: category.estimated_minutes,
        urgent_percent: category.urgent_percent,
        active: category.active,
        version: category.version,
    };
    let stored = if category.version == 2 {
        diesel::insert_into(categories::table)
            .values(&row)
            .on_conflict_do_nothing()
            .execute(conn)
            .await?
    } else {
        diesel::update(
            categories::table
                .find((estate.0, row.code.clone()))
                .filter(categories::version.eq(category.version - 1)),
        )
        .set(&row)
        .execute(conn)
        .await?
    };
    if stored == 1 {
        return Ok(());
    }
    Err(super::stale())
}
