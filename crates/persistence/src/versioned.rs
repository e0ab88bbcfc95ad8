//! Rows with a version: stored only when nobody else was faster.

/// Stores a changed row (`&mut row`, an `AsChangeset` with `id` and `version`) and raises its version.
///
/// Gives `version_conflict` when the row has another version by now.
#[macro_export]
macro_rules! save_row {
    ($conn:expr, $table:ident, $row:expr) => {{
        use ::diesel::prelude::*;
        use ::diesel_async::RunQueryDsl;
        let row = $row;
        let known = row.version;
        row.version += 1;
        let stored = ::diesel::update($table::table.find(row.id).filter($table::version.eq(known)))
            .set(&*row)
            .execute($conn)
            .await?;
        if stored == 0 {
            return Err($crate::accounts::version_conflict().into());
        }
        Ok(())
    }};
}

/// Checks the version an edit is based on.
///
/// # Errors
/// `version_conflict`.
pub fn expect_version(now: i32, expected: i32) -> Result<(), crate::Failure> {
    if now == expected {
        Ok(())
    } else {
        Err(crate::accounts::version_conflict().into())
    }
}
