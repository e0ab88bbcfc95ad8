//! The browser program, embedded in the binary: compressed at build time, immutable where the name carries a hash.

use std::{collections::HashMap, sync::LazyLock};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderMap},
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
#[allow_missing = true]
struct Files;

/// The first page of each address: all name the same program, each also the files that its page needs.
static PAGES: LazyLock<matchit::Router<String>> = LazyLock::new(|| {
    let listed = Files::get("pages.json").map(|file| serde_json::from_slice::<HashMap<String, String>>(&file.data));
    let mut pages = matchit::Router::new();
    for (address, page) in listed.and_then(Result::ok).unwrap_or_default() {
        if let Err(error) = pages.insert(&address, page) {
            tracing::warn!(%address, %error, "a page has no address of its own");
        }
    }
    pages
});

/// A file of the browser program, or its first page for the addresses it routes itself.
pub fn serve(request: &HttpRequest) -> Option<HttpResponse> {
    let path = request.path().trim_start_matches('/');
    let hashed = path.starts_with("assets/");
    let name = if path.is_empty() || (Files::get(path).is_none() && !hashed && !path.contains('.')) {
        PAGES
            .at(request.path())
            .map_or("index.html", |page| page.value.as_str())
    } else {
        path
    };
    let encodings = request.headers();
    let (content, encoding) = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(encoding, _)| accepts(encodings, encoding))
        .find_map(|(encoding, suffix)| Files::get(&format!("{name}{suffix}")).map(|file| (file, Some(encoding))))
        .or_else(|| Files::get(name).map(|file| (file, None)))?;
    let mut response = HttpResponse::Ok();
    response
        .content_type(media_type(name))
        .insert_header((header::VARY, "accept-encoding"));
    response.insert_header((
        header::CACHE_CONTROL,
        if hashed {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        },
    ));
    if let Some(encoding) = encoding {
        response.insert_header((header::CONTENT_ENCODING, encoding));
    }
    Some(response.body(content.data.into_owned()))
}

fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    accepted
        .split(',')
        .any(|part| part.split(';').next().is_some_and(|name| name.trim() == encoding))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
