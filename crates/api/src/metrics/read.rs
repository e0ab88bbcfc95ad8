//! Who may read the figures: they tell how much a company works, and when nobody looks.

use actix_web::{HttpRequest, HttpResponse, http::header, web::Data};
use subtle::ConstantTimeEq;
use wuye_domain::shared::{Problem, ProblemCode, Text};

use super::scrape;
use crate::{ApiError, App};

/// What a proxy adds to the requests that it passes on.
const FORWARDING: &[&str] = &["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];

/// `GET /metrics`: the figures in Prometheus' text form, for programs on the server's own machine, or for whoever sends the
/// token in the server's settings as `Authorization: Bearer`. It is no part of the contract: it has no business for a client,
/// and what opens it is no permission of anybody's.
pub async fn metrics(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, ApiError> {
    if !may_read(&request, app.shared.config.metrics_token.as_deref()) {
        return Err(Problem::new(
            ProblemCode::Forbidden,
            Text::new(
                "运行指标只供服务器本机读取，或凭设置中的令牌（--metrics-token）读取。",
                "The figures are for programs on the server's own machine, or for the token in its settings (--metrics-token).",
            ),
        )
        .into());
    }
    Ok(HttpResponse::Ok()
        .content_type(prometheus::TEXT_FORMAT)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(scrape::text(&app).await?))
}

/// A token in the settings is asked of everybody; without one the caller has to sit on this machine, not behind a proxy that
/// does.
fn may_read(request: &HttpRequest, token: Option<&str>) -> bool {
    match token {
        Some(token) => {
            let given = request
                .headers()
                .get(header::AUTHORIZATION)
                .map(|value| value.as_bytes());
            given
                .and_then(|given| given.strip_prefix(b"Bearer "))
                .is_some_and(|given| given.ct_eq(token.as_bytes()).into())
        }
        None => {
            let forwarded = FORWARDING.iter().any(|name| request.headers().contains_key(*name));
            let near = request
                .peer_addr()
                .is_some_and(|peer| peer.ip().to_canonical().is_loopback());
            near && !forwarded
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_figures_are_for_this_machine_or_for_the_token() {
        const TOKEN: Option<&str> = Some("0123456789abcdef");
        const RIGHT: (&str, &str) = ("authorization", "Bearer 0123456789abcdef");
        for (peer, sent, token, open) in [
            ("127.0.0.1:1", None, None, true),
            ("[::1]:1", None, None, true),
            ("[::ffff:127.0.0.1]:1", None, None, true),
            ("203.0.113.7:1", None, None, false),
            ("127.0.0.1:1", Some(("x-forwarded-for", "203.0.113.7")), None, false),
            ("127.0.0.1:1", Some(("via", "1.1 proxy")), None, false),
            ("203.0.113.7:1", Some(RIGHT), None, false),
            ("203.0.113.7:1", Some(RIGHT), TOKEN, true),
            ("127.0.0.1:1", None, TOKEN, false),
            (
                "203.0.113.7:1",
                Some(("authorization", "Bearer 0123456789abcdeF")),
                TOKEN,
                false,
            ),
            ("203.0.113.7:1", Some(("authorization", "Bearer ")), TOKEN, false),
        ] {
            let mut request = TestRequest::get().peer_addr(peer.parse::<SocketAddr>().expect("an address"));
            if let Some(header) = sent {
                request = request.insert_header(header);
            }
            let request = request.to_http_request();
            assert_eq!(may_read(&request, token), open, "{peer} {sent:?} {token:?}");
        }
    }
}
