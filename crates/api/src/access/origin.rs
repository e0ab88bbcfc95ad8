//! Where a request comes from, as far as it can be believed: what attempts are counted by.

use std::net::IpAddr;

use actix_web::{HttpRequest, http::header::HeaderMap};

use crate::App;

/// The caller's address; a proxy's word counts only when the proxy is trusted.
pub fn address(request: &HttpRequest, app: &App) -> String {
    let trusted = &app.shared.config.trusted_proxies;
    let Some(peer) = request.peer_addr().map(|peer| peer.ip().to_canonical()) else {
        return String::new();
    };
    let told = trusted
        .contains(&peer)
        .then(|| forwarded(request.headers(), trusted))
        .flatten();
    told.unwrap_or_else(|| peer.to_string())
}

/// The last address of `X-Forwarded-For` that is no trusted proxy. Each proxy adds its caller at the end, so what stands
/// before is only what that caller said.
fn forwarded(headers: &HeaderMap, trusted: &[IpAddr]) -> Option<String> {
    let told: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|address| !address.is_empty())
        .collect();
    let is_proxy = |address: &&str| {
        let parsed = address.parse::<IpAddr>();
        parsed.is_ok_and(|address| trusted.contains(&address.to_canonical()))
    };
    told.into_iter()
        .rfind(|address| !is_proxy(address))
        .map(ToOwned::to_owned)
}

/// What counts as one address: a household has a whole network of them in IPv6, and could take another one each time.
pub fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(address @ IpAddr::V4(_)) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn what_the_caller_says_of_itself_is_not_believed() {
        let proxies: Vec<IpAddr> = ["127.0.0.1", "10.0.0.2"]
            .map(|proxy| proxy.parse().expect("an address"))
            .into();
        for (told, expected) in [
            (vec!["203.0.113.7"], Some("203.0.113.7")),
            (vec!["198.51.100.1, 203.0.113.7"], Some("203.0.113.7")),
            (vec!["198.51.100.1", "203.0.113.7, 10.0.0.2"], Some("203.0.113.7")),
            (vec!["10.0.0.2"], None),
            (vec!["", " , "], None),
        ] {
            let mut headers = HeaderMap::new();
            for value in &told {
                headers.append(
                    HeaderName::from_static("x-forwarded-for"),
                    HeaderValue::from_str(value).expect("a header"),
                );
            }
            assert_eq!(forwarded(&headers, &proxies).as_deref(), expected, "{told:?}");
        }
    }

    #[test]
    fn a_network_of_one_household_counts_as_one_address() {
        for (address, counted) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::7", "2001:db8:1:3::/64"),
            ("unknown", "unknown"),
        ] {
            assert_eq!(network(address), counted, "{address}");
        }
    }
}
