//! House, party and person that a record of the desk names: of the same estate, and what they are found by.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::shared::{EmployeeId, EstateId, Problem};

use crate::{
    Conn, Failure,
    org::employees,
    schema::{houses, parties},
};

/// What a record refers to.
#[derive(Clone, Copy, Debug, Default)]
pub struct References {
    /// The house.
    pub house: Option<Uuid>,
    /// The owner, tenant or user.
    pub party: Option<Uuid>,
    /// The person it is about.
    pub employee: Option<EmployeeId>,
}

impl References {
    /// Checks that all of it is there and of `estate`, and gives the search tokens of house and party.
    ///
    /// # Errors
    /// `validation_failed` naming the field.
    pub async fn tokens(self, conn: &mut Conn, estate: EstateId) -> Result<Vec<String>, Failure> {
        let mut tokens = Vec::new();
        if let Some(house) = self.house {
            let found: Option<Vec<Option<String>>> = houses::table
                .filter(houses::id.eq(house).and(houses::estate_id.eq(estate.0)))
                .select(houses::search)
                .first(conn)
                .await
                .optional()?;
            tokens.extend(
                found
                    .ok_or_else(|| Problem::unknown_reference("/house_id"))?
                    .into_iter()
                    .flatten(),
            );
        }
        if let Some(party) = self.party {
            let found: Option<Vec<Option<String>>> = parties::table
                .filter(parties::id.eq(party).and(parties::estate_id.eq(estate.0)))
                .select(parties::search)
                .first(conn)
                .await
                .optional()?;
            tokens.extend(
                found
                    .ok_or_else(|| Problem::unknown_reference("/party_id"))?
                    .into_iter()
                    .flatten(),
            );
        }
        if let Some(employee) = self.employee {
            employees::of_estate(conn, employee, estate, "/about_employee").await?;
        }
        Ok(tokens)
    }
}

/// Tokens as the column takes them: sorted, each once.
#[must_use]
pub fn column(mut tokens: Vec<String>) -> Vec<Option<String>> {
    tokens.sort();
    tokens.dedup();
    tokens.into_iter().map(Some).collect()
}
