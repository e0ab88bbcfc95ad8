//! Facts that start a clock (TR-08, TR-09, TR-10, TR-23): their deadlines are duties like all others.

use chrono::Duration;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_persistence::schema::obligations;

use crate::{
    clauses,
    desk_scene::{completion, dispatch, order_path, repair, request, technicians_on_duty},
    harness::{Client, Staff, TestApp},
};

/// The duties that follow a record, the first due first.
async fn duties(who: &Client, record: &str) -> Vec<Value> {
    let path = format!("/obligations?record_id={record}&sort=due_at&limit=200");
    let found = who.get(&path).await.json(200);
    found["items"].as_array().expect("duties").clone()
}

/// The duty of this clock of a record; the one of this round where there are several.
async fn duty(who: &Client, record: &str, deadline: &str, round: &str) -> Value {
    let all = duties(who, record).await;
    let of_clock = |it: &&Value| it["record"]["deadline"] == deadline && it["turn"] == round;
    all.iter()
        .find(of_clock)
        .cloned()
        .unwrap_or_else(|| panic!("no {deadline} {round} among {all:?}"))
}

fn path(duty: &Value, action: &str) -> String {
    format!("/obligations/{}{action}", duty["id"].as_str().expect("an id"))
}

fn id(record: &Value) -> &str {
    record["id"].as_str().expect("an id")
}

/// A suggestion by telephone: nothing stands between it and its answer.
async fn suggestion(recept: &Client) -> String {
    let new = json!({ "kind": "suggestion", "channel": "phone", "field": "greening", "text": "多种几棵桂花" });
    recept.post("/cases", new).await.expect(201).id()
}

async fn reply(recept: &Client, case: &str) {
    let text = json!({ "text": "列入计划" });
    recept.post(&format!("/cases/{case}/reply"), text).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07a_a_reply_falls_due_with_the_fact_and_a_missed_one_climbs_and_is_done_late() {
    clauses!("POS-PUBSUP-03", "DER-X-2");
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let case = suggestion(&recept).await;
    let all = duties(&recept, &case).await;
    assert_eq!(
        all.len(),
        1,
        "said on the telephone it is acknowledged by that: {all:?}"
    );
    let due = &all[0];
    assert_eq!(
        (&due["rule"], &due["status"], &due["due_at"], &due["post"]),
        (
            &json!("TR-08"),
            &json!("open"),
            &json!("2026-03-05T09:30:00Z"),
            &json!("RECEPT")
        )
    );
    assert_eq!(
        due["record"],
        json!({ "subject": { "kind": "case", "id": case }, "no": "JY2026-000001", "deadline": "reply" })
    );
    assert_eq!((&due["cadence"], &due["evidence"]), (&Value::Null, &Value::Null));
    let day = recept.get("/me/duties").await.json(200);
    let coming = day["coming"].as_array().expect("duties").clone();
    assert!(
        coming.iter().any(|it| it["id"] == due["id"]),
        "it stands in one's own day: {day}"
    );
    let board = app.login("pubsup").await.get("/duties/board").await.json(200);
    let rows = board["rows"].as_array().expect("rows").clone();
    let of_desk = rows
        .iter()
        .find(|row| row["post"] == "RECEPT" && row["assignment_id"].is_null());
    assert_eq!(
        of_desk.expect("the desk's own row")["days"][3]["open"],
        1,
        "on Thursday"
    );
    drop(recept);

    let line = ["PUBSUP", "DEPMGR", "CSCMGR"];
    for (hours, steps) in [(80, 1), (24, 2), (120, 3)] {
        app.advance(Duration::hours(hours));
        app.run_jobs().await;
        app.advance(Duration::minutes(2));
        app.run_jobs().await;
        let missed = duty(&app.login("recept").await, &case, "reply", "1").await;
        assert_eq!((&missed["status"], &missed["late"]), (&json!("missed"), &json!(true)));
        assert_eq!(missed["escalated_to"], json!(line[..steps]), "after {hours} hours more");
    }
    let trigger = async |who: &str| -> Value {
        let all = app.login(who).await.get("/duty-triggers").await.json(200)["items"].clone();
        let all = all.as_array().expect("triggers").clone();
        all.into_iter().find(|it| it["code"] == "TR-08").expect("the trigger")
    };
    let late = trigger("cscmgr").await;
    assert_eq!(
        (&late["has_records"], &late["open"], &late["late"]),
        (&json!(true), &json!(0), &json!(1))
    );
    assert_eq!(trigger("guard").await["late"], 0, "not theirs to see");

    let recept = app.login("recept").await;
    reply(&recept, &case).await;
    let done = recept.get(&path(&due.clone(), "")).await.json(200);
    assert_eq!((&done["status"], &done["late"]), (&json!("done_late"), &json!(false)));
    assert_eq!(
        (&done["facts"][0]["action"], &done["facts"][0]["by_name"]),
        (&json!("replied"), &json!("员工recept"))
    );
    let cscmgr = app.login("cscmgr").await;
    let trail = cscmgr
        .get(&format!("/trail?kind=obligation&id={}", id(due)))
        .await
        .json(200);
    let told: Vec<&Value> = trail
        .as_array()
        .expect("a list")
        .iter()
        .map(|line| &line["action"])
        .collect();
    assert_eq!(told, ["missed", "fulfilled"], "a late fact turns it, visibly");
    let page = cscmgr.get("/manual/clauses/POS-RECEPT-07a").await.json(200)["duties"].clone();
    assert_eq!((&page["all"]["late"], &page["all"]["missed"]), (&json!(1), &json!(0)));
    let rules = page["rules"].as_array().expect("rules").clone();
    let of_clock = rules.iter().find(|rule| rule["code"] == "TR-08").expect("the trigger");
    assert_eq!(of_clock["has_records"], true);
    let list = cscmgr
        .get("/obligations?clause=POS-RECEPT-07a&count=true")
        .await
        .json(200);
    assert_eq!(list["total"], 1);
    let file = cscmgr
        .get("/obligations/export?format=csv&rule=TR-08")
        .await
        .expect(200);
    assert!(String::from_utf8_lossy(&file.bytes).contains("JY2026-000001"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07a_a_missed_reply_is_explained_and_waived_and_climbs_no_more() {
    clauses!("PROC-RECEPT-4.2", "PROC-PUBSUP-4.2");
    let app = TestApp::start().await;
    let case = suggestion(&app.login("recept").await).await;
    app.advance(Duration::hours(80));
    app.run_jobs().await;
    let (recept, pubsup) = (app.login("recept").await, app.login("pubsup").await);
    let missed = duty(&recept, &case, "reply", "1").await;
    let why = json!({ "explanation": "等设计院答复" });
    recept.post(&path(&missed, "/explain"), why).await.expect(200);
    let reason = json!({ "reason": "确需设计院意见" });
    recept
        .post(&path(&missed, "/waive"), reason.clone())
        .await
        .problem(403, "forbidden");
    let waived = pubsup.post(&path(&missed, "/waive"), reason).await.json(200);
    assert_eq!(waived["status"], "waived");
    app.advance(Duration::hours(48));
    app.run_jobs().await;
    let recept = app.login("recept").await;
    let told = recept.get(&format!("/cases/{case}")).await.json(200)["escalated_to"].clone();
    assert_eq!(told, json!(["PUBSUP"]), "what was let go is nobody's concern any more");
    reply(&recept, &case).await;
    assert_eq!(duty(&recept, &case, "reply", "1").await["status"], "waived");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07a_a_case_opened_again_is_due_again_and_the_first_answer_stays_done() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let case = suggestion(&recept).await;
    app.advance(Duration::minutes(5));
    reply(&recept, &case).await;
    let again = json!({ "reason": "住户要求书面答复" });
    recept.post(&format!("/cases/{case}/reopen"), again).await.expect(200);
    let rounds: Vec<(Value, Value)> = duties(&recept, &case)
        .await
        .iter()
        .map(|it| (it["turn"].clone(), it["status"].clone()))
        .collect();
    assert!(rounds.contains(&(json!("1"), json!("done_on_time"))), "{rounds:?}");
    assert!(rounds.contains(&(json!("2"), json!("open"))), "{rounds:?}");
    assert_eq!(rounds.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07b_pos_recept_09b_a_visit_falls_due_with_the_closing_and_moves_with_each_try() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (recept, tech) = (app.login("recept").await, app.login("tech").await);
    let case = suggestion(&recept).await;
    reply(&recept, &case).await;
    recept
        .post(&format!("/cases/{case}/close"), json!({}))
        .await
        .expect(200);
    let order = dispatch(&recept, &request(&recept, json!({})).await, "tech").await;
    repair(&tech, &order).await;
    recept.post(&order_path(&order, "verify"), json!({})).await.expect(200);
    let visits = recept.get("/visits").await.json(200)["items"].clone();
    let visits = visits.as_array().expect("visits").clone();
    assert_eq!(visits.len(), 2, "of the case and of the order");
    for visit in &visits {
        let due = duty(&recept, id(visit), "visit", "1").await;
        assert_eq!(
            (&due["rule"], &due["due_at"], &due["employee"]),
            (&json!("TR-09"), &visit["due_at"], &Value::Null)
        );
    }
    let visit = format!("/visits/{}", id(&visits[0]));
    let visitor = Staff::of("recept2").employee;
    recept
        .post(&format!("{visit}/assign"), json!({ "visitor_id": visitor }))
        .await
        .expect(200);
    let due = async || duty(&recept, id(&visits[0]), "visit", "1").await;
    assert_eq!(due().await["employee"], json!(visitor), "it is the visitor's now");
    let nobody = json!({ "method": "phone", "result": "unreachable" });
    recept.post(&format!("{visit}/record"), nobody).await.expect(200);
    let moved = due().await;
    assert_eq!(
        (&moved["status"], &moved["due_at"]),
        (&json!("open"), &json!("2026-03-03T09:30:00Z")),
        "again on the next working day"
    );
    let content = json!({ "method": "phone", "result": "satisfied" });
    recept.post(&format!("{visit}/record"), content).await.expect(200);
    assert_eq!(due().await["status"], "done_on_time");
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_pubsup_5_4_each_level_has_a_duty_of_its_own() {
    clauses!("POS-PUBSUP-07");
    let app = TestApp::start().await;
    let new = json!({
        "kind": "owner_owner", "subject": "楼上漏水，天花板损坏",
        "parties": [
            { "side": "applicant", "role": "owner", "name": "王五" },
            { "side": "respondent", "role": "owner", "name": "赵六" },
        ],
    });
    let dispute = app.login("recept").await.post("/disputes", new).await.expect(201).id();
    let pubsup = app.login("pubsup").await;
    let status = async |who: &Client, round: &str| duty(who, &dispute, "mediate", round).await["status"].clone();
    let opened = duty(&pubsup, &dispute, "mediate", "1/opened").await;
    assert_eq!(
        (&opened["rule"], &opened["post"], &opened["status"]),
        (&json!("TR-10"), &json!("PUBSUP"), &json!("open"))
    );
    let mediator = json!({ "mediator_id": Staff::of("recept").employee });
    pubsup
        .post(&format!("/disputes/{dispute}/assign"), mediator)
        .await
        .expect(200);
    assert_eq!(
        status(&pubsup, "1/opened").await,
        "done_on_time",
        "a mediator was named"
    );
    let first = duty(&pubsup, &dispute, "mediate", "1/estate_officer").await;
    assert_eq!(first["employee"], json!(Staff::of("recept").employee));
    app.advance(Duration::hours(80));
    app.run_jobs().await;
    let (recept, pubsup) = (app.login("recept").await, app.login("pubsup").await);
    let missed = duty(&pubsup, &dispute, "mediate", "1/estate_officer").await;
    assert_eq!(
        (&missed["status"], &missed["escalated_to"]),
        (&json!("missed"), &json!(["PUBSUP"]))
    );
    let why = json!({ "reason": "责任认定有分歧" });
    recept
        .post(&format!("/disputes/{dispute}/escalate"), why)
        .await
        .expect(200);
    assert_eq!(
        status(&pubsup, "1/estate_officer").await,
        "done_late",
        "passed up, too late"
    );
    assert_eq!(duty(&pubsup, &dispute, "mediate", "1/pubsup").await["post"], "PUBSUP");
    let agreed = json!({ "agreement": "楼上业主负责修补" });
    pubsup
        .post(&format!("/disputes/{dispute}/settle"), agreed)
        .await
        .expect(200);
    assert_eq!(status(&pubsup, "1/pubsup").await, "done_on_time");
    assert_eq!(duties(&pubsup, &dispute).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_tech_06b_response_and_finish_go_with_the_order_to_whoever_has_it() {
    clauses!("POS-RECEPT-09a", "POS-PUBSUP-09");
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (recept, tech) = (app.login("recept").await, app.login("tech").await);
    let pubsup = app.login("pubsup").await;
    let asked = request(&recept, json!({})).await;
    assert_eq!(duty(&recept, id(&asked), "dispatch", "1").await["status"], "open");
    app.advance(Duration::minutes(1));
    let order = dispatch(&recept, &asked, "tech").await;
    assert_eq!(
        duty(&recept, id(&asked), "dispatch", "1").await["status"],
        "done_on_time"
    );
    let of = async |deadline: &str| duty(&pubsup, id(&order), deadline, "1").await;
    for deadline in ["response", "finish"] {
        let due = of(deadline).await;
        assert_eq!(
            (&due["rule"], &due["status"], &due["employee"]),
            (&json!("TR-23"), &json!("open"), &json!(Staff::of("tech").employee)),
            "{deadline}"
        );
        assert_eq!(due["due_at"], order[format!("{deadline}_due_at").as_str()]);
    }
    tech.post(&order_path(&order, "accept"), json!({})).await.expect(200);
    assert_eq!(of("response").await["status"], "done_on_time");
    let waits = json!({ "kind": "resident", "reason": "住户外出" });
    tech.post(&order_path(&order, "hold"), waits).await.expect(200);
    let held = of("finish").await;
    assert_eq!(
        (&held["status"], &held["due_at"]),
        (&json!("open"), &order["finish_due_at"]),
        "waiting stops no clock: the limits run on"
    );
    let other = json!({ "technician_id": Staff::of("tech2").employee, "reason": "原维修员外出" });
    recept.post(&order_path(&order, "reassign"), other).await.expect(200);
    for deadline in ["response", "finish"] {
        let due = of(deadline).await;
        assert_eq!(
            (&due["status"], &due["employee"]),
            (&json!("open"), &json!(Staff::of("tech2").employee)),
            "{deadline}"
        );
    }
    let tech2 = app.login("tech2").await;
    repair(&tech2, &order).await;
    assert_eq!(of("finish").await["status"], "done_on_time");
    let again = json!({ "reason": "仍有渗漏" });
    recept.post(&order_path(&order, "return"), again).await.expect(200);
    assert_eq!(duty(&pubsup, id(&order), "finish", "2").await["status"], "open");
    tech2.post(&order_path(&order, "arrive"), json!({})).await.expect(200);
    tech2
        .post(&order_path(&order, "finish"), completion())
        .await
        .expect(200);
    let rounds: Vec<Value> = duties(&pubsup, id(&order)).await;
    assert_eq!(rounds.len(), 3);
    assert!(rounds.iter().all(|it| it["status"] == "done_on_time"), "{rounds:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_tech_06b_what_is_called_off_is_owed_by_nobody() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let recept = app.login("recept").await;
    let order = dispatch(&recept, &request(&recept, json!({})).await, "tech").await;
    recept
        .post(&order_path(&order, "cancel"), json!({ "reason": "住户自行修好" }))
        .await
        .expect(200);
    app.advance(Duration::days(7));
    app.run_jobs().await;
    let pubsup = app.login("pubsup").await;
    for due in duties(&pubsup, id(&order)).await {
        assert_eq!(
            (&due["status"], &due["escalated_to"], &due["late"]),
            (&json!("withdrawn"), &json!([]), &json!(false)),
            "{due}"
        );
    }
    let march = "from=2026-03-01&until=2026-03-31&rule=TR-23";
    let figures = pubsup.get(&format!("/obligations/statistics?{march}")).await.json(200);
    // The dispatch, which was made.
    assert_eq!(
        (&figures["all"]["due"], &figures["all"]["on_time"]),
        (&json!(1), &json!(1))
    );
}

/// Clock, record, round, state, deadline of all duties that follow a record.
async fn all_of_records(
    app: &TestApp,
) -> Vec<(
    Option<String>,
    Option<Uuid>,
    String,
    String,
    chrono::DateTime<chrono::Utc>,
)> {
    obligations::table
        .filter(obligations::subject_id.is_not_null())
        .select((
            obligations::deadline,
            obligations::subject_id,
            obligations::turn,
            obligations::status,
            obligations::due_at,
        ))
        .order((obligations::subject_id, obligations::deadline, obligations::turn))
        .load(&mut app.conn().await)
        .await
        .expect("duties")
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_2_records_of_before_get_their_duties_once_by_however_many_servers() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (recept, tech) = (app.login("recept").await, app.login("tech").await);
    let open = suggestion(&recept).await;
    let answered = suggestion(&recept).await;
    let asked = request(&recept, json!({})).await;
    app.advance(Duration::minutes(2));
    reply(&recept, &answered).await;
    recept
        .post(&format!("/cases/{answered}/close"), json!({}))
        .await
        .expect(200);
    let order = dispatch(&recept, &asked, "tech").await;
    app.advance(Duration::minutes(2));
    repair(&tech, &order).await;
    let known = all_of_records(&app).await;
    assert_eq!(
        known.len(),
        6,
        "two replies, a visit, a dispatch, a response, a finish: {known:?}"
    );
    diesel::delete(obligations::table.filter(obligations::subject_id.is_not_null()))
        .execute(&mut app.conn().await)
        .await
        .expect("forgotten");

    // What is open is found by the clock's own job; the history by the one that a new version leaves behind.
    let run = async |job: &str| {
        wuye_api::reactions::run_job(&app.app, job, &Value::Null)
            .await
            .expect(job)
    };
    run("climb_overdue").await;
    let follows = duties(&app.login("recept").await, &open).await;
    assert_eq!(follows[0]["status"], "open");
    tokio::join!(run("follow_records"), run("follow_records"), run("follow_records"));
    assert_eq!(all_of_records(&app).await, known);
    run("follow_records").await;
    assert_eq!(all_of_records(&app).await, known, "and again nothing is new");
}
