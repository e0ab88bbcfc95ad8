//! Posts, people and the reporting tree (org_structure).

use serde_json::{Value, json};

use crate::{
    clauses,
    harness::{Client, Staff, TestApp},
};

async fn line_of(client: &Client, username: &str) -> String {
    let path = format!("/employees/{}/reporting-line", Staff::of(username).employee);
    let line = client.get(&path).await.json(200);
    let steps = line["lines"][0]["above"].as_array().expect("a line").clone();
    steps
        .iter()
        .map(|step| step["post"].as_str().expect("a post"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_line_of_every_post_is_the_one_of_the_position_texts() {
    clauses!(
        "POS-CSCMGR-01",
        "POS-DEPMGR-01",
        "POS-ASSTMGR-01",
        "POS-GUARDCAPT-01",
        "POS-PUBSUP-01",
        "POS-RECEPT-01",
        "POS-RENOADM-01",
        "POS-FINSUP-01",
        "POS-CASHIER-01",
        "POS-FEECOL-01",
        "POS-TICKET-01",
        "PROC-DEPMGR-4.1",
        "PROC-GUARDCAPT-4.1",
        "PROC-PUBSUP-4.1",
        "PROC-FINSUP-4.1",
        "PROC-GUARDLEAD-4.1",
        "PROC-GUARD-4.1",
        "PROC-RECEPT-4.1",
        "PROC-RENOADM-4.1",
        "PROC-CLEANLEAD-4.1",
        "PROC-TECH-4.1"
    );
    let app = TestApp::start().await;
    let client = app.login("cscmgr").await;
    for (who, line) in [
        ("cscmgr", "GM BOARD"),
        ("depmgr", "CSCMGR GM BOARD"),
        ("asstmgr", "CSCMGR GM BOARD"),
        ("guardcapt", "DEPMGR CSCMGR GM BOARD"),
        ("pubsup", "DEPMGR CSCMGR GM BOARD"),
        ("finsup", "DEPMGR CSCMGR GM BOARD"),
        ("guardlead", "GUARDCAPT DEPMGR CSCMGR GM BOARD"),
        ("guard", "GUARDLEAD GUARDCAPT DEPMGR CSCMGR GM BOARD"),
        ("recept", "PUBSUP DEPMGR CSCMGR GM BOARD"),
        ("renoadm", "PUBSUP DEPMGR CSCMGR GM BOARD"),
        ("cleanlead", "PUBSUP DEPMGR CSCMGR GM BOARD"),
        ("tech", "PUBSUP DEPMGR CSCMGR GM BOARD"),
        ("cashier", "FINSUP DEPMGR CSCMGR GM BOARD"),
        ("feecol", "FINSUP DEPMGR CSCMGR GM BOARD"),
        ("ticket", "FINSUP DEPMGR CSCMGR GM BOARD"),
    ] {
        assert_eq!(line_of(&client, who).await, line, "{who}");
    }
}

fn find<'a>(nodes: &'a Value, post: &str) -> Option<&'a Value> {
    nodes.as_array()?.iter().find_map(|node| {
        if node["post"] == post {
            Some(node)
        } else {
            find(&node["children"], post)
        }
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_twelve_boxes_of_the_chart_are_covered_and_the_tree_shows_who_sits_where() {
    clauses!(
        "ORG-1", "ORG-2", "ORG-3", "ORG-4", "ORG-5", "ORG-6", "ORG-7", "ORG-8", "ORG-9", "ORG-10", "ORG-11", "ORG-12"
    );
    let app = TestApp::start().await;
    let chart = app.login("guard").await.get("/org-chart").await.json(200);
    let boxes = chart["boxes"].as_array().expect("boxes");
    let answers: Vec<String> = boxes
        .iter()
        .map(|of| {
            format!(
                "{} {}",
                of["clause"].as_str().expect("a clause"),
                of["answers"].as_str().unwrap_or("-")
            )
        })
        .collect();
    assert_eq!(
        answers,
        [
            "ORG-1 GM",
            "ORG-2 ASSTMGR",
            "ORG-3 FINSUP",
            "ORG-4 CSCMGR",
            "ORG-5 GUARDCAPT",
            "ORG-6 PUBSUP",
            "ORG-7 PUBSUP",
            "ORG-8 GUARD",
            "ORG-9 TECH",
            "ORG-10 CLEANER",
            "ORG-11 FINSUP",
            "ORG-12 RECEPT",
        ]
    );
    assert_eq!(chart["tree"][0]["post"], "BOARD");
    let tech = find(&chart["tree"], "TECH").expect("technicians");
    assert_eq!(tech["people"].as_array().expect("people").len(), 3);
    let engsup = find(&chart["tree"], "ENGSUP").expect("the optional post");
    assert_eq!(
        (engsup["vacant"].clone(), engsup["covered_by"].clone()),
        (json!(true), json!(["PUBSUP"]))
    );
    assert!(
        find(&chart["tree"], "ASSTMGR").expect("the assistant")["children"]
            .as_array()
            .expect("none")
            .is_empty()
    );
    let across = chart["across"].as_array().expect("edges");
    assert!(
        across
            .iter()
            .any(|edge| edge["child"] == "GUARDCAPT" && edge["matter"] == "incident_command")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn org_6_a_supervisor_who_is_appointed_takes_the_box_and_an_edge_moves_the_technicians() {
    let app = TestApp::start().await;
    let (depmgr, cscmgr) = (app.login("depmgr").await, app.login("cscmgr").await);
    let new = json!({ "employee_id": Staff::of("tech").employee, "post": "ENGSUP", "estate_id": app.estate(),
        "kind": "concurrent", "valid_from": "2026-03-10" });
    let id = depmgr.post("/assignments", new).await.expect(201).id();
    depmgr
        .post(&format!("/assignments/{id}/endorse"), json!({}))
        .await
        .problem(409, "conflict");
    cscmgr
        .post(&format!("/assignments/{id}/approve"), json!({}))
        .await
        .expect(200);
    // Whoever begins within a week is among its people, whoever begins after it is not.
    for (week, found) in [
        ("in_force_from=2026-03-09&in_force_to=2026-03-15", 1),
        ("in_force_from=2026-03-02&in_force_to=2026-03-08", 0),
    ] {
        let people = cscmgr.get(&format!("/assignments?post=ENGSUP&count=true&{week}")).await;
        assert_eq!(people.json(200)["total"], found, "{week}");
    }
    let edge = json!({ "child_post": "TECH", "parent_post": "ENGSUP", "kind": "line", "valid_from": "2026-03-10" });
    let edge = depmgr.post("/reporting-edges", edge).await.expect(201);
    assert_eq!(edge.body["state"], "draft");
    let cscmgr = app.login("cscmgr").await;
    let path = format!("/reporting-edges/{}/approve", edge.id());
    cscmgr.post(&path, json!({})).await.expect(200);
    let cscmgr = app.login("cscmgr").await;
    let line = |on: &str| format!("/employees/{}/reporting-line?on={on}", Staff::of("tech2").employee);
    let before = cscmgr.get(&line("2026-03-09")).await.json(200);
    let after = cscmgr.get(&line("2026-03-10")).await.json(200);
    assert_eq!(before["lines"][0]["above"][0]["post"], "PUBSUP");
    assert_eq!(after["lines"][0]["above"][0]["post"], "ENGSUP");
    assert_eq!(after["lines"][0]["above"][1]["post"], "PUBSUP");
    let chart = cscmgr.get("/org-chart?on=2026-03-10").await.json(200);
    assert_eq!(chart["boxes"][5]["answers"], "ENGSUP");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tree_stays_without_circles_on_every_day_and_the_managers_edges_are_the_general_managers() {
    clauses!("POS-CSCMGR-01", "POS-DEPMGR-01");
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let circle = json!({ "child_post": "PUBSUP", "parent_post": "TECH", "kind": "line", "valid_from": "2026-05-01" });
    depmgr.post("/reporting-edges", circle).await.problem(409, "conflict");
    // Two drafts, each right by itself, that close a circle together from 1 May on.
    let one = json!({ "child_post": "FINSUP", "parent_post": "PUBSUP", "kind": "line", "valid_from": "2026-04-01" });
    let two = json!({ "child_post": "PUBSUP", "parent_post": "FINSUP", "kind": "line", "valid_from": "2026-05-01" });
    let (one, two) = (
        depmgr.post("/reporting-edges", one).await,
        depmgr.post("/reporting-edges", two).await,
    );
    let (one, two) = (one.expect(201).id(), two.expect(201).id());
    let cscmgr = app.login("cscmgr").await;
    cscmgr
        .post(&format!("/reporting-edges/{one}/approve"), json!({}))
        .await
        .expect(200);
    let cscmgr = app.login("cscmgr").await;
    cscmgr
        .post(&format!("/reporting-edges/{two}/approve"), json!({}))
        .await
        .problem(409, "conflict");
    let gm = app.login("gm").await;
    let upper = json!({ "child_post": "DEPMGR", "parent_post": "ASSTMGR", "kind": "line", "valid_from": "2026-06-01" });
    let upper = app
        .login("depmgr")
        .await
        .post("/reporting-edges", upper)
        .await
        .expect(201)
        .id();
    cscmgr
        .post(&format!("/reporting-edges/{upper}/approve"), json!({}))
        .await
        .problem(403, "forbidden");
    gm.post(&format!("/reporting-edges/{upper}/approve"), json!({}))
        .await
        .expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edge_from_a_past_day_is_a_correction_with_a_reason_and_lists_what_it_touches() {
    clauses!("POS-GUARDCAPT-01");
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let mut edge =
        json!({ "child_post": "CLEANLEAD", "parent_post": "RENOADM", "kind": "line", "valid_from": "2026-03-01" });
    let refused = depmgr
        .post("/reporting-edges", edge.clone())
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/reason");
    edge["reason"] = json!("任命书自三月一日起");
    let id = depmgr.post("/reporting-edges", edge).await.expect(201).id();
    let done = app
        .login("cscmgr")
        .await
        .post(&format!("/reporting-edges/{id}/approve"), json!({}))
        .await
        .json(200);
    assert!(done["touches"].is_array());
    let edges = app
        .login("guard")
        .await
        .get("/reporting-edges?post=CLEANLEAD&kind=line")
        .await
        .json(200);
    let ends: Vec<&Value> = edges["items"]
        .as_array()
        .expect("edges")
        .iter()
        .map(|row| &row["valid_until"])
        .collect();
    assert!(ends.contains(&&json!("2026-03-01")), "{ends:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn org_n2_headcount_is_counted_from_establishment_and_people() {
    let app = TestApp::start().await;
    let cscmgr = app.login("cscmgr").await;
    let posts = cscmgr.get("/posts").await.json(200);
    let of = |posts: &Value, code: &str| {
        posts["items"]
            .as_array()
            .expect("posts")
            .iter()
            .find(|row| row["code"] == code)
            .expect("the post")
            .clone()
    };
    let tech = of(&posts, "TECH");
    assert_eq!(
        tech["headcount"],
        json!({ "establishment": null, "actual": 3, "vacant": 0, "surplus": 0 })
    );
    assert_eq!(of(&posts, "ESTATE")["carried_by"], json!(["RECEPT", "RENOADM"]));
    assert_eq!(of(&posts, "DOCCLERK")["carried_by"], json!(["RECEPT"]));
    let etag = format!("\"{}\"", tech["version"]);
    cscmgr
        .patch("/posts/TECH", &etag, json!({ "establishment_count": 5 }))
        .await
        .expect(200);
    cscmgr
        .patch("/posts/TECH", &etag, json!({ "establishment_count": 6 }))
        .await
        .problem(412, "version_conflict");
    let tech = of(&cscmgr.get("/posts").await.json(200), "TECH");
    assert_eq!(
        tech["headcount"],
        json!({ "establishment": 5, "actual": 3, "vacant": 2, "surplus": 0 })
    );
    let figures = cscmgr.get("/org-figures").await.json(200);
    assert_eq!(
        (figures["people"].clone(), figures["headcount"]["vacant"].clone()),
        (json!(20), json!(2))
    );
    assert!(figures["vacancy_rate_e4"].as_i64().expect("a rate") > 0);
    let depmgr = figures["span_of_control"]
        .as_array()
        .expect("spans")
        .iter()
        .find(|row| row["post"] == "DEPMGR");
    assert_eq!(depmgr.expect("the deputy")["people"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_proposed_by_the_head_endorsed_by_the_deputy_and_approved_by_the_manager() {
    clauses!("POS-RECEPT-01", "POS-RENOADM-01", "PROC-RECEPT-4.1", "POS-PUBSUP-01");
    let app = TestApp::start().await;
    let (pubsup, depmgr, cscmgr) = (
        app.login("pubsup").await,
        app.login("depmgr").await,
        app.login("cscmgr").await,
    );
    let person = depmgr
        .post("/employees", json!({ "name": "李新" }))
        .await
        .expect(201)
        .id();
    let hire = json!({ "status": "probation", "on": "2026-03-02", "reason": "录用" });
    cscmgr
        .post(&format!("/employees/{person}/status"), hire)
        .await
        .expect(200);
    let new = json!({ "employee_id": person, "post": "RECEPT", "estate_id": app.estate(), "kind": "primary",
        "service_field": "A区客服", "valid_from": "2026-03-03" });
    // Not below the finance supervisor, not one's own superior's post.
    app.login("finsup")
        .await
        .post("/assignments", new.clone())
        .await
        .problem(403, "forbidden");
    let mut upper = new.clone();
    upper["post"] = json!("PUBSUP");
    pubsup.post("/assignments", upper).await.problem(403, "forbidden");
    let id = pubsup.post("/assignments", new.clone()).await.expect(201).id();
    cscmgr
        .post(&format!("/assignments/{id}/approve"), json!({}))
        .await
        .problem(409, "wrong_state");
    pubsup
        .post(&format!("/assignments/{id}/endorse"), json!({}))
        .await
        .problem(403, "forbidden");
    depmgr
        .post(&format!("/assignments/{id}/endorse"), json!({}))
        .await
        .expect(200);
    let done = cscmgr
        .post(&format!("/assignments/{id}/approve"), json!({}))
        .await
        .json(200);
    assert_eq!(
        (done["state"].clone(), done["phase"].clone()),
        (json!("approved"), json!("planned"))
    );
    assert_eq!(done["service_field"], "A区客服");
    pubsup.post("/assignments", new).await.problem(409, "conflict");
    let history = cscmgr.get(&format!("/trail?kind=assignment&id={id}")).await.json(200);
    let actions: Vec<&str> = history
        .as_array()
        .expect("a history")
        .iter()
        .map(|row| row["action"].as_str().expect("a verb"))
        .collect();
    assert_eq!(actions, ["proposed", "endorsed", "approved"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_decides_on_their_own_appointment_one_step_up_does() {
    clauses!("POS-CSCMGR-01", "POS-DEPMGR-01", "PROC-DEPMGR-4.1");
    let app = TestApp::start().await;
    let (cscmgr, gm) = (app.login("cscmgr").await, app.login("gm").await);
    let new = json!({ "employee_id": Staff::of("cscmgr").employee, "post": "FINSUP", "estate_id": app.estate(),
        "kind": "concurrent", "valid_from": "2026-03-03" });
    let id = app
        .login("depmgr")
        .await
        .post("/assignments", new)
        .await
        .expect(201)
        .id();
    cscmgr
        .post(&format!("/assignments/{id}/approve"), json!({}))
        .await
        .problem(403, "self_approval");
    gm.post(&format!("/assignments/{id}/approve"), json!({}))
        .await
        .expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_asstmgr_4_1_the_manager_entrusts_duties_to_the_assistant() {
    let app = TestApp::start().await;
    let cscmgr = app.login("cscmgr").await;
    let duty = json!({ "duty": "审核员工排班", "valid_from": "2026-03-02" });
    let made = cscmgr.post("/entrusted-duties", duty.clone()).await.expect(201);
    assert_eq!(made.body["to_employee_id"], json!(Staff::of("asstmgr").employee));
    let mut wrong = duty;
    wrong["to_employee_id"] = json!(Staff::of("depmgr").employee);
    cscmgr
        .post("/entrusted-duties", wrong.clone())
        .await
        .problem(422, "validation_failed");
    app.login("asstmgr")
        .await
        .post("/entrusted-duties", wrong)
        .await
        .problem(403, "forbidden");
    let end = json!({ "valid_until": "2026-03-09", "reason": "收回" });
    cscmgr
        .post(&format!("/entrusted-duties/{}/end", made.id()), end)
        .await
        .expect(200);
    let on = |day: &str| format!("/entrusted-duties?on={day}");
    assert_eq!(
        cscmgr.get(&on("2026-03-08")).await.json(200)["items"]
            .as_array()
            .expect("duties")
            .len(),
        1
    );
    assert_eq!(
        cscmgr.get(&on("2026-03-09")).await.json(200)["items"]
            .as_array()
            .expect("duties")
            .len(),
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_name_and_their_phones_are_masked_for_others() {
    clauses!("ORG-8", "ORG-9");
    let app = TestApp::start().await;
    let cscmgr = app.login("cscmgr").await;
    let created = cscmgr
        .post("/employees", json!({ "name": "欧阳春", "phone": "138 1234 5678" }))
        .await
        .expect(201);
    for q in ["欧阳", "ouyang", "oyc"] {
        let found = cscmgr.get(&format!("/employees?q={q}")).await.json(200);
        assert_eq!(found["items"][0]["id"], json!(created.id()), "{q}");
    }
    let tech = format!("/employees/{}", Staff::of("tech").employee);
    let open = cscmgr.get(&tech).await.json(200);
    assert_eq!(open["phone"]["masked"], false);
    let masked = app.login("guard").await.get(&tech).await.json(200);
    assert_eq!(masked["phone"]["masked"], true);
    assert!(masked["phone"]["value"].as_str().expect("a mask").contains('*'));
    app.login("guard")
        .await
        .post("/employees", json!({ "name": "无权" }))
        .await
        .problem(403, "forbidden");
    cscmgr
        .post("/employees", json!({ "name": "" }))
        .await
        .problem(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn squads_and_the_superior_of_the_same_squad() {
    clauses!("PROC-GUARDLEAD-4.1", "PROC-GUARD-4.1");
    let app = TestApp::start().await;
    let capt = app.login("guardcapt").await;
    let squad = json!({ "name": "甲班", "post": "GUARD", "active_from": "2026-03-02" });
    let squad = capt.post("/squads", squad.clone()).await.expect(201).id();
    capt.post(
        "/squads",
        json!({ "name": "甲班", "post": "GUARD", "active_from": "2026-03-02" }),
    )
    .await
    .problem(409, "conflict");
    let nowhere = json!({ "employee_id": Staff::of("guard").employee, "post": "GUARD", "estate_id": app.estate(),
        "kind": "concurrent", "squad_id": uuid::Uuid::now_v7(), "valid_from": "2026-03-09" });
    let refused = capt
        .post("/assignments", nowhere)
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/squad_id");
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    use wuye_persistence::schema::assignments;
    let other = json!({ "name": "乙班", "post": "GUARD", "active_from": "2026-03-02" });
    let other = capt.post("/squads", other).await.expect(201).id();
    for (squad, members) in [(squad, &["guardlead2", "guard"][..]), (other, &["guardlead"])] {
        let ids: Vec<_> = members.iter().map(|who| Staff::of(who).assignment).collect();
        diesel::update(assignments::table.filter(assignments::id.eq_any(ids)))
            .set(assignments::squad_id.eq(squad.parse::<uuid::Uuid>().expect("an id")))
            .execute(&mut app.conn().await)
            .await
            .expect("the squad");
    }
    let path = format!("/employees/{}/reporting-line", Staff::of("guard").employee);
    let line = capt.get(&path).await.json(200);
    let superior = &line["lines"][0]["above"][0];
    assert_eq!(superior["people"].as_array().expect("people").len(), 1);
    assert_eq!(
        superior["people"][0]["employee_id"],
        json!(Staff::of("guardlead2").employee)
    );
}
