//! Access tokens that the server did not give, or gives no longer. Other ways with tokens are tried in
//! `tests/integration/src/access_login.rs`, those of programs in `access_tokens.rs`.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::town::{NOTHING, Town};

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

macro_rules! mac {
    ($hash:ty, $key:expr, $text:expr) => {{
        let mut mac = Hmac::<$hash>::new_from_slice($key).expect("a key");
        mac.update($text.as_bytes());
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }};
}

/// A token whose header says this and whose signature is HMAC over it: by the algorithm named, or by HS256.
fn signed(header: &Value, claims: &Value, key: &[u8]) -> String {
    let text = format!("{}.{}", encoded(header), encoded(claims));
    let signature = match header["alg"].as_str() {
        Some("HS384") => mac!(Sha384, key, text),
        Some("HS512") => mac!(Sha512, key, text),
        _ => mac!(Sha256, key, text),
    };
    format!("{text}.{signature}")
}

/// The key that the server signs with, as only its database knows it.
async fn signing_key(town: &Town) -> Vec<u8> {
    let secret = town.sql.bytes("SELECT value FROM secrets WHERE name = 'signing'").await;
    Sha256::new()
        .chain_update(secret)
        .chain_update("access tokens")
        .finalize()
        .to_vec()
}

fn with(claims: &Value, changes: Value) -> Value {
    let mut claims = claims.clone();
    let changed = claims.as_object_mut().expect("claims");
    changed.extend(changes.as_object().expect("changes").clone());
    claims
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_opens_anything_that_the_server_did_not_sign_as_it_stands() {
    let town = Town::shared().await;
    let guard = town.person("strange-guard").await;
    let real = guard.token().expect("a token").to_owned();
    let mut parts = real.split('.');
    let (header, claims, signature) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    let said: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).expect("base64")).expect("claims");
    let key = signing_key(&town).await;
    let hs256 = json!({ "alg": "HS256", "typ": "JWT" });
    // What is forged below is forged well: with the right key and nothing wrong in it, it opens.
    let forged = guard.with_token(Some(&signed(&hs256, &said, &key)));
    forged.get("/me").await.expect(200);

    let mut post = said["pos"][0].clone();
    post["estate"] = json!(town.first);
    let elsewhere = with(&said, json!({ "pos": [post] }));
    let mut manager = said["pos"][0].clone();
    manager["post"] = json!("CSCMGR");
    let mut tries = vec![
        ("no signature", format!("{header}.{claims}.")),
        ("two parts", format!("{header}.{claims}")),
        ("a signature cut short", real[..real.len() - 4].to_owned()),
        ("a fourth part", format!("{real}.{signature}")),
        (
            "another estate under the old signature",
            format!("{header}.{}.{signature}", encoded(&elsewhere)),
        ),
        (
            "another post under the old signature",
            format!(
                "{header}.{}.{signature}",
                encoded(&with(&said, json!({ "pos": [manager] })))
            ),
        ),
        (
            "administrator under the old signature",
            format!("{header}.{}.{signature}", encoded(&with(&said, json!({ "adm": true })))),
        ),
        ("an empty key", signed(&hs256, &said, b"")),
        ("a guessed key", signed(&hs256, &said, b"secret")),
        (
            "a key that it brings along",
            signed(
                &json!({ "alg": "HS256", "jwk": { "kty": "oct", "k": "c2VjcmV0" } }),
                &said,
                b"secret",
            ),
        ),
        (
            "a key to be fetched",
            signed(
                &json!({ "alg": "HS256", "jku": "http://127.0.0.1:9/keys", "kid": "../../dev/null" }),
                &said,
                b"",
            ),
        ),
        (
            "another issuer",
            signed(&hs256, &with(&said, json!({ "iss": "elsewhere" })), &key),
        ),
        ("nobody", signed(&hs256, &with(&said, json!({ "sub": NOTHING })), &key)),
        (
            "expired",
            signed(&hs256, &with(&said, json!({ "exp": 1_700_000_000 })), &key),
        ),
        (
            "an older epoch",
            signed(&hs256, &with(&said, json!({ "epoch": 0 })), &key),
        ),
        (
            "an epoch to come",
            signed(&hs256, &with(&said, json!({ "epoch": 99 })), &key),
        ),
        (
            "without an end",
            signed(&hs256, &with(&said, json!({ "exp": null })), &key),
        ),
    ];
    for algorithm in ["none", "None", "NONE", "nOnE"] {
        let head = encoded(&json!({ "alg": algorithm }));
        tries.push(("unsigned", format!("{head}.{claims}.")));
        tries.push(("said to be unsigned", format!("{head}.{claims}.{signature}")));
    }
    // The right key, another algorithm: the one is fixed, whatever the header asks for.
    for algorithm in ["HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA"] {
        tries.push((
            "another algorithm",
            signed(&json!({ "alg": algorithm, "typ": "JWT" }), &said, &key),
        ));
    }
    let case = json!({ "kind": "praise", "channel": "desk", "field": "staff", "text": "forged" });
    for (what, token) in &tries {
        let forger = town.server.stranger().with_token(Some(token));
        for answer in [forger.get("/me").await, forger.post("/cases", case.clone()).await] {
            assert_eq!(answer.status, 401, "{what}: {}", answer.body);
        }
    }
    // Only the header Authorization counts, and only as a bearer's.
    let nobody = town.server.stranger();
    for request in [
        nobody.request(Method::GET, &format!("/me?access_token={real}")),
        nobody
            .request(Method::GET, "/me")
            .header("cookie", format!("refresh={real}; access_token={real}")),
        nobody
            .request(Method::GET, "/me")
            .header("authorization", format!("Basic {real}")),
        nobody.request(Method::GET, "/me").header("x-access-token", &real),
    ] {
        let status = nobody.send(request).await.status;
        assert_eq!(status, 401);
    }
    assert_eq!(
        town.sql
            .number("SELECT count(*) FROM cases WHERE text = 'forged'")
            .await,
        0
    );
    println!("{} forged tokens", tries.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_logout_neither_the_access_token_nor_the_cookie_opens_anything() {
    let town = Town::shared().await;
    let (gone, stays) = (town.fresh("guard9").await, town.fresh("guard9").await);
    gone.get("/me").await.expect(200);
    let left = gone.post("/auth/logout", json!({})).await.expect(204);
    let cookie = left.headers["set-cookie"].to_str().expect("a cookie");
    assert!(cookie.contains("Max-Age=0"), "{cookie}");
    assert_eq!(
        gone.get("/me").await.status,
        401,
        "the access token of the session that was left"
    );
    assert_eq!(gone.post("/auth/refresh", json!({})).await.status, 401);
    // The other session of the same account goes on with a new token.
    let fresh = stays.post("/auth/refresh", json!({})).await.json(200);
    stays
        .with_token(fresh["access_token"].as_str())
        .get("/me")
        .await
        .expect(200);
}
