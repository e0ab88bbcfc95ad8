//! Names instead of ids: people, houses and parties, read in one go for a page of records.

use uuid::Uuid;

use super::labels::{self, Names};
use crate::{Conn, Failure};

/// The ids that a page of records mentions.
#[derive(Clone, Debug, Default)]
pub struct Mentioned {
    employees: Vec<Option<Uuid>>,
    houses: Vec<Option<Uuid>>,
    parties: Vec<Option<Uuid>>,
}

/// The names behind them.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    employees: Names,
    houses: Names,
    parties: Names,
}

impl Mentioned {
    /// A person.
    pub fn employee(&mut self, id: Option<impl Into<Uuid>>) {
        self.employees.push(id.map(Into::into));
    }

    /// A house.
    pub fn house(&mut self, id: Option<Uuid>) {
        self.houses.push(id);
    }

    /// An owner, tenant or user.
    pub fn party(&mut self, id: Option<Uuid>) {
        self.parties.push(id);
    }

    /// Reads the names.
    ///
    /// # Errors
    /// As the database says.
    pub async fn read(self, conn: &mut Conn) -> Result<Labels, Failure> {
        Ok(Labels {
            employees: labels::people(conn, self.employees).await?,
            houses: labels::house_numbers(conn, self.houses).await?,
            parties: labels::party_names(conn, self.parties).await?,
        })
    }
}

impl Labels {
    /// The name of a person.
    #[must_use]
    pub fn employee(&self, id: Option<impl Into<Uuid>>) -> Option<String> {
        id.and_then(|id| self.employees.get(&id.into()).cloned())
    }

    /// The number of a house.
    #[must_use]
    pub fn house(&self, id: Option<Uuid>) -> Option<String> {
        id.and_then(|id| self.houses.get(&id).cloned())
    }

    /// The name of an owner, tenant or user.
    #[must_use]
    pub fn party(&self, id: Option<Uuid>) -> Option<String> {
        id.and_then(|id| self.parties.get(&id).cloned())
    }
}
