//! What every answer says to a browser: nothing inline, no frames, no guessing, no other origins.

use std::{net::TcpListener, process::Command};

use reqwest::{Method, header::HeaderMap};
use serde_json::json;
use wuye_stage::{Person, Place, Server};

use crate::{contract::Contract, town::Town};

const ELSEWHERE: &str = "https://elsewhere.example";

fn said<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().expect("a text"))
}

/// The directive of a policy.
fn directive<'a>(policy: &'a str, name: &str) -> &'a str {
    let mut all = policy.split(';').map(str::trim);
    all.find(|directive| directive.split(' ').next() == Some(name))
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_forbids_inline_scripts_frames_and_guessed_types() {
    let town = Town::shared().await;
    let desk = town.person("recept").await;
    let page = desk.get("//").await;
    let text = String::from_utf8_lossy(&page.bytes).into_owned();
    // A build without the browser program answers 404 here; its headers are the same.
    let script = text
        .split("src=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or("/assets/none.js");
    let long = "x".repeat(9_000);
    for path in [
        "//",
        &format!("/{script}"),
        "//login",
        "//docs/",
        "//docs/errors",
        "//openapi.json",
        "//nowhere",
        "/me",
        "/nowhere",
        "/houses",
        "/houses?no_such=1",
        "/houses/42",
        "/houses/export?format=csv",
        "/inventory/sheet",
        &format!("/houses?q={long}"),
        "//healthz",
    ] {
        let answer = desk.get(path).await;
        let headers = &answer.headers;
        let policy = said(headers, "content-security-policy");
        assert_eq!(directive(policy, "script-src"), "script-src 'self'", "{path}: {policy}");
        assert_eq!(directive(policy, "object-src"), "object-src 'none'", "{path}");
        assert_eq!(directive(policy, "frame-ancestors"), "frame-ancestors 'none'", "{path}");
        assert_eq!(directive(policy, "base-uri"), "base-uri 'none'", "{path}");
        assert!(
            !policy.contains("unsafe-eval") && !policy.contains('*'),
            "{path}: {policy}"
        );
        assert_eq!(said(headers, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(said(headers, "x-frame-options"), "DENY", "{path}");
        assert_eq!(said(headers, "referrer-policy"), "same-origin", "{path}");
        assert!(
            !said(headers, "content-type").is_empty() || answer.bytes.is_empty(),
            "{path}"
        );
        for talkative in ["server", "x-powered-by"] {
            assert!(!headers.contains_key(talkative), "{path}: {talkative}");
        }
        if path.starts_with("/h") || path.starts_with("/me") {
            assert_eq!(said(headers, "cache-control"), "no-store", "{path}");
        }
    }
    let echo = desk
        .send(desk.request(Method::TRACE, "/me").header("x-marked", "marked"))
        .await;
    assert!([404, 405].contains(&echo.status.as_u16()) && !String::from_utf8_lossy(&echo.bytes).contains("marked"));
    // What the policy forbids, the pages do without: each script has a source.
    for path in ["//", "//docs/"] {
        let page = desk.get(path).await;
        let text = String::from_utf8_lossy(&page.bytes).to_lowercase();
        for script in text.split("<script").skip(1) {
            let (attributes, body) = script.split_once('>').expect("the end of a tag");
            let inline = body
                .split("</script")
                .next()
                .is_some_and(|body| !body.trim().is_empty());
            assert!(attributes.contains("src=") && !inline, "{path}: <script{attributes}>");
        }
        assert!(
            !text.contains("javascript:") && !text.contains(" onload=") && !text.contains(" onerror="),
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_origin_is_let_in_and_a_cookie_alone_does_nothing() {
    let town = Town::shared().await;
    let contract = Contract::read();
    let desk = town.fresh("recept3").await;
    // With a token, with the cookie, with neither: no answer invites a page of another origin.
    for person in [desk.clone(), desk.with_token(None), town.server.stranger()] {
        for (method, path) in [
            (Method::GET, "/me"),
            (Method::OPTIONS, "/houses"),
            (Method::OPTIONS, "/auth/refresh"),
        ] {
            let request = person
                .request(method, path)
                .header("origin", ELSEWHERE)
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "authorization");
            let answer = person.send(request).await;
            let invites = answer
                .headers
                .keys()
                .any(|name| name.as_str().starts_with("access-control-"));
            assert!(!invites, "{path}: {:?}", answer.headers);
        }
    }
    // Nothing but the refresh listens to the cookie.
    let by_cookie = desk.with_token(None);
    for operation in contract.guarded() {
        let path = operation.at(|_| crate::town::NOTHING.to_owned());
        let answer = by_cookie
            .send(by_cookie.request(operation.method.clone(), &path).json(&json!({})))
            .await;
        assert_eq!(answer.status, 401, "{} by cookie", operation.name);
    }
    for origin in [
        ELSEWHERE,
        "null",
        "http://127.0.0.1:1",
        &format!("{}.elsewhere.example", town.server.base),
    ] {
        let forged = by_cookie
            .request(Method::POST, "/auth/refresh")
            .header("origin", origin);
        assert_eq!(by_cookie.send(forged).await.status, 403, "{origin}");
    }
    // A form of another site cannot send JSON, and what it can send is not read.
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ] {
        let login = json!({ "username": "recept", "password": town.password() }).to_string();
        let stranger = town.server.stranger();
        let form = stranger
            .request(Method::POST, "/auth/login")
            .header("content-type", kind)
            .body(login);
        assert_eq!(stranger.send(form).await.status, 415, "{kind}");
    }
    let own = by_cookie
        .request(Method::POST, "/auth/refresh")
        .header("origin", &town.server.base);
    by_cookie.send(own).await.expect(200).status;
}

/// A server without a demo, set up with an administrator; it believes to be reached as these arguments say.
fn serve(place: &Place, arguments: &[&str]) -> (Server, Person) {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = free.local_addr().expect("an address").to_string();
    drop(free);
    let mut command: Command = place.wuye(&["serve", "--listen", &address]);
    command.args(arguments);
    let server = Server::spawn(command, &place.folder().join("server.log"));
    (server, Person::new(&format!("http://{address}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_is_out_of_reach_and_https_stays_https() {
    let password = "a password of some length";
    let place = Place::new();
    let file = place.folder().join("password");
    std::fs::write(&file, password).expect("a file");
    let file = file.display().to_string();
    place
        .run(&[
            "user",
            "create-admin",
            "admin",
            "--estate",
            "x",
            "--password-file",
            &file,
        ])
        .well();
    let login = json!({ "username": "admin", "password": password });
    let public = ["--public-url", "https://wuye.example"];
    for (arguments, secure, hsts) in [
        (vec![], false, ""),
        (public.to_vec(), true, "max-age=31536000; includeSubDomains"),
        ([public.as_slice(), &["--hsts-days", "0"]].concat(), true, ""),
    ] {
        let (server, person) = serve(&place, &arguments);
        let answer = person.post("/auth/login", login.clone()).await.expect(200);
        let cookie = said(&answer.headers, "set-cookie").to_owned();
        for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain="), "{cookie}");
        assert_eq!(
            (cookie.contains("Secure"), cookie.starts_with("__Host-")),
            (secure, secure),
            "{cookie}"
        );
        let token = cookie.split(['=', ';']).nth(1).expect("a value");
        assert!(token.len() >= 43, "256 bits: {token}");
        for path in ["/me", "//", "/nowhere"] {
            let answer = person.get(path).await;
            assert_eq!(
                said(&answer.headers, "strict-transport-security"),
                hsts,
                "{path} {arguments:?}"
            );
        }
        assert!(server.stop().success());
    }
}
