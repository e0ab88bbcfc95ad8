//! Lists: one way to ask for a page, one way to answer it.

use std::{pin::Pin, str::FromStr};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;
use uuid::Uuid;
use wuye_domain::shared::{ListRequest, Page, Problem, SortOrder, Text};
use wuye_persistence::{Failure, Rows, bad_cursor};

use crate::{Answer, ApiError, ApiResult, guard::Gate, wording};

/// A column that a list can be sorted by.
pub trait SortKey: FromStr + Copy + std::fmt::Display + 'static {
    /// How the list is sorted when nobody asks.
    const DEFAULT: (Self, SortOrder);
    /// Every column, for the refusal of another one.
    fn all() -> Vec<String>;
}

/// For lists with one order only.
impl SortKey for NoSort {
    const DEFAULT: (Self, SortOrder) = (Self, SortOrder::Ascending);
    fn all() -> Vec<String> {
        Vec::new()
    }
}

/// A list with one order only.
#[derive(Clone, Copy, Debug)]
pub struct NoSort;

impl FromStr for NoSort {
    type Err = ();
    fn from_str(_: &str) -> Result<Self, ()> {
        Err(())
    }
}

impl std::fmt::Display for NoSort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("-")
    }
}

/// For lists without filters.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct NoFilter {}

/// Query parameters that every list takes.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes what ListQuery reads by hand")]
pub struct ListParams {
    /// Rows wanted, 1 to 200; 50 when absent.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before; only with the same filter and sort.
    pub cursor: Option<String>,
    /// Sort column, with `-` in front for descending.
    pub sort: Option<String>,
    /// Whether to count all matching rows.
    pub count: Option<bool>,
}

/// A request for a page: the list's own filter `F`, sorted by a column of `S`.
#[derive(Debug)]
pub struct ListQuery<F, S = NoSort> {
    /// The filter.
    pub filter: F,
    /// Page, sort and cursor.
    pub request: ListRequest<S>,
    binding: String,
}

impl<F, S: SortKey> ListQuery<F, S> {
    /// The page as it goes over the wire.
    ///
    /// # Errors
    /// `Internal` when a row cannot be written as JSON.
    pub fn page<T: Serialize>(&self, rows: Rows<T>) -> ApiResult<Page<T>> {
        let next_cursor = rows.next.map(|(value, id)| {
            let text = serde_json::json!([self.binding, value, id]).to_string();
            URL_SAFE_NO_PAD.encode(text)
        });
        Answer::ok(&Page {
            items: rows.items,
            next_cursor,
            total: rows.total,
        })
    }
}

impl<F: DeserializeOwned + 'static, S: SortKey> FromRequest for ListQuery<F, S> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let gate = Gate::of(request);
        let query = request.query_string().to_owned();
        Box::pin(async move {
            gate.passed().await;
            read(&query)
        })
    }
}

/// Reads filter, page and sort of a query string.
pub(crate) fn read<F: DeserializeOwned, S: SortKey>(query: &str) -> Result<ListQuery<F, S>, ApiError> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(|_| unreadable("?", query))?;
    let (mut limit, mut cursor, mut count) = (50, None, false);
    let (mut sort, mut order) = S::DEFAULT;
    let mut own = Vec::new();
    for (name, value) in pairs {
        match name.as_str() {
            "limit" => match value.parse() {
                Ok(number @ 1..=200) => limit = number,
                _ => {
                    return Err(
                        Problem::field("?limit", "out_of_range", Text::new("须为1至200", "must be 1 to 200")).into(),
                    );
                }
            },
            "cursor" => cursor = Some(value),
            "count" => count = value.parse().map_err(|_| unreadable("?count", &value))?,
            "sort" => (sort, order) = sort_of(&value)?,
            _ => own.push((name, value)),
        }
    }
    let binding = binding(&own, sort, order);
    let after = cursor.map(|text| after(&text, &binding)).transpose()?;
    let filter = filter(&own)?;
    Ok(ListQuery {
        filter,
        request: ListRequest {
            limit,
            sort,
            order,
            after,
            count,
        },
        binding,
    })
}

fn sort_of<S: SortKey>(text: &str) -> Result<(S, SortOrder), Problem> {
    let (name, order) = match text.strip_prefix('-') {
        Some(name) => (name, SortOrder::Descending),
        None => (text, SortOrder::Ascending),
    };
    let column = name.parse().map_err(|_| {
        let known = S::all().join(", ");
        Problem::field(
            "?sort",
            "unknown_value",
            wuye_domain::text!(
                "不能按“{name}”排序；可用：{known}",
                "cannot sort by “{name}”; known: {known}"
            ),
        )
    })?;
    Ok((column, order))
}

/// Filter and sort in a few characters: a cursor of another list or filter is refused.
fn binding<S: SortKey>(own: &[(String, String)], sort: S, order: SortOrder) -> String {
    let mut own = own.to_vec();
    own.sort();
    let digest = Sha256::digest(format!("{own:?}|{sort}|{order:?}"));
    URL_SAFE_NO_PAD.encode(&digest[..6])
}

fn after(cursor: &str, binding: &str) -> Result<(Value, Uuid), Failure> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| bad_cursor())?;
    let (bound, value, id): (String, Value, Uuid) = serde_json::from_slice(&bytes).map_err(|_| bad_cursor())?;
    if bound == binding {
        Ok((value, id))
    } else {
        Err(bad_cursor())
    }
}

fn unreadable(pointer: &str, value: &str) -> Problem {
    Problem::field(
        pointer,
        "wrong_type",
        wuye_domain::text!("“{value}”无法读取", "“{value}” cannot be read"),
    )
}

/// The list's own filter; every refusal names its parameter.
fn filter<F: DeserializeOwned>(own: &[(String, String)]) -> Result<F, ApiError> {
    let text = serde_urlencoded::to_string(own).map_err(Failure::internal)?;
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    serde_path_to_error::deserialize(pairs).map_err(|error| {
        let at = match error.path().iter().next() {
            Some(serde_path_to_error::Segment::Map { key }) => format!("?{key}"),
            _ => "?".to_owned(),
        };
        wording::problem(&at, &error.inner().to_string()).into()
    })
}

/// Makes a `code_enum!` usable as the sort of a list.
#[macro_export]
macro_rules! sort_key {
    ($name:ident, $default:ident, $order:ident) => {
        impl $crate::SortKey for $name {
            const DEFAULT: (Self, ::wuye_domain::shared::SortOrder) =
                (Self::$default, ::wuye_domain::shared::SortOrder::$order);
            fn all() -> Vec<String> {
                Self::ALL.iter().map(ToString::to_string).collect()
            }
        }
    };
}
