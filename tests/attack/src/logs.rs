//! What the server writes down about its work never holds a secret or a person's numbers.

use serde_json::{Value, json};
use wuye_stage::{Place, Server};

use crate::{
    authenticator,
    furnish::{PNG, employee, id, make},
};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_secret_or_personal_is_ever_logged() {
    let place = Place::new();
    let mut command = place.wuye(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--demo",
        "--rooms",
        "24",
        "--trusted-proxies",
        "127.0.0.1",
    ]);
    // As much of the product's own words as somebody looking for a fault would switch on.
    command.env(
        "RUST_LOG",
        "info,wuye_api=trace,wuye_persistence=trace,wuye_embedded_postgres=trace",
    );
    let server = Server::spawn(command, &place.folder().join("server.log"));
    let demo = server.stranger().get("/demo-accounts").await.json(200);
    let password = demo["password"].as_str().expect("a password").to_owned();
    let mut secrets: Vec<(&str, String)> = vec![("the demo's password", password.clone())];
    let word = |value: &Value| value.as_str().expect("a text").to_owned();

    // Logins, good and bad, and what they give.
    let wrong = "Wrong-Secret-4711";
    server
        .stranger()
        .post("/auth/login", json!({ "username": "recept", "password": wrong }))
        .await
        .expect(401);
    server
        .stranger()
        .post("/auth/login", json!({ "username": wrong, "password": "x" }))
        .await
        .expect(401);
    secrets.push(("a wrong password", wrong.to_owned()));
    let login = json!({ "username": "recept", "password": password });
    let desk = server.stranger();
    let answer = desk.post("/auth/login", login).await.expect(200);
    let cookie = answer.headers["set-cookie"].to_str().expect("a cookie");
    secrets.push((
        "a refresh token",
        cookie.split(['=', ';']).nth(1).expect("a value").to_owned(),
    ));
    let token = word(&answer.body["access_token"]);
    let desk = desk.with_token(Some(&token));
    secrets.push(("an access token", token));
    let deputy = server.person("depmgr").await;
    let guard = server.person("guard3").await;
    let app = authenticator::enrol(&guard).await;
    secrets.push(("a secret of one-time codes", app.secret.clone()));
    secrets.push(("a recovery code", app.recovery[0].clone()));
    let token = json!({ "name": "t", "permissions": ["self.read"], "days": 5 });
    let token = word(&make(&desk, "/me/tokens", token).await["token"]);
    desk.with_token(Some(&token)).get("/me").await.expect(200);
    secrets.push(("a personal token", token));
    let estate = desk.get("/me").await.json(200)["estates"][0]["id"].clone();
    let service = json!({ "username": "svc", "display_name": "x", "permissions": ["case.read"], "estates": [estate], "reason": "x" });
    let service = id(&make(&deputy, "/services", service).await);
    let token = json!({ "name": "t", "permissions": ["case.read"], "days": 5 });
    let token = make(&deputy, &format!("/services/{service}/tokens"), token).await;
    secrets.push(("a service's token", word(&token["token"])));
    let account = server.person("cleaner").await.get("/me").await.json(200);
    let reset = format!("/accounts/{}/reset-password", word(&account["account_id"]));
    let first = word(&make(&deputy, &reset, json!({ "reason": "x" })).await["password"]);
    let mut cleaner = server.stranger();
    cleaner.log_in("cleaner", &first).await;
    let chosen = "the-chosen-password-0815";
    cleaner
        .post("/me/password", json!({ "current": first, "new": chosen }))
        .await
        .expect(200);
    cleaner.log_in("cleaner", chosen).await;
    cleaner
        .post("/me/password", json!({ "current": "not-that-one-1234", "new": chosen }))
        .await
        .expect(422);
    secrets.extend([
        ("a first password", first),
        ("a chosen password", chosen.to_owned()),
        ("a mistyped password", "not-that-one-1234".to_owned()),
    ]);

    // People's numbers: stored, looked up, searched for, refused.
    let (phone, identity) = ("13987654321", "11010519491231002X");
    let party = json!({ "estate_id": estate, "kind": "owner", "name": "赵钱孙", "phones": [phone], "identity_number": identity });
    make(&desk, "/parties", party.clone()).await;
    desk.post("/parties", party).await.expect(409);
    desk.post("/parties/lookup", json!({ "identity_number": identity }))
        .await
        .expect(200);
    desk.post("/parties/lookup", json!({ "phone": phone }))
        .await
        .expect(200);
    for path in [
        format!("/parties?q={phone}"),
        format!("/parties?q={identity}"),
        format!("/parties?no_such_parameter={identity}"),
        format!("/parties/{identity}"),
        format!("//nowhere/{phone}?q={identity}"),
        format!("/cases?q={phone}"),
    ] {
        let answer = desk.get(&path).await;
        println!("{} {path}", answer.status);
    }
    let bad = json!({ "estate_id": estate, "kind": "owner", "name": "x", "phones": [phone, phone, 1], "identity_number": identity });
    desk.post("/parties", bad).await.expect(422);
    let case = json!({ "kind": "complaint", "channel": "phone", "field": "cleaning", "text": "门口有垃圾", "reporter_name": "周吴郑王",
        "reporter_phone": phone });
    make(&desk, "/cases", case).await;
    let code = word(
        &server
            .person("cscmgr")
            .await
            .get(&format!("/estates/{}", word(&estate)))
            .await
            .json(200)["public_code"],
    );
    let report = json!({ "kind": "repair", "text": "灯坏了", "contact_name": "周吴郑王", "contact_phone": phone });
    let report = make(&server.stranger(), &format!("/public/estates/{code}/reports"), report).await;
    let tracking = word(&report["tracking_code"]);
    server
        .stranger()
        .get(&format!("/public/reports/{tracking}"))
        .await
        .expect(200);
    let table = format!("姓名,类型,手机,身份证号\n李周吴,业主,{phone},{identity}\n李周吴,业主,{phone},{identity}9\n");
    desk.send(desk.request(reqwest::Method::POST, "/imports?kind=parties").body(table))
        .await
        .expect(201);
    desk.upload("a.png", PNG.to_vec()).await;
    employee(&desk).await;
    secrets.extend([
        ("a phone", phone.to_owned()),
        ("an identity number", identity.to_owned()),
        ("a tracking code", tracking),
        ("a reporter's name", "周吴郑王".to_owned()),
        ("an owner's name", "赵钱孙".to_owned()),
    ]);
    // The jobs of the import write too.
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let database = place.data().join("postgres/postgres.log");
    let written = server.log() + &std::fs::read_to_string(database).expect("the database's log");
    assert!(
        written.matches("\"request\"").count() > 40,
        "the log says next to nothing:\n{written}"
    );
    let told: Vec<_> = secrets
        .iter()
        .flat_map(|(what, secret)| {
            let lines = written.lines().filter(move |line| line.contains(secret.as_str()));
            lines.map(move |line| format!("{what}: {line}"))
        })
        .collect();
    println!(
        "{} secrets looked for in {} lines",
        secrets.len(),
        written.lines().count()
    );
    assert!(told.is_empty(), "{}", told.join("\n"));
}
