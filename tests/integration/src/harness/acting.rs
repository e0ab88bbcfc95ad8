//! Stand-ins without the way to them: an acting period as it is once it was confirmed.

use diesel_async::SimpleAsyncConnection;
use uuid::Uuid;

use super::{Staff, TestApp};

impl TestApp {
    /// `stand_in` acts for `principal`, who holds `post`, in the first days of March.
    pub async fn put_acting(&self, principal: &str, stand_in: &str, post: &str) {
        let (principal, stand_in) = (Staff::of(principal), Staff::of(stand_in));
        let sql = format!(
            "INSERT INTO acting_periods (id, principal_assignment, principal_id, stand_in_id, estate_id, post, reason, starts_at, \
             ends_at, state, proposed_by, created_at, updated_at) VALUES ('{}', '{}', '{}', '{}', '{}', '{post}', 'trip', \
             '2026-03-01T00:00:00Z', '2026-03-09T00:00:00Z', 'confirmed', '{}', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z')",
            Uuid::now_v7(),
            principal.assignment,
            principal.employee,
            stand_in.employee,
            self.estate(),
            principal.employee
        );
        self.conn().await.batch_execute(&sql).await.expect("an acting period");
    }
}
