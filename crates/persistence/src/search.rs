//! By which way the rows of a search are found. A list shows the newest rows that contain the words; the database can come to
//! them by the words, or by the time until it has met enough of them, and guesses. A wrong guess reads the whole history. So the
//! way is chosen here, by what the database's own statistics know of the words.

use diesel::{
    AppearsOnTable, Expression, QueryResult, SelectableExpression,
    expression::{ValidGrouping, is_aggregate},
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{Array, Bool, Nullable, Text},
};
use diesel_async::RunQueryDsl;
use wuye_domain::shared::search::query_tokens;

use crate::{Conn, Failure};

/// Where the rows come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the newest on, each looked at: every hundredth or more has the words.
    ByTime,
    /// All that have the words, which are few, then sorted.
    ByWords,
    /// As the database likes: for counting, where all are looked at anyway.
    AnyWay,
}

/// What somebody looks for in a list.
#[derive(Clone, Debug)]
pub struct Search {
    /// Its words.
    pub tokens: Vec<String>,
    /// The way to a page of the newest rows.
    pub way: Way,
}

impl Search {
    /// For `text`, in the column `search` of `table`.
    ///
    /// # Errors
    /// As the database says.
    pub async fn of(conn: &mut Conn, table: &str, text: &str) -> Result<Self, Failure> {
        let tokens = query_tokens(text);
        let common: bool = Common { tokens: &tokens, table }.get_result(conn).await?;
        let way = if common { Way::ByTime } else { Way::ByWords };
        Ok(Self { tokens, way })
    }

    /// The same for counting.
    #[must_use]
    pub fn counted(&self) -> Self {
        Self {
            tokens: self.tokens.clone(),
            way: Way::AnyWay,
        }
    }
}

/// A table's words by how common they are, as they were when the database last looked. Words that it does not list are rare.
const COMMON: &str = "\
    SELECT coalesce(bool_and(coalesce(known.share, 0) >= 0.01), true) AS common \
    FROM unnest($1) AS asked (word) LEFT JOIN ( \
        SELECT unnest(most_common_elems::text::text[]) AS word, unnest(most_common_elem_freqs) AS share \
        FROM pg_stats WHERE schemaname = current_schema() AND tablename = $2 AND attname = 'search' \
    ) AS known ON known.word = asked.word";

struct Common<'a> {
    tokens: &'a [String],
    table: &'a str,
}

impl QueryFragment<Pg> for Common<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let (before, rest) = COMMON.split_once("$1").unwrap_or((COMMON, ""));
        let (between, after) = rest.split_once("$2").unwrap_or((rest, ""));
        out.push_sql(before);
        out.push_bind_param::<Array<Text>, _>(self.tokens)?;
        out.push_sql(between);
        out.push_bind_param::<Text, _>(self.table)?;
        out.push_sql(after);
        Ok(())
    }
}

impl QueryId for Common<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl diesel::query_builder::Query for Common<'_> {
    type SqlType = Bool;
}

impl<C> diesel::RunQueryDsl<C> for Common<'_> {}

/// `key = ANY (ARRAY(found))`: what is found is read first and whole, whatever the planner thinks of it.
#[derive(Clone, Copy, Debug, QueryId)]
pub struct Among<K, Q> {
    key: K,
    found: Q,
}

/// The rows whose key is among those found.
pub const fn among<K, Q>(key: K, found: Q) -> Among<K, Q> {
    Among { key, found }
}

impl<K: Expression, Q> Expression for Among<K, Q> {
    type SqlType = Bool;
}

impl<K: QueryFragment<Pg>, Q: QueryFragment<Pg>> QueryFragment<Pg> for Among<K, Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.key.walk_ast(out.reborrow())?;
        out.push_sql(" = ANY (ARRAY(");
        self.found.walk_ast(out.reborrow())?;
        out.push_sql("))");
        Ok(())
    }
}

impl<QS, K: AppearsOnTable<QS>, Q> AppearsOnTable<QS> for Among<K, Q> {}
impl<QS, K: SelectableExpression<QS>, Q> SelectableExpression<QS> for Among<K, Q> {}
impl<GB, K, Q> ValidGrouping<GB> for Among<K, Q> {
    type IsAggregate = is_aggregate::Never;
}

/// `(SELECT search @> tokens)`: looked at row by row, by no index.
#[derive(Clone, Debug)]
pub struct Says<S> {
    search: S,
    tokens: Vec<String>,
}

/// Whether the words stand in a row that is read anyway.
pub const fn says<S>(search: S, tokens: Vec<String>) -> Says<S> {
    Says { search, tokens }
}

impl<S: Expression> Expression for Says<S> {
    type SqlType = Nullable<Bool>;
}

impl<S: QueryFragment<Pg>> QueryFragment<Pg> for Says<S> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("(SELECT ");
        self.search.walk_ast(out.reborrow())?;
        out.push_sql(" @> ");
        out.push_bind_param::<Array<Text>, _>(&self.tokens)?;
        out.push_sql(")");
        Ok(())
    }
}

impl<S> QueryId for Says<S> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<QS, S: AppearsOnTable<QS>> AppearsOnTable<QS> for Says<S> {}
impl<QS, S: SelectableExpression<QS>> SelectableExpression<QS> for Says<S> {}
impl<GB, S> ValidGrouping<GB> for Says<S> {
    type IsAggregate = is_aggregate::Never;
}

/// Whether a row of a table contains what is looked for.
pub type Found<T> = Box<dyn BoxableExpression<T, Pg, SqlType = Nullable<Bool>>>;

/// The rows of `$table` whose own column `search` contains the words of `$search`, as a [`Found`].
#[macro_export]
macro_rules! found {
    ($table:ident, $search:expr) => {{
        let search: &$crate::search::Search = $search;
        let contains = || $table::search.contains(search.tokens.clone());
        let found: $crate::search::Found<$table::table> = match search.way {
            $crate::search::Way::AnyWay => Box::new(contains().nullable()),
            $crate::search::Way::ByTime => Box::new($crate::search::says($table::search, search.tokens.clone())),
            $crate::search::Way::ByWords => {
                let these = $table::table.filter(contains()).select($table::id);
                Box::new($crate::search::among($table::id, these).nullable())
            }
        };
        found
    }};
}
