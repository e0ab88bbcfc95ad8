//! Files: what comes in, who sees it, what goes.

use chrono::Duration;
use serde_json::json;

use crate::clauses;
use crate::desk_scene::{PNG, dispatch, order_path, request, technicians_on_duty, upload};
use crate::harness::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_taken_by_what_is_in_it_not_by_what_it_says() {
    let app = TestApp::start_with(|config| config.file_limit = 100_000).await;
    let recept = app.login("recept").await;
    for (name, bytes) in [
        (
            "photo.jpg",
            b"<html><body><script>alert(1)</script></body></html>".to_vec(),
        ),
        ("photo.jpg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec()),
        ("photo.jpg", b"\xff\xd8\xff\xe0 not a picture at all".to_vec()),
        ("list.xlsx", b"PK\x03\x04 not a workbook".to_vec()),
    ] {
        upload(&recept, "/files", name, bytes)
            .await
            .problem(422, "file_refused");
    }
    upload(&recept, "/files", "big.png", vec![0; 100_001])
        .await
        .problem(413, "body_too_large");
    upload(&app.anonymous(), "/files", "a.png", PNG.to_vec())
        .await
        .problem(401, "unauthenticated");
    let kept = upload(&recept, "/files", "../../坏了.html", PNG.to_vec())
        .await
        .json(201);
    assert_eq!(
        (kept["media_type"].as_str(), kept["name"].as_str()),
        (Some("image/png"), Some("坏了.png"))
    );
    assert_eq!((kept["width"].as_i64(), kept["height"].as_i64()), (Some(8), Some(6)));
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_recept_5_3_the_photos_of_a_repair_are_seen_by_those_who_see_the_repair() {
    clauses!("POS-TECH-06b");
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (recept, tech) = (app.login("recept").await, app.login("tech").await);
    let photo = upload(&recept, "/files", "a.png", PNG.to_vec()).await.json(201);
    let path = format!("/files/{}", photo["id"].as_str().expect("an id"));
    tech.get(&path).await.problem(404, "not_found");
    let stolen = json!({ "place_text": "x", "text": "x", "file_ids": [photo["id"]] });
    tech.post("/repair-requests", stolen)
        .await
        .problem(422, "validation_failed");
    let made = request(&recept, json!({ "file_ids": [photo["id"]] })).await;
    let order = dispatch(&recept, &made, "tech").await;
    let read = tech.get(&path).await;
    assert_eq!(
        (read.status.as_u16(), &read.headers["content-type"]),
        (200, &"image/png".parse().expect("a value"))
    );
    assert!(
        read.headers["content-security-policy"]
            .to_str()
            .is_ok_and(|policy| policy.contains("sandbox"))
    );
    let etag = read.etag();
    let again = tech
        .send(tech.request(reqwest::Method::GET, &path).header("if-none-match", etag))
        .await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
    let small = tech.get(&format!("{path}/thumbnail")).await;
    assert_eq!(small.headers["content-type"], "image/jpeg");
    app.login("tech2").await.get(&path).await.problem(404, "not_found");
    app.login("cashier").await.get(&path).await.problem(404, "not_found");

    let own = upload(&tech, "/files", "b.png", PNG.to_vec()).await.json(201);
    let body = json!({ "subject_kind": "work_order", "subject_id": order["id"], "file_ids": [own["id"]] });
    tech.post("/attachments", body.clone()).await.expect(201);
    app.login("tech2")
        .await
        .post("/attachments", body)
        .await
        .problem(404, "not_found");
    let detail = recept.get(&order_path(&order, "")).await.json(200);
    let kinds: Vec<_> = detail["files"]
        .as_array()
        .expect("files")
        .iter()
        .map(|file| file["subject_kind"].as_str())
        .collect();
    assert_eq!(kinds, [Some("repair_request"), Some("work_order")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_attached_is_removed_after_a_day_and_shared_bytes_stay() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let kept = upload(&recept, "/files", "a.png", PNG.to_vec()).await.json(201);
    let lost = upload(&recept, "/files", "b.png", PNG.to_vec()).await.json(201);
    request(&recept, json!({ "file_ids": [kept["id"]] })).await;
    let path = |file: &serde_json::Value| format!("/files/{}", file["id"].as_str().expect("an id"));
    app.advance(Duration::hours(23));
    app.run_jobs().await;
    let recept = app.login("recept").await;
    recept.get(&path(&lost)).await.expect(200);
    app.advance(Duration::hours(2));
    app.run_jobs().await;
    let recept = app.login("recept").await;
    recept.get(&path(&lost)).await.problem(404, "not_found");
    recept.get(&path(&kept)).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_recept_5_3_a_photo_sent_twice_under_one_key_is_one_file() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let send = |bytes: Vec<u8>| {
        let part = reqwest::multipart::Part::bytes(bytes).file_name("a.png");
        recept
            .request(reqwest::Method::POST, "/files")
            .header("idempotency-key", "photo-000001")
            .multipart(reqwest::multipart::Form::new().part("file", part))
    };
    let first = recept.send(send(PNG.to_vec())).await.expect(201);
    let again = recept.send(send(PNG.to_vec())).await.expect(201);
    assert_eq!(
        (first.body, again.headers["idempotent-replayed"].to_str().ok()),
        (again.body, Some("true"))
    );
    let other = upload(&recept, "/files", "b.png", PNG.to_vec()).await.json(201);
    assert!(other["id"].is_string(), "without a key it is another file");
    let mut longer = PNG.to_vec();
    longer.push(0);
    recept.send(send(longer)).await.problem(422, "idempotency_mismatch");
}
