//! The register of imports and the errors of each, on the screen and as files.

use actix_web::{HttpResponse, get, web};
use uuid::Uuid;
use wuye_domain::{
    access::need,
    estate::filter::{ByTime, ImportFilter},
    shared::{EmployeeId, ListRequest, Page},
};
use wuye_persistence::{
    Failure, Rows,
    estate::import::{self as rows, ErrorLine},
    org,
};

use super::ImportLine;
use crate::{
    ApiError, ApiResult, App, Guard, ListParams, ListQuery,
    list::{NoFilter, NoSort},
    routes::Routes,
    tables::{self, ExportQuery, FormatParam, TableFile, export_operation},
};

/// The routes of this file.
pub(super) fn configure(config: &mut Routes<'_>) {
    config
        .service(list_imports)
        .service(export_imports)
        .service(list_import_errors)
        .service(export_import_errors);
}

/// Imports of an estate
#[utoipa::path(tag = "estate", operation_id = "list_imports", params(ListParams, ImportFilter),
    responses((status = 200, description = "A page, the latest first", body = Page<ImportLine>)),
    extensions(("x-permission" = json!("import.run")), ("x-clauses" = json!(["POS-RECEPT-05", "DER-X-5"]))))]
#[get("/imports")]
pub async fn list_imports(
    guard: Guard<need::ImportRun>,
    list: ListQuery<ImportFilter, ByTime>,
    app: web::Data<App>,
) -> ApiResult<Page<ImportLine>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of imports, for the list and for its file.
async fn page(
    app: &App,
    guard: &Guard<need::ImportRun>,
    filter: &ImportFilter,
    request: &ListRequest<ByTime>,
) -> Result<Rows<ImportLine>, Failure> {
    let estate = guard.estate(filter.estate_id)?;
    let conn = &mut *app.conn().await?;
    let found = rows::list(conn, &guard.scope, estate, filter, request).await?;
    let people: Vec<EmployeeId> = found.items.iter().filter_map(|run| run.created_by).collect();
    let names = org::names(conn, &people).await?;
    Ok(found.map(|run| ImportLine {
        created_by_name: run.created_by.and_then(|who| names.get(&who).cloned()),
        run,
    }))
}

export_operation! {
    /// The imports as a file
    export_imports "export_imports" at "/imports/export" in "estate",
    needs: ImportRun "import.run",
    clauses: ["POS-RECEPT-05", "DER-X-5"],
    query: ImportFilter, ByTime,
    rows: tables::listed, page,
}

/// The errors of an import
#[utoipa::path(tag = "estate", operation_id = "list_import_errors", params(ListParams, ("id" = Uuid, Path)),
    responses((status = 200, description = "A page by row", body = Page<ErrorLine>)),
    extensions(("x-permission" = json!("import.run")), ("x-clauses" = json!(["POS-RECEPT-05"]))))]
#[get("/imports/{id}/errors")]
pub async fn list_import_errors(
    guard: Guard<need::ImportRun>,
    id: web::Path<Uuid>,
    list: ListQuery<NoFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<ErrorLine>> {
    let conn = &mut *app.conn().await?;
    let run = rows::find(conn, &guard.scope, (*id).into()).await?;
    list.page(rows::errors(conn, run.id, &list.request).await?)
}

/// The errors of an import as a file
#[utoipa::path(tag = "estate", operation_id = "export_import_errors", params(FormatParam, ("id" = Uuid, Path)),
    responses(TableFile),
    extensions(("x-permission" = json!("import.run")), ("x-clauses" = json!(["POS-RECEPT-05"]))))]
#[get("/imports/{id}/errors/export")]
pub async fn export_import_errors(
    guard: Guard<need::ImportRun>,
    id: web::Path<Uuid>,
    query: ExportQuery<NoFilter, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let run = rows::find(&mut *app.conn().await?, &guard.scope, (*id).into()).await?;
    let app = app.get_ref().clone();
    tables::export(query.format, query.language, query.request.unsorted(), move |request| {
        let app = app.clone();
        async move { rows::errors(&mut *app.conn().await?, run.id, &request).await }
    })
    .await
}
