//! The answer of an export: the list's own query, page after page, as a file.

use std::{future::Future, io::Read, marker::PhantomData, pin::Pin};

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, http::header};
use bytes::Bytes;
use futures_util::StreamExt;
use serde::{Deserialize, de::DeserializeOwned};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;
use wuye_domain::{
    code_enum,
    shared::{ListRequest, Problem, SortOrder},
};
use wuye_persistence::{Failure, Rows};

use super::{Tabular, csv_file, xlsx_file::Sheet};
use crate::{ApiError, Language, SortKey, guard::Gate, list};

code_enum! {
    /// Which kind of file.
    pub enum Format {
        /// UTF-8 with BOM.
        Csv = "csv",
        /// A workbook of one sheet.
        Xlsx = "xlsx",
    }
}

/// The parameter that every export takes beside its list's filters.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FormatParam {
    /// Which kind of file; `csv` when left out.
    pub format: Option<Format>,
    /// Sort column, with `-` in front for descending.
    pub sort: Option<String>,
}

/// A request for a whole list as a file: the filters and sort of the list, and the format.
#[derive(Debug)]
pub struct ExportQuery<F, S> {
    /// The list's filter.
    pub filter: F,
    /// Sort and order; pages are cut by the export itself.
    pub request: ListRequest<S>,
    /// The kind of file.
    pub format: Format,
    /// The language of headings and words.
    pub language: Language,
    sort: PhantomData<S>,
}

/// Rows read at a time.
const PAGE: i64 = 1000;

impl<F: DeserializeOwned + 'static, S: SortKey> FromRequest for ExportQuery<F, S> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let gate = Gate::of(request);
        let query = request.query_string().to_owned();
        let language = Language::of(request.headers());
        Box::pin(async move {
            gate.passed().await;
            read(&query, language)
        })
    }
}

fn read<F: DeserializeOwned, S: SortKey>(query: &str, language: Language) -> Result<ExportQuery<F, S>, ApiError> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(|_| unknown_format(query))?;
    let (formats, rest): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name == "format");
    let format = match formats.first() {
        Some((_, name)) => name.parse().map_err(|_| unknown_format(name))?,
        None => Format::Csv,
    };
    let rest: Vec<_> = rest
        .into_iter()
        .filter(|(name, _)| !matches!(name.as_str(), "limit" | "cursor" | "count"))
        .collect();
    let query = list::read::<F, S>(&serde_urlencoded::to_string(rest).map_err(Failure::internal)?)?;
    Ok(ExportQuery {
        filter: query.filter,
        request: ListRequest {
            limit: PAGE,
            after: None,
            count: false,
            ..query.request
        },
        format,
        language,
        sort: PhantomData,
    })
}

fn unknown_format(name: &str) -> Problem {
    Problem::field(
        "?format",
        "unknown_value",
        wuye_domain::text!(
            "格式“{name}”不可用；可用：csv、xlsx",
            "no format “{name}”; known: csv, xlsx"
        ),
    )
}

impl<F, S: Copy> ExportQuery<F, S> {
    /// The same request without its sort: for lists with one order.
    #[must_use]
    pub fn unsorted(&self) -> ListRequest<()> {
        ListRequest {
            limit: self.request.limit,
            sort: (),
            order: self.request.order,
            after: None,
            count: false,
        }
    }
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
            Ok(response
                .content_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                .streaming(chunks(file)))
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
