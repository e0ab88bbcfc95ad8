//! Lists of texts as columns: PostgreSQL cannot promise that an array has no null in it, the product can.

use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    pg::{Pg, PgValue},
    sql_types::{Array, Nullable, Text},
};

/// A `text[]` column, read without its nulls: `#[diesel(deserialize_as = Texts)]` on a `Vec<String>`.
#[derive(Clone, Debug, Default, FromSqlRow)]
pub struct Texts(Vec<String>);

impl FromSql<Array<Nullable<Text>>, Pg> for Texts {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let texts = <Vec<Option<String>> as FromSql<Array<Nullable<Text>>, Pg>>::from_sql(value)?;
        Ok(Self(texts.into_iter().flatten().collect()))
    }
}

impl From<Texts> for Vec<String> {
    fn from(texts: Texts) -> Self {
        texts.0
    }
}
