//! Words of SQL that the program itself has written and that never change.
//!
//! Diesel's own literal may hold anything, so a statement with one in it is prepared anew each time it is sent. These are known
//! when the program is built: the statement is prepared once for each connection, like any other.

use std::marker::PhantomData;

use diesel::{
    AppearsOnTable, Expression, QueryResult, SelectableExpression,
    expression::{TypedExpressionType, ValidGrouping, is_aggregate},
    pg::Pg,
    query_builder::{AstPass, QueryFragment, QueryId},
    serialize::ToSql,
    sql_types::HasSqlType,
};

/// An expression of the type `ST` in fixed words; its columns are named with their tables.
#[derive(Debug, Clone, Copy)]
pub struct Fixed<ST> {
    words: &'static str,
    of: PhantomData<ST>,
}

/// An expression in these words.
#[must_use]
pub const fn fixed<ST>(words: &'static str) -> Fixed<ST> {
    Fixed { words, of: PhantomData }
}

impl<ST: TypedExpressionType> Expression for Fixed<ST> {
    type SqlType = ST;
}

impl<ST> QueryFragment<Pg> for Fixed<ST> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(self.words);
        Ok(())
    }
}

impl<ST> QueryId for Fixed<ST> {
    type QueryId = ();
    // Two of the same type may have different words: the statement is known by its text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<QS, ST> SelectableExpression<QS> for Fixed<ST> where Self: Expression {}

impl<QS, ST> AppearsOnTable<QS> for Fixed<ST> where Self: Expression {}

impl<ST, GB> ValidGrouping<GB> for Fixed<ST> {
    type IsAggregate = is_aggregate::Never;
}

/// Fixed words around one value.
#[derive(Debug, Clone, Copy)]
pub struct Around<ST, T, V> {
    before: &'static str,
    value: V,
    after: &'static str,
    of: PhantomData<(ST, T)>,
}

/// An expression in these words, with a value of the type `T` between them.
#[must_use]
pub const fn around<ST, T, V>(before: &'static str, value: V, after: &'static str) -> Around<ST, T, V> {
    Around {
        before,
        value,
        after,
        of: PhantomData,
    }
}

impl<ST: TypedExpressionType, T, V> Expression for Around<ST, T, V> {
    type SqlType = ST;
}

impl<ST, T, V> QueryFragment<Pg> for Around<ST, T, V>
where
    Pg: HasSqlType<T>,
    V: ToSql<T, Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(self.before);
        out.push_bind_param::<T, V>(&self.value)?;
        out.push_sql(self.after);
        Ok(())
    }
}

impl<ST, T, V> QueryId for Around<ST, T, V> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<QS, ST, T, V> SelectableExpression<QS> for Around<ST, T, V> where Self: Expression {}

impl<QS, ST, T, V> AppearsOnTable<QS> for Around<ST, T, V> where Self: Expression {}

impl<ST, T, V, GB> ValidGrouping<GB> for Around<ST, T, V> {
    type IsAggregate = is_aggregate::Never;
}
