//! The answer of an export: the list's own query, page after page, as a file.

use std::{future::Future, io::Read, rc::Rc};

use actix_web::{HttpResponse, http::header, web};
use bytes::Bytes;
use futures_util::StreamExt;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use wuye_domain::shared::{ListRequest, SortOrder};
use wuye_persistence::{Failure, Rows};

use super::{ExportQuery, Format, Tabular, csv_file, query::PAGE, xlsx_file::Sheet};
use crate::{ApiError, App, Guard, Language};

/// Streams a list as a file. `page` is the function that the list itself answers with, so both show the same rows to the
/// same people.
///
/// # Errors
/// As [`export`].
pub async fn listed<P, F, S, T, Page>(
    app: web::Data<App>,
    guard: Guard<P>,
    query: ExportQuery<F, S>,
    page: Page,
) -> Result<HttpResponse, ApiError>
where
    P: 'static,
    F: 'static,
    S: Clone + Send + 'static,
    T: Tabular + Send,
    Page: AsyncFn(&App, &Guard<P>, &F, &ListRequest<S>) -> Result<Rows<T>, Failure> + 'static,
{
    let of = Rc::new((app, guard, query.filter, page));
    export(query.format, query.language, query.request, move |request| {
        let of = of.clone();
        async move {
            let (app, guard, filter, page) = &*of;
            page(app.get_ref(), guard, filter, &request).await
        }
    })
    .await
}

/// Streams a list as a file: `page` reads the rows of one request, under the caller's scope and filter, with a
/// connection it gives back.
///
/// # Errors
/// As the first page says; a failure later ends the stream, so that no half file looks whole.
pub async fn export<T, S, Page, Fut>(
    format: Format,
    language: Language,
    first: ListRequest<S>,
    page: Page,
) -> Result<HttpResponse, ApiError>
where
    T: Tabular + Send,
    S: Clone + Send + 'static,
    Page: Fn(ListRequest<S>) -> Fut + 'static,
    Fut: Future<Output = Result<Rows<T>, Failure>>,
{
    let mut response = HttpResponse::Ok();
    let name = format!("{}.{format}", language.pick(&T::NAME));
    response
        .insert_header((header::CONTENT_DISPOSITION, disposition(&name)))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    let rows = page(first.clone()).await?;
    match format {
        Format::Csv => {
            let (sender, receiver) = mpsc::channel::<Result<Bytes, Failure>>(2);
            actix_web::rt::spawn(async move {
                if let Err(failure) = csv(&sender, language, first, rows, page).await {
                    _ = sender.send(Err(failure)).await;
                }
            });
            Ok(response
                .content_type("text/csv; charset=utf-8")
                .streaming(ReceiverStream::new(receiver).map(|chunk| chunk.map_err(std::io::Error::other))))
        }
        Format::Xlsx => {
            let sheet = xlsx(language, first, rows, page).await?;
            let file = actix_web::rt::task::spawn_blocking(move || sheet.finish())
                .await
                .map_err(Failure::internal)??;
            Ok(response.content_type(format.media_type()).streaming(chunks(file)))
        }
    }
}

/// Sends a short table as a file: its rows are all there.
///
/// # Errors
/// As [`export`].
pub async fn whole<T>(format: Format, language: Language, rows: Vec<T>) -> Result<HttpResponse, ApiError>
where
    T: Tabular + Send,
{
    let first = ListRequest {
        limit: PAGE,
        sort: (),
        order: SortOrder::Ascending,
        after: None,
        count: false,
    };
    let rows = std::cell::Cell::new(rows);
    export(format, language, first, move |_| {
        std::future::ready(Ok(Rows::whole(rows.take())))
    })
    .await
}

async fn csv<T, S, Page, Fut>(
    sender: &mpsc::Sender<Result<Bytes, Failure>>,
    language: Language,
    mut request: ListRequest<S>,
    mut rows: Rows<T>,
    page: Page,
) -> Result<(), Failure>
where
    T: Tabular,
    S: Clone,
    Page: Fn(ListRequest<S>) -> Fut,
    Fut: Future<Output = Result<Rows<T>, Failure>>,
{
    let mut chunk = csv_file::head::<T>(language)?;
    loop {
        let lines = csv_file::rows(&rows.items, language)?;
        for part in [chunk, lines] {
            if sender.send(Ok(part)).await.is_err() {
                // The reader has gone.
                return Ok(());
            }
        }
        let Some(next) = rows.next else { return Ok(()) };
        request.after = Some(next);
        rows = page(request.clone()).await?;
        chunk = Bytes::new();
    }
}

async fn xlsx<T, S, Page, Fut>(
    language: Language,
    mut request: ListRequest<S>,
    mut rows: Rows<T>,
    page: Page,
) -> Result<Sheet, Failure>
where
    T: Tabular,
    S: Clone,
    Page: Fn(ListRequest<S>) -> Fut,
    Fut: Future<Output = Result<Rows<T>, Failure>>,
{
    let headings: Vec<&str> = T::columns().iter().map(|column| column.heading(language)).collect();
    let mut sheet = Sheet::new(language.pick(&T::NAME), &headings)?;
    loop {
        sheet.rows(&rows.items, language)?;
        let Some(next) = rows.next else { return Ok(sheet) };
        request.after = Some(next);
        rows = page(request.clone()).await?;
    }
}

/// A file in pieces, read off the worker's thread.
fn chunks(file: impl Read + Send + 'static) -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> {
    let (sender, receiver) = mpsc::channel::<Result<Bytes, std::io::Error>>(2);
    actix_web::rt::task::spawn_blocking(move || {
        let mut file = file;
        loop {
            let mut piece = vec![0_u8; 64 * 1024];
            let sent = match file.read(&mut piece) {
                Ok(0) => return,
                Ok(length) => {
                    piece.truncate(length);
                    sender.blocking_send(Ok(piece.into()))
                }
                Err(error) => sender.blocking_send(Err(error)),
            };
            if sent.is_err() {
                return;
            }
        }
    });
    ReceiverStream::new(receiver)
}

/// The file's name for old and new clients (RFC 6266).
pub(super) fn disposition(name: &str) -> String {
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    let plain = name.rsplit('.').next().unwrap_or("csv");
    format!("attachment; filename=\"export.{plain}\"; filename*=UTF-8''{encoded}")
}
