//! Guessing passwords and codes. That the limits pass by themselves, and that unknown names are answered in the same words, is
//! tried in `tests/integration/src/access_login.rs`.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::{Value, json};
use wuye_stage::{Answer, Person};

use crate::{authenticator, town::Town};

/// Failures of one name that are looked at.
const BY_NAME: usize = 8;
/// Failures from one address that are looked at.
const BY_ADDRESS: usize = 60;

async fn guess(person: &Person, username: &str, password: &str) -> Answer {
    person
        .post("/auth/login", json!({ "username": username, "password": password }))
        .await
}

fn count(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_guesses_at_once_no_more_are_looked_at_than_one_by_one() {
    let town = Town::shared().await;
    for username in ["cleaner8", "nobody-of-this-name"] {
        let guesses = (0..40).map(|number| {
            let person = town.server.stranger();
            async move { guess(&person, username, &format!("guess number {number}")).await }
        });
        let answers = join_all(guesses).await;
        let (looked_at, refused) = (count(&answers, 401), count(&answers, 429));
        println!("{username}: {looked_at} of 40 looked at");
        assert_eq!(looked_at + refused, 40);
        assert!(looked_at <= BY_NAME, "{username}: {looked_at} guesses were looked at");
        let refused = answers.iter().find(|answer| answer.status == 429).expect("a refusal");
        assert!(refused.headers.contains_key("retry-after"));
        // Those at once may have stood in one another's way: what is left of the count is used up one by one.
        for number in 0..BY_NAME {
            guess(&town.server.stranger(), username, &format!("late guess {number}")).await;
        }
        // The right one does not help now, nor tell anything.
        let late = guess(&town.server.stranger(), username, town.password()).await;
        assert_eq!(
            (late.status.as_u16(), &late.body["code"]),
            (429, &json!("too_many_requests"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_guesses_at_many_names_only_so_often_whatever_it_calls_itself() {
    let town = Town::shared().await;
    let plain = reqwest::Client::new();
    let url = format!("{}/api/v1/auth/login", town.server.base);
    // The proxy adds the address it sees at the end; what stands before is the caller's own invention.
    let guesses = (0..80).map(|number| {
        let request = plain
            .post(&url)
            .header("x-forwarded-for", format!("198.51.100.{number}, 203.0.113.77"))
            .json(&json!({ "username": format!("name-{number}"), "password": "guess" }));
        async move { request.send().await.expect("an answer").status().as_u16() }
    });
    let answers = join_all(guesses).await;
    let looked_at = answers.iter().filter(|status| **status == 401).count();
    println!("{looked_at} of 80 looked at");
    assert!(answers.iter().all(|status| [401, 429].contains(status)), "{answers:?}");
    assert!(looked_at <= BY_ADDRESS, "{looked_at} guesses were looked at");
    // Somebody at another address logs in all the same.
    town.fresh("cleaner2").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_the_code_does_not_begin_the_count_of_wrong_codes_anew() {
    let town = Town::shared().await;
    let owner = town.fresh("cleaner6").await;
    let app = authenticator::enrol(&owner).await;
    let attempt = async |code: Option<&str>| {
        let mut login = json!({ "username": "cleaner6", "password": town.password() });
        login["totp"] = code.map_or(Value::Null, Into::into);
        town.server.stranger().post("/auth/login", login).await
    };
    let mut looked_at = 0;
    for _ in 0..BY_NAME * 2 {
        // The password alone is right, and asks for the code.
        let asked = attempt(None).await;
        assert!([401, 429].contains(&asked.status.as_u16()), "{}", asked.body);
        let wrong = attempt(Some(&app.wrong())).await;
        looked_at += usize::from(wrong.status == 401);
    }
    println!("{looked_at} of {} wrong codes looked at", BY_NAME * 2);
    assert!(looked_at <= BY_NAME, "{looked_at} wrong codes were looked at");
    assert_eq!(attempt(Some(&app.code())).await.status, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_name_costs_the_same_work_as_a_known_one() {
    let town = Town::shared().await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let timed = async |username: String| {
        let person = town.server.stranger();
        let begun = Instant::now();
        let status = guess(&person, &username, "not the password").await.status;
        assert_eq!(status, 401);
        begun.elapsed()
    };
    for round in 0..24 {
        known.push(timed(format!("guard{}", 2 + round % 6)).await);
        unknown.push(timed(format!("nobody{round}")).await);
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64() * 1e3
    };
    let (known, unknown) = (median(&mut known), median(&mut unknown));
    let ratio = unknown / known;
    println!("median: known {known:.1} ms, unknown {unknown:.1} ms, ratio {ratio:.2}");
    // Without the hash of an unknown name the ratio is below a tenth.
    assert!(
        (0.4..2.5).contains(&ratio),
        "the answer tells by its time whether there is such a name: {ratio:.2}"
    );
}
