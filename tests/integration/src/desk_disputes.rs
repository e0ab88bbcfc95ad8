//! Property disputes (dispute_mediation), from the first mediator to the authority.

use chrono::Duration;
use serde_json::{Value, json};

use crate::{
    clauses,
    harness::{Client, Staff, TestApp},
};

fn dispute() -> Value {
    json!({
        "kind": "owner_owner",
        "subject": "楼上漏水，天花板损坏",
        "parties": [
            { "side": "applicant", "role": "owner", "name": "王五", "phone": "13911112222" },
            { "side": "respondent", "role": "owner", "name": "赵六" },
        ],
    })
}

async fn act(client: &Client, id: &str, verb: &str, body: Value) -> Value {
    client.post(&format!("/disputes/{id}/{verb}"), body).await.json(200)
}

/// Opened by the desk and given to the receptionist.
async fn mediated(app: &TestApp) -> String {
    let id = app
        .login("recept")
        .await
        .post("/disputes", dispute())
        .await
        .expect(201)
        .id();
    let pubsup = app.login("pubsup").await;
    act(
        &pubsup,
        &id,
        "assign",
        json!({ "mediator_id": Staff::of("recept").employee }),
    )
    .await;
    id
}

fn step() -> Value {
    json!({ "text": "上门调解，双方不让步", "result": "no_agreement" })
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_pubsup_5_4_the_officer_mediates_first_then_the_supervisor_in_person() {
    clauses!("POS-PUBSUP-07", "PROC-RECEPT-5.4");
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let opened = recept.post("/disputes", dispute()).await.json(201);
    assert_eq!(
        (&opened["no"], &opened["state"]),
        (&json!("JF2026-000001"), &json!("opened"))
    );
    let id = opened["id"].as_str().expect("an id").to_owned();
    let pubsup = app.login("pubsup").await;
    recept
        .post(
            &format!("/disputes/{id}/assign"),
            json!({ "mediator_id": Staff::of("recept").employee }),
        )
        .await
        .problem(403, "forbidden");
    let tech = json!({ "mediator_id": Staff::of("tech").employee });
    let refused = pubsup
        .post(&format!("/disputes/{id}/assign"), tech)
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["code"], "not_an_estate_officer");
    act(
        &pubsup,
        &id,
        "assign",
        json!({ "mediator_id": Staff::of("recept").employee }),
    )
    .await;
    pubsup
        .post(&format!("/disputes/{id}/steps"), step())
        .await
        .problem(403, "forbidden");
    act(&recept, &id, "steps", step()).await;
    let up = act(&recept, &id, "escalate", json!({ "reason": "责任认定有分歧" })).await;
    assert_eq!(
        (&up["state"], &up["level"]),
        (&json!("escalated_to_pubsup"), &json!("pubsup"))
    );
    recept
        .post(&format!("/disputes/{id}/steps"), step())
        .await
        .problem(403, "forbidden");
    act(&pubsup, &id, "steps", step()).await;
    let settled = act(&pubsup, &id, "settle", json!({ "agreement": "楼上业主负责修补" })).await;
    assert_eq!(
        (&settled["settled_level"], &settled["cost_decision"]),
        (&json!("pubsup"), &Value::Null)
    );
    assert_eq!(act(&pubsup, &id, "close", json!({})).await["state"], "closed");
    let detail = recept.get(&format!("/disputes/{id}")).await.json(200);
    assert_eq!(detail["steps"].as_array().expect("a list").len(), 2);
    assert_eq!(detail["visits"][0]["subject"], "dispute");
    assert_eq!(detail["parties"][0]["phone"]["value"], "13911112222");
    let masked = app
        .login("asstmgr")
        .await
        .get(&format!("/disputes/{id}"))
        .await
        .json(200);
    assert_eq!(masked["parties"][0]["phone"]["value"], "139****2222");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_pubsup_07_the_assistant_has_the_third_level_and_refers_what_cannot_be_settled() {
    let app = TestApp::start().await;
    let id = mediated(&app).await;
    let why = json!({ "reason": "无法达成一致" });
    act(&app.login("recept").await, &id, "escalate", why.clone()).await;
    act(&app.login("pubsup").await, &id, "escalate", why.clone()).await;
    let asstmgr = app.login("asstmgr").await;
    let referred = act(
        &asstmgr,
        &id,
        "refer",
        json!({ "to": "街道人民调解委员会", "reason": "双方同意" }),
    )
    .await;
    assert_eq!(
        (&referred["state"], &referred["level"]),
        (&json!("referred"), &json!("authority"))
    );
    act(&asstmgr, &id, "close", json!({})).await;
    asstmgr
        .post(&format!("/disputes/{id}/settle"), json!({ "agreement": "x" }))
        .await
        .problem(409, "wrong_state");
    let figures = asstmgr.get("/disputes/statistics").await.json(200);
    assert_eq!(
        (
            &figures["referred"],
            &figures["settled"],
            &figures["first_level_rate_bp"]
        ),
        (&json!(1), &json!(0), &Value::Null)
    );
    assert_eq!(
        act(&asstmgr, &id, "reopen", json!({ "reason": "街道退回" })).await["state"],
        "escalated_to_asstmgr"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_02b_a_settlement_that_costs_money_waits_for_the_manager() {
    let app = TestApp::start().await;
    let id = mediated(&app).await;
    let recept = app.login("recept").await;
    act(
        &recept,
        &id,
        "settle",
        json!({ "agreement": "物业补偿300元", "cost_fen": 30_000 }),
    )
    .await;
    recept
        .post(&format!("/disputes/{id}/close"), json!({}))
        .await
        .problem(409, "wrong_state");
    let path = format!("/disputes/{id}/decide-cost");
    app.login("pubsup")
        .await
        .post_once(&path, "decide-01", json!({ "approved": true }))
        .await
        .problem(403, "forbidden");
    let cscmgr = app.login("cscmgr").await;
    assert_eq!(
        cscmgr.get("/disputes?cost_pending=true&count=true").await.json(200)["total"],
        1
    );
    cscmgr
        .post(&path, json!({ "approved": true }))
        .await
        .problem(428, "precondition_required");
    let back = cscmgr
        .post_once(&path, "decide-02", json!({ "approved": false, "reason": "金额过高" }))
        .await
        .json(200);
    assert_eq!(
        (&back["state"], &back["cost_decision"]),
        (&json!("mediating"), &json!("refused"))
    );
    act(
        &recept,
        &id,
        "settle",
        json!({ "agreement": "物业补偿100元", "cost_fen": 10_000 }),
    )
    .await;
    cscmgr
        .post_once(&path, "decide-03", json!({ "approved": true }))
        .await
        .expect(200);
    assert_eq!(act(&recept, &id, "close", json!({})).await["state"], "closed");
    let figures = recept.get("/disputes/statistics").await.json(200);
    assert_eq!(
        (&figures["settled_first_level"], &figures["first_level_rate_bp"]),
        (&json!(1), &json!(10_000))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_renoadm_02b_proc_renoadm_5_4_the_renovation_administrator_is_a_first_mediator_too() {
    let app = TestApp::start().await;
    let renoadm = app.login("renoadm").await;
    let mut new = dispute();
    new["kind"] = json!("owner_management");
    new["parties"][1] = json!({ "side": "respondent", "role": "management" });
    let id = renoadm.post("/disputes", new).await.expect(201).id();
    let pubsup = app.login("pubsup").await;
    act(
        &pubsup,
        &id,
        "assign",
        json!({ "mediator_id": Staff::of("renoadm").employee }),
    )
    .await;
    act(
        &renoadm,
        &id,
        "steps",
        json!({ "text": "说明装修规定", "result": "agreed" }),
    )
    .await;
    assert_eq!(
        act(&renoadm, &id, "settle", json!({ "agreement": "恢复原状" })).await["settled_level"],
        "estate_officer"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_tech_5_4_proc_cleanlead_5_4_technicians_pass_disputes_to_the_officers() {
    let app = TestApp::start().await;
    let tech = app.login("tech").await;
    let id = tech.post("/disputes", dispute()).await.expect(201).id();
    tech.get(&format!("/disputes/{id}")).await.expect(200);
    tech.post(&format!("/disputes/{id}/steps"), step())
        .await
        .problem(403, "forbidden");
    app.login("tech2")
        .await
        .get(&format!("/disputes/{id}"))
        .await
        .problem(404, "not_found");
    app.login("cleanlead")
        .await
        .post("/disputes", dispute())
        .await
        .expect(201);
    app.login("guard")
        .await
        .post("/disputes", dispute())
        .await
        .problem(403, "forbidden");
    let mut one_sided = dispute();
    one_sided["parties"][1]["side"] = json!("applicant");
    let refused = tech
        .post("/disputes", one_sided)
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["code"], "side_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_pubsup_5_4_a_level_that_lets_its_days_pass_is_reported_up_the_line() {
    let app = TestApp::start().await;
    let id = mediated(&app).await;
    app.advance(Duration::hours(80));
    app.run_jobs().await;
    app.advance(Duration::minutes(2));
    app.run_jobs().await;
    let pubsup = app.login("pubsup").await;
    let detail = pubsup.get(&format!("/disputes/{id}")).await.json(200);
    assert_eq!(
        (&detail["overdue"], &detail["escalated_to"], &detail["state"]),
        (&json!(true), &json!(["PUBSUP"]), &json!("mediating"))
    );
    let trail = pubsup.get(&format!("/trail?kind=dispute&id={id}")).await.json(200);
    let told = trail
        .as_array()
        .expect("a list")
        .iter()
        .filter(|line| line["action"] == "escalated")
        .count();
    assert_eq!(told, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_that_came_out_of_a_case_is_linked_from_both_ends() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let case = json!({ "kind": "complaint", "channel": "desk", "field": "engineering", "text": "楼上漏水" });
    let case = recept.post("/cases", case).await.expect(201).id();
    let mut new = dispute();
    new["origin_case"] = json!(case);
    let id = recept.post("/disputes", new.clone()).await.expect(201).id();
    let links = recept.get(&format!("/cases/{case}")).await.json(200)["links"].clone();
    assert_eq!((&links[0]["kind"], &links[0]["id"]), (&json!("dispute"), &json!(id)));
    assert_eq!(
        recept
            .get(&format!("/disputes?origin_case={case}&count=true"))
            .await
            .json(200)["total"],
        1
    );
    new["origin_case"] = json!("01900000-0000-7000-8000-00000000ffff");
    recept.post("/disputes", new).await.problem(422, "validation_failed");
}
