//! What is asked of an export: the list's own filter and sort, and the kind of file.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::{Deserialize, de::DeserializeOwned};
use utoipa::IntoParams;
use wuye_domain::{
    code_enum,
    shared::{ListRequest, Problem},
};
use wuye_persistence::Failure;

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

impl Format {
    /// What such a file is on the wire.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
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
}

/// Rows read at a time.
pub(super) const PAGE: i64 = 1000;

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
