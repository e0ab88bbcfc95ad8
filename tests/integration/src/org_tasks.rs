//! Tasks given by leaders (directive_tasks): given down the line or across it, done by whom they were given to, closed by
//! whoever gave them.

use chrono::Duration;
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    clauses,
    desk_scene::{PNG, upload},
    harness::{Answer, Client, Staff, TestApp},
    workbench::count,
};

/// Noon of the day on which every test begins at ten.
const NOON: &str = "2026-03-02T04:00:00Z";

fn task(to: &str) -> Value {
    json!({ "title": "检查地下车库照明", "assignee_id": Staff::of(to).employee, "due_at": NOON })
}

fn path(id: &str, action: &str) -> String {
    format!("/tasks/{id}/{action}")
}

async fn given(giver: &Client, to: &str) -> String {
    giver.post("/tasks", task(to)).await.expect(201).id()
}

/// The assignee does it and says so.
async fn done(client: &Client, id: &str) {
    client.post(&path(id, "accept"), json!({})).await.expect(200);
    client.post(&path(id, "start"), json!({})).await.expect(200);
    reported(client, id).await.expect(200);
}

async fn reported(client: &Client, id: &str) -> Answer {
    client
        .post(&path(id, "report-done"), json!({ "result": "已更换三盏灯" }))
        .await
}

/// Numbers of the tasks that somebody is shown.
async fn listed(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/tasks{query}")).await.json(200);
    let items = page["items"].as_array().expect("items").clone();
    items
        .iter()
        .map(|item| item["no"].as_str().expect("a number").to_owned())
        .collect()
}

async fn actions(client: &Client, id: &str) -> Vec<(String, Value)> {
    let trail = client.get(&format!("/trail?kind=task&id={id}")).await.json(200);
    let lines = trail.as_array().expect("a list").clone();
    lines
        .iter()
        .map(|line| (line["action"].as_str().expect("an action").to_owned(), line.clone()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_post_completes_what_the_one_it_reports_to_gives_it() {
    clauses!(
        "POS-CSCMGR-12",
        "POS-DEPMGR-09",
        "POS-ASSTMGR-02",
        "POS-ASSTMGR-09",
        "POS-GUARDCAPT-12",
        "POS-GUARDLEAD-08",
        "POS-GUARD-09",
        "POS-PUBSUP-16",
        "POS-RECEPT-11",
        "POS-RENOADM-08",
        "POS-CLEANLEAD-10",
        "POS-CLEANER-10",
        "POS-TECH-11",
        "POS-FINSUP-06",
        "POS-CASHIER-09",
        "POS-FEECOL-06",
        "POS-TICKET-06",
    );
    let app = TestApp::start().await;
    let mut served = std::collections::BTreeSet::new();
    for (giver, to) in [
        ("gm", &["cscmgr"][..]),
        ("cscmgr", &["depmgr", "asstmgr"]),
        ("depmgr", &["guardcapt", "pubsup", "finsup", "asstmgr"]),
        ("guardcapt", &["guardlead"]),
        ("guardlead", &["guard"]),
        ("pubsup", &["recept", "renoadm", "cleanlead", "tech"]),
        ("cleanlead", &["cleaner"]),
        ("finsup", &["cashier", "feecol", "ticket"]),
    ] {
        let leader = app.login(giver).await;
        for to in to {
            let mut new = task(to);
            new["estate_id"] = json!(app.estate());
            let id = leader.post("/tasks", new).await.expect(201).id();
            let assignee = app.login(to).await;
            assert_eq!(count(&assignee, "my_tasks").await, 1, "{to}");
            done(&assignee, &id).await;
            assert_eq!(count(&assignee, "my_tasks").await, 0, "{to}");
            assert_eq!(count(&leader, "tasks_to_close").await, 1, "{giver} for {to}");
            let closed = leader.post(&path(&id, "close"), json!({})).await.json(200);
            assert_eq!(
                (&closed["state"], &closed["done_late"]),
                (&json!("closed"), &json!(false))
            );
            for (_, line) in actions(&assignee, &id).await {
                let clauses = line["clauses"].as_array().expect("clauses").clone();
                served.extend(
                    clauses
                        .iter()
                        .filter_map(|clause| clause.as_str().map(ToOwned::to_owned)),
                );
            }
        }
    }
    let wanted: std::collections::BTreeSet<String> = wuye_domain::org::tasks::CLAUSES
        .iter()
        .map(|clause| (*clause).to_owned())
        .collect();
    assert_eq!(served, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_tech_11_a_task_is_accepted_done_with_evidence_returned_and_closed_with_its_whole_history() {
    let app = TestApp::start().await;
    let (pubsup, tech) = (app.login("pubsup").await, app.login("tech").await);
    let photo = upload(&pubsup, "/files", "where.png", PNG.to_vec()).await.json(201)["id"].clone();
    let mut new = task("tech");
    new["detail"] = json!("B区三盏不亮");
    new["priority"] = json!("high");
    new["file_ids"] = json!([photo]);
    let made = pubsup.post("/tasks", new).await.expect(201);
    assert_eq!(made.headers["location"], format!("/api/v1/tasks/{}", made.id()));
    assert_eq!(
        (
            &made.body["no"],
            &made.body["state"],
            &made.body["given_right"],
            &made.body["assignee_post"]
        ),
        (
            &json!("RW2026-000001"),
            &json!("issued"),
            &json!("line"),
            &json!("TECH")
        )
    );
    let id = made.id();
    // Each step has its turn, and each side its own.
    tech.post(&path(&id, "start"), json!({}))
        .await
        .problem(409, "wrong_state");
    reported(&tech, &id).await.problem(409, "wrong_state");
    pubsup
        .post(&path(&id, "accept"), json!({}))
        .await
        .problem(403, "forbidden");
    pubsup
        .post(&path(&id, "close"), json!({}))
        .await
        .problem(409, "wrong_state");
    tech.post(&path(&id, "accept"), json!({})).await.expect(200);
    tech.post(&path(&id, "start"), json!({})).await.expect(200);
    let shown = upload(&tech, "/files", "lamp.png", PNG.to_vec()).await.json(201)["id"].clone();
    let report = json!({ "result": "换了一盏", "file_ids": [shown] });
    let answer = tech.post(&path(&id, "report-done"), report).await.json(200);
    assert_eq!(
        (&answer["state"], &answer["result"]),
        (&json!("reported_done"), &json!("换了一盏"))
    );
    let missing = json!({ "reason": "还有两盏不亮" });
    let back = pubsup.post(&path(&id, "return"), missing).await.json(200);
    assert_eq!(
        (
            &back["state"],
            &back["returned_count"],
            &back["last_word"],
            &back["reported_at"]
        ),
        (&json!("returned"), &json!(1), &json!("还有两盏不亮"), &Value::Null)
    );
    tech.post(&path(&id, "start"), json!({})).await.expect(200);
    reported(&tech, &id).await.expect(200);
    pubsup
        .post(&path(&id, "close"), json!({ "note": "完成得好" }))
        .await
        .expect(200);
    let detail = tech.get(&format!("/tasks/{id}")).await.json(200);
    assert_eq!(
        (&detail["last_word"], &detail["actions"]),
        (&json!("完成得好"), &json!([]))
    );
    let purposes: Vec<&str> = detail["files"]
        .as_array()
        .expect("files")
        .iter()
        .filter_map(|file| file["purpose"].as_str())
        .collect();
    assert_eq!(purposes, ["instruction", "evidence"]);
    let history: Vec<String> = actions(&tech, &id)
        .await
        .into_iter()
        .map(|(action, _)| action)
        .collect();
    assert_eq!(
        history,
        [
            "task_given",
            "task_accepted",
            "task_started",
            "task_reported_done",
            "task_returned",
            "task_started",
            "task_reported_done",
            "task_closed"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_guard_09_tasks_run_down_the_line_and_across_it_only() {
    let app = TestApp::start().await;
    let pubsup = app.login("pubsup").await;
    pubsup.post("/tasks", task("guard")).await.problem(403, "forbidden");
    pubsup.post("/tasks", task("depmgr")).await.problem(403, "forbidden");
    pubsup.post("/tasks", task("pubsup")).await.problem(403, "forbidden");
    app.login("tech")
        .await
        .post("/tasks", task("recept"))
        .await
        .problem(403, "forbidden");
    let mut past = task("tech");
    past["due_at"] = json!("2026-03-02T02:00:00Z");
    pubsup.post("/tasks", past).await.problem(422, "validation_failed");
    let mut stranger = task("tech");
    stranger["assignee_id"] = json!("01900000-0000-7000-8000-00000000ffff");
    pubsup.post("/tasks", stranger).await.problem(422, "validation_failed");
    // A refusal takes no number, and a matter across the line is enough.
    let made = app
        .login("renoadm")
        .await
        .post("/tasks", task("cleanlead"))
        .await
        .json(201);
    assert_eq!(
        (&made["no"], &made["given_right"]),
        (&json!("RW2026-000001"), &json!("functional"))
    );
    let candidates = |who: &'static str| {
        let app = &app;
        async move {
            let found = app.login(who).await.get("/tasks/candidates").await.json(200);
            let found = found.as_array().expect("candidates").clone();
            let posts: Vec<String> = found
                .iter()
                .map(|of| of["post"].as_str().expect("a post").to_owned())
                .collect();
            posts
        }
    };
    assert_eq!(candidates("renoadm").await, ["CLEANLEAD"]);
    assert_eq!(candidates("guardcapt").await, ["GUARDLEAD", "GUARDLEAD", "GUARD"]);
    app.login("gm")
        .await
        .get("/tasks/candidates")
        .await
        .problem(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_asstmgr_4_1_the_assistant_gives_to_anybody_once_a_duty_is_entrusted() {
    clauses!("POS-ASSTMGR-02");
    let app = TestApp::start().await;
    let asstmgr = app.login("asstmgr").await;
    asstmgr.post("/tasks", task("tech")).await.problem(403, "forbidden");
    let duty = json!({ "duty": "督办节前检查", "valid_from": "2026-03-02" });
    let cscmgr = app.login("cscmgr").await;
    cscmgr.post("/entrusted-duties", duty).await.expect(201);
    let made = asstmgr.post("/tasks", task("tech")).await.json(201);
    assert_eq!(made["given_right"], "entrusted");
    asstmgr.post("/tasks", task("cscmgr")).await.problem(403, "forbidden");
    // Help for manager and deputy comes from these two.
    let helped = app
        .login("depmgr")
        .await
        .post("/tasks", task("asstmgr"))
        .await
        .json(201);
    assert_eq!(helped["given_right"], "assistance");
    app.login("pubsup")
        .await
        .post("/tasks", task("asstmgr"))
        .await
        .problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_pubsup_16_who_acts_for_the_giver_closes_and_the_assignee_never_does() {
    let app = TestApp::start().await;
    let pubsup = app.login("pubsup").await;
    let id = given(&pubsup, "recept").await;
    done(&app.login("recept").await, &id).await;
    app.login("depmgr")
        .await
        .post(&path(&id, "close"), json!({}))
        .await
        .problem(403, "forbidden");
    // The very receptionist who has it acts for the supervisor: the word goes up.
    app.put_acting("pubsup", "recept", "PUBSUP").await;
    let recept = app.login("recept").await;
    assert_eq!(count(&recept, "tasks_to_close").await, 0);
    recept
        .post(&path(&id, "close"), json!({}))
        .await
        .problem(403, "self_approval");
    recept
        .post(&path(&id, "cancel"), json!({ "reason": "不办了" }))
        .await
        .problem(403, "self_approval");
    pubsup
        .post(&path(&id, "close"), json!({}))
        .await
        .problem(403, "forbidden");
    let depmgr = app.login("depmgr").await;
    assert_eq!(count(&depmgr, "tasks_to_close").await, 1);
    let detail = depmgr.get(&format!("/tasks/{id}")).await.json(200);
    assert_eq!(detail["givers"]["deciders"][0]["post"], "DEPMGR");
    depmgr.post(&path(&id, "close"), json!({})).await.expect(200);
    // What the stand-in gives is given for the principal; both names are on it.
    let made = recept.post("/tasks", task("tech")).await.json(201);
    assert_eq!(
        (&made["given_by_name"], &made["given_for_name"], &made["given_post"]),
        (&json!("员工recept"), &json!("员工pubsup"), &json!("PUBSUP"))
    );
    // And the assignee's stand-in does the task.
    app.put_acting("tech", "tech2", "TECH").await;
    let tech2 = app.login("tech2").await;
    let id = made["id"].as_str().expect("an id");
    assert_eq!(count(&tech2, "my_tasks").await, 1);
    done(&tech2, id).await;
    let lines = actions(&recept, id).await;
    let (action, line) = lines.last().expect("a line");
    assert_eq!(action, "task_reported_done");
    assert_eq!(line["acting_for"], json!(Staff::of("tech").employee));
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_finsup_06_two_closings_at_once_are_one() {
    let app = TestApp::start().await;
    let finsup = app.login("finsup").await;
    let id = given(&finsup, "cashier").await;
    done(&app.login("cashier").await, &id).await;
    let close = path(&id, "close");
    let (first, second) = tokio::join!(finsup.post(&close, json!({})), finsup.post(&close, json!({})));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let closings = actions(&finsup, &id).await;
    assert_eq!(closings.iter().filter(|(action, _)| action == "task_closed").count(), 1);
    // The same for a word each way: one of them counts.
    let id = given(&finsup, "ticket").await;
    done(&app.login("ticket").await, &id).await;
    let (close, back) = (path(&id, "close"), path(&id, "return"));
    let (first, second) = tokio::join!(
        finsup.post(&close, json!({})),
        finsup.post(&back, json!({ "reason": "重做" }))
    );
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_11_a_late_task_reminds_the_assignee_then_tells_the_giver_then_the_line_above() {
    let app = TestApp::start().await;
    let id = given(&app.login("pubsup").await, "recept").await;
    let told = async |app: &TestApp| {
        let cscmgr = app.login("cscmgr").await;
        cscmgr.get(&format!("/tasks/{id}")).await.json(200)
    };
    app.advance(Duration::hours(2));
    app.run_jobs().await;
    assert_eq!(
        told(&app).await["overdue"],
        false,
        "on the very instant nothing is late"
    );
    app.advance(Duration::minutes(2));
    app.run_jobs().await;
    let task = told(&app).await;
    assert_eq!((&task["overdue"], &task["escalated_to"]), (&json!(true), &json!([])));
    assert_eq!(count(&app.login("pubsup").await, "overdue_tasks").await, 0);
    app.advance(Duration::minutes(15));
    app.run_jobs().await;
    assert_eq!(told(&app).await["escalated_to"], json!(["PUBSUP"]));
    assert_eq!(count(&app.login("pubsup").await, "overdue_tasks").await, 1);
    assert_eq!(count(&app.login("depmgr").await, "overdue_tasks").await, 0);
    // One working day later the next one, and so on to the centre manager.
    app.advance(Duration::days(1) + Duration::hours(6));
    app.run_jobs().await;
    assert_eq!(told(&app).await["escalated_to"], json!(["PUBSUP", "DEPMGR"]));
    assert_eq!(count(&app.login("depmgr").await, "overdue_tasks").await, 1);
    app.advance(Duration::days(1));
    app.run_jobs().await;
    app.run_jobs().await;
    let pubsup = app.login("pubsup").await;
    let lines = actions(&pubsup, &id).await;
    let climbed: Vec<(&str, &Value)> = lines
        .iter()
        .filter(|(action, _)| ["reminded", "escalated"].contains(&action.as_str()))
        .map(|(action, line)| (action.as_str(), &line["changes"]["to"]))
        .collect();
    assert_eq!(
        climbed,
        [
            ("reminded", &json!(["RECEPT"])),
            ("escalated", &json!(["PUBSUP"])),
            ("escalated", &json!(["DEPMGR"])),
            ("escalated", &json!(["CSCMGR"])),
        ]
    );
    // A new date begins anew; done after it is late for good.
    let seen = pubsup.get(&format!("/tasks/{id}")).await.expect(200);
    let later = json!({ "due_at": app.clock.now() + Duration::hours(1), "reason": "等备件" });
    let changed = pubsup
        .patch(&format!("/tasks/{id}"), &seen.etag(), later)
        .await
        .json(200);
    assert_eq!(
        (&changed["overdue"], &changed["escalated_to"]),
        (&json!(false), &json!([]))
    );
    app.advance(Duration::hours(2));
    done(&app.login("recept").await, &id).await;
    let late = app
        .login("pubsup")
        .await
        .post(&path(&id, "close"), json!({}))
        .await
        .json(200);
    assert_eq!((&late["done_late"], &late["overdue"]), (&json!(true), &json!(false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_guardlead_08_what_a_phone_sends_late_counts_from_when_it_was_done() {
    let app = TestApp::start().await;
    let guardcapt = app.login("guardcapt").await;
    let id = given(&guardcapt, "guardlead").await;
    let lead = app.login("guardlead").await;
    lead.post(&path(&id, "accept"), json!({})).await.expect(200);
    lead.post(&path(&id, "start"), json!({})).await.expect(200);
    app.advance(Duration::hours(5));
    let lead = app.login("guardlead").await;
    let early = json!({ "result": "已处理", "occurred_at": "2026-03-02T03:50:00Z" });
    let answer = lead.post(&path(&id, "report-done"), early).await.json(200);
    assert_eq!(
        (&answer["reported_at"], &answer["done_late"]),
        (&json!("2026-03-02T03:50:00Z"), &json!(false))
    );
    let ahead = json!({ "result": "已处理", "occurred_at": "2027-03-02T03:50:00Z" });
    lead.post(&path(&id, "report-done"), ahead)
        .await
        .problem(422, "validation_failed");
    // What no longer fits is kept for both to see, with its words.
    let again = json!({ "result": "又补了一盏", "occurred_at": "2026-03-02T04:10:00Z" });
    let kept = lead.post(&path(&id, "report-done"), again).await.json(202);
    assert_eq!(kept["kept"], true);
    let detail = app
        .login("guardcapt")
        .await
        .get(&format!("/tasks/{id}"))
        .await
        .json(200);
    assert_eq!(detail["state"], "reported_done");
    assert_eq!(
        (
            &detail["late_notes"][0]["reason"],
            &detail["late_notes"][0]["changes"]["attempted"]
        ),
        (&json!("又补了一盏"), &json!("report_done"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_cleanlead_10_the_register_shows_each_side_its_own_and_superiors_what_lies_below() {
    clauses!("POS-CLEANER-10", "POS-RENOADM-08");
    let app = TestApp::start().await;
    let (pubsup, cleanlead) = (app.login("pubsup").await, app.login("cleanlead").await);
    let first = given(&pubsup, "cleanlead").await;
    given(&cleanlead, "cleaner").await;
    let mut across = task("cleanlead");
    across["title"] = json!("指导装修垃圾清运");
    across["priority"] = json!("urgent");
    across["source"] = json!("issue");
    across["due_at"] = json!("2026-03-09T04:00:00Z");
    app.login("renoadm").await.post("/tasks", across).await.expect(201);
    let (one, two, three) = ("RW2026-000001", "RW2026-000002", "RW2026-000003");
    assert_eq!(listed(&cleanlead, "?sort=no").await, [one, two, three]);
    assert_eq!(listed(&cleanlead, "?sort=no&side=mine").await, [one, three]);
    assert_eq!(listed(&cleanlead, "?side=given").await, [two]);
    assert_eq!(listed(&cleanlead, "?side=below").await, Vec::<String>::new());
    assert_eq!(listed(&app.login("cleaner").await, "").await, [two]);
    assert_eq!(listed(&app.login("renoadm").await, "").await, [three]);
    assert_eq!(listed(&app.login("tech").await, "").await, Vec::<String>::new());
    assert_eq!(listed(&app.login("guardcapt").await, "").await, Vec::<String>::new());
    // Skip-level: the supervisor reads what the leader below gave, the managers everything.
    assert_eq!(listed(&pubsup, "?sort=no&side=below").await, [two, three]);
    for who in ["depmgr", "cscmgr", "gm"] {
        assert_eq!(
            listed(&app.login(who).await, "?sort=no").await,
            [one, two, three],
            "{who}"
        );
    }
    for (query, found) in [
        ("priority=urgent", vec![three]),
        ("source=issue", vec![three]),
        ("post=CLEANER", vec![two]),
        ("q=装修垃圾", vec![three]),
        ("q=RW2026-000001", vec![one]),
        ("due_from=2026-03-03T00:00:00Z", vec![three]),
        ("due_until=2026-03-03T00:00:00Z", vec![one, two]),
        ("open=false", vec![]),
    ] {
        assert_eq!(listed(&pubsup, &format!("?sort=no&{query}")).await, found, "{query}");
    }
    let by = |field: &str, who: &str| format!("?sort=no&{field}={}", Staff::of(who).employee);
    assert_eq!(listed(&pubsup, &by("assignee_id", "cleanlead")).await, [one, three]);
    assert_eq!(listed(&pubsup, &by("given_by", "cleanlead")).await, [two]);
    let file = pubsup.get("/tasks/export?format=csv&side=given").await.expect(200);
    let text = String::from_utf8_lossy(&file.bytes).into_owned();
    assert!(text.contains(one) && !text.contains(two), "{text}");
    // Whoever it does not concern learns nothing of it.
    let tech = app.login("tech").await;
    tech.get(&format!("/tasks/{first}")).await.problem(404, "not_found");
    tech.post(&path(&first, "accept"), json!({}))
        .await
        .problem(404, "not_found");
    tech.get(&format!("/trail?kind=task&id={first}"))
        .await
        .problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_depmgr_09_the_rate_is_of_what_was_due_and_within_the_scope() {
    let app = TestApp::start().await;
    let pubsup = app.login("pubsup").await;
    let (in_time, late, open, gone) = (
        given(&pubsup, "tech").await,
        given(&pubsup, "tech").await,
        given(&pubsup, "recept").await,
        given(&pubsup, "recept").await,
    );
    pubsup
        .post(&path(&gone, "cancel"), json!({ "reason": "取消检查" }))
        .await
        .expect(200);
    let tech = app.login("tech").await;
    done(&tech, &in_time).await;
    app.advance(Duration::hours(3));
    done(&app.login("tech").await, &late).await;
    let figures = |of: &Value| {
        (
            of["tasks"].clone(),
            of["on_time"].clone(),
            of["late"].clone(),
            of["overdue"].clone(),
            of["on_time_rate_bp"].clone(),
        )
    };
    let depmgr = app.login("depmgr").await;
    let sums = depmgr
        .get("/tasks/statistics?from=2026-03-01&until=2026-03-31")
        .await
        .json(200);
    assert_eq!(
        figures(&sums["all"]),
        (json!(3), json!(1), json!(1), json!(1), json!(3333))
    );
    assert_eq!(sums["all"]["cancelled"], 1);
    assert_eq!(
        (&sums["people"][0]["name"], &sums["months"][0]["month"]),
        (&json!("员工tech"), &json!("2026-03"))
    );
    assert_eq!(figures(&sums["people"][0]["figures"]).4, json!(5000));
    assert_eq!(sums["posts"][0]["post"], "RECEPT");
    let none = depmgr.get("/tasks/statistics?from=2026-04-01").await.json(200);
    assert_eq!(
        (&none["all"]["tasks"], &none["all"]["on_time_rate_bp"]),
        (&json!(0), &Value::Null)
    );
    let own = app.login("recept").await.get("/tasks/statistics").await.json(200);
    assert_eq!(own["all"]["tasks"], 1, "{open} alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_cscmgr_12_the_giver_corrects_a_task_by_the_version_seen_until_it_ends() {
    let app = TestApp::start().await;
    let cscmgr = app.login("cscmgr").await;
    let made = cscmgr.post("/tasks", task("depmgr")).await.expect(201);
    let (id, etag) = (made.id(), made.etag());
    let record = format!("/tasks/{id}");
    let words = json!({ "title": "检查消防通道", "priority": "urgent" });
    let changed = cscmgr.patch(&record, &etag, words.clone()).await.expect(200);
    assert_eq!(
        (&changed.body["title"], &changed.body["priority"]),
        (&json!("检查消防通道"), &json!("urgent"))
    );
    cscmgr
        .patch(&record, &etag, words.clone())
        .await
        .problem(412, "version_conflict");
    let depmgr = app.login("depmgr").await;
    assert_eq!(listed(&depmgr, "?q=消防通道").await.len(), 1, "found by its new words");
    depmgr
        .patch(&record, &changed.etag(), words.clone())
        .await
        .problem(403, "self_approval");
    done(&depmgr, &id).await;
    let seen = cscmgr.get(&record).await.expect(200);
    let date = json!({ "due_at": "2026-03-20T04:00:00Z" });
    cscmgr
        .patch(&record, &seen.etag(), date)
        .await
        .problem(422, "validation_failed");
    let closed = cscmgr.post(&path(&id, "close"), json!({})).await.expect(200);
    cscmgr
        .patch(&record, &closed.etag(), words)
        .await
        .problem(409, "wrong_state");
    cscmgr
        .post(&path(&id, "cancel"), json!({ "reason": "晚了" }))
        .await
        .problem(409, "wrong_state");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_ticket_06_a_task_is_bound_to_the_record_it_came_out_of() {
    clauses!("POS-CASHIER-09", "POS-FEECOL-06");
    let app = TestApp::start().await;
    let case = json!({ "kind": "complaint", "channel": "desk", "field": "engineering", "text": "路灯不亮" });
    let case = app.login("recept").await.post("/cases", case).await.expect(201).id();
    let pubsup = app.login("pubsup").await;
    let mut new = task("tech");
    new["source"] = json!("issue");
    new["source_ref"] = json!({ "kind": "case", "id": case });
    let made = pubsup.post("/tasks", new.clone()).await.json(201);
    assert_eq!(made["source_ref"]["id"], json!(case));
    given(&pubsup, "tech").await;
    let of_case = format!("?source_kind=case&source_id={case}");
    assert_eq!(listed(&pubsup, &of_case).await, ["RW2026-000001"]);
    new["source_ref"]["id"] = json!("01900000-0000-7000-8000-00000000ffff");
    pubsup.post("/tasks", new).await.problem(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_feecol_06_the_same_task_sent_twice_is_given_once() {
    let app = TestApp::start().await;
    let finsup = app.login("finsup").await;
    let first = finsup
        .post_once("/tasks", "task-key-1", task("feecol"))
        .await
        .expect(201)
        .id();
    assert_eq!(
        finsup
            .post_once("/tasks", "task-key-1", task("feecol"))
            .await
            .expect(201)
            .id(),
        first
    );
    assert_eq!(listed(&finsup, "").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_guardcapt_12_who_follows_in_the_giver_s_post_speaks_for_the_giver_who_left() {
    let app = TestApp::start().await;
    let id = given(&app.login("guardcapt").await, "guardlead").await;
    done(&app.login("guardlead").await, &id).await;
    let end = format!(
        "UPDATE assignments SET valid_until = '2026-03-02' WHERE id = '{}'",
        Staff::of("guardcapt").assignment
    );
    app.conn().await.batch_execute(&end).await.expect("an end");
    // Vacant: whoever stands above. Held again: whoever holds it, who never gave it.
    let detail = app.login("depmgr").await.get(&format!("/tasks/{id}")).await.json(200);
    assert_eq!(detail["givers"]["deciders"][0]["post"], "DEPMGR");
    let follower = Staff::of("guardlead2");
    let hold = format!(
        "INSERT INTO assignments (id, employee_id, post, estate_id, kind, valid_from, state, created_at, updated_at) \
         VALUES ('{}', '{}', 'GUARDCAPT', '{}', 'concurrent', '2026-03-02', 'approved', '{NOON}', '{NOON}')",
        Uuid::now_v7(),
        follower.employee,
        app.estate()
    );
    app.conn().await.batch_execute(&hold).await.expect("a holder");
    app.login("depmgr")
        .await
        .post(&path(&id, "close"), json!({}))
        .await
        .problem(403, "forbidden");
    let closed = app
        .login("guardlead2")
        .await
        .post(&path(&id, "close"), json!({}))
        .await
        .json(200);
    assert_eq!(closed["state"], "closed");
}
