//! The operation of an export: beside its list, with the same permission, filter and clauses.

/// Declares the operation that gives a list as a file. `rows` is who streams it ([`listed`](super::listed), or a function
/// of the same shape) and the function that reads the pages of the list itself. The file imports `actix_web::get`, which the
/// document knows an operation by.
macro_rules! export_operation {
    (
        $(#[doc = $doc:tt])+
        $name:ident $id:tt at $path:tt in $tag:tt,
        needs: $need:ident $permission:tt,
        clauses: $clauses:tt,
        query: $filter:ident, $sort:ident,
        rows: $stream:path, $page:path $(,)?
    ) => {
        $(#[doc = $doc])+
        #[utoipa::path(tag = $tag, operation_id = $id, params($crate::tables::FormatParam, $filter),
            responses($crate::tables::TableFile),
            extensions(("x-permission" = json!($permission)), ("x-clauses" = json!($clauses))))]
        #[get($path)]
        pub async fn $name(
            guard: $crate::Guard<::wuye_domain::access::need::$need>,
            query: $crate::tables::ExportQuery<$filter, $sort>,
            app: ::actix_web::web::Data<$crate::App>,
        ) -> Result<::actix_web::HttpResponse, $crate::ApiError> {
            $stream(app, guard, query, $page).await
        }
    };
}

pub(crate) use export_operation;
