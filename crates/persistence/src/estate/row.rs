//! One declaration for a row and its way from and to the entity.

/// Declares the row of an entity: the columns are told by how they are turned into the fields of the same name.
macro_rules! row {
    ($row:ident of $entity:path, $table:ident {
        ids { $($id:ident),* $(,)? }
        optional ids { $($oid:ident),* $(,)? }
        codes { $($code:ident),* $(,)? }
        optional codes { $($ocode:ident),* $(,)? }
        plain { $($plain:ident: $type:ty),* $(,)? }
    }) => {
        #[derive(
            ::diesel::Queryable, ::diesel::Selectable, ::diesel::Insertable, ::diesel::AsChangeset, ::diesel::Identifiable,
        )]
        #[diesel(table_name = $table, treat_none_as_default_value = false, treat_none_as_null = true)]
        struct $row {
            $($id: ::uuid::Uuid,)*
            $($oid: Option<::uuid::Uuid>,)*
            $($code: String,)*
            $($ocode: Option<String>,)*
            $($plain: $type,)*
        }

        impl From<&$entity> for $row {
            fn from(entity: &$entity) -> Self {
                Self {
                    $($id: entity.$id.into(),)*
                    $($oid: entity.$oid.map(Into::into),)*
                    $($code: entity.$code.code().to_owned(),)*
                    $($ocode: entity.$ocode.map(|code| code.code().to_owned()),)*
                    $($plain: entity.$plain.clone(),)*
                }
            }
        }

        impl TryFrom<$row> for $entity {
            type Error = $crate::Failure;

            fn try_from(row: $row) -> Result<Self, $crate::Failure> {
                Ok(Self {
                    $($id: row.$id.into(),)*
                    $($oid: row.$oid.map(Into::into),)*
                    $($code: row.$code.parse()?,)*
                    $($ocode: row.$ocode.map(|code| code.parse()).transpose()?,)*
                    $($plain: row.$plain,)*
                })
            }
        }
    };
}

/// Find, lock, insert and save of an element of the inventory; `with` adds columns that are not in the entity.
macro_rules! element_queries {
    ($entity:ident, $row:ident, $table:ident $(, with |$it:ident| $extra:expr)?) => {
        /// One element that the scope opens.
        ///
        /// # Errors
        /// `not_found`.
        pub async fn find(conn: &mut Conn, scope: &Scope, id: impl Into<Uuid>) -> Result<$entity, Failure> {
            let row: $row = $table::table
                .find(id.into())
                .filter(in_estates!($table, scope))
                .select($row::as_select())
                .first(conn)
                .await?;
            row.try_into()
        }

        /// The same, held until the transaction ends.
        ///
        /// # Errors
        /// `not_found`.
        pub async fn lock(conn: &mut Conn, scope: &Scope, id: impl Into<Uuid>) -> Result<$entity, Failure> {
            let id: Uuid = id.into();
            // The scope's predicate is boxed, and a boxed query takes no lock: first lock, then look.
            $table::table.find(id).select($table::id).for_update().first::<Uuid>(conn).await?;
            find(conn, scope, id).await
        }

        /// Adds it.
        ///
        /// # Errors
        /// `conflict` on its number; `unknown_reference` for what it points to.
        pub async fn insert(conn: &mut Conn, element: &$entity) -> Result<(), Failure> {
            $(let $it = element;)?
            diesel::insert_into($table::table)
                .values(($row::from(element), $($extra,)?))
                .execute(conn)
                .await?;
            Ok(())
        }

        /// Writes it over the version before.
        ///
        /// # Errors
        /// `version_conflict` when somebody was faster.
        pub async fn save(conn: &mut Conn, element: &$entity) -> Result<(), Failure> {
            $(let $it = element;)?
            let rows = diesel::update($table::table.find(Uuid::from(element.id)))
                .filter($table::version.eq(element.version - 1))
                .set(($row::from(element), $($extra,)?))
                .execute(conn)
                .await?;
            crate::estate::saved(rows)
        }
    };
}

/// The list of an element of the inventory by its sort key; `$narrow` adds the filter of its kind to the boxed query.
macro_rules! element_list {
    ($entity:ident, $row:ident, $table:ident, $filter:ty, |$query:ident, $by:ident| $narrow:block) => {
        /// A page of them by number or name.
        ///
        /// # Errors
        /// As the database says.
        pub async fn list<S>(
            conn: &mut Conn,
            scope: &Scope,
            estate: EstateId,
            filter: &$filter,
            request: &ListRequest<S>,
        ) -> Result<Rows<$entity>, Failure> {
            let narrowed = || {
                let mut $query = $table::table
                    .filter($table::estate_id.eq(estate.0))
                    .filter(in_estates!($table, scope))
                    .into_boxed();
                if let Some(state) = filter.state {
                    $query = $query.filter($table::state.eq(state.code()));
                }
                let $by = filter;
                $narrow
            };
            let total = if request.count {
                Some(narrowed().count().get_result(conn).await?)
            } else {
                None
            };
            let rows: Vec<$row> = keyset!(
                narrowed().select($row::as_select()),
                request,
                $table::sort_key,
                $table::id,
                String
            )
            .load(conn)
            .await?;
            split_next(rows, request.limit, total, |row| (json!(row.sort_key), row.id)).try_map(TryInto::try_into)
        }
    };
}

pub(super) use {element_list, element_queries, row};
