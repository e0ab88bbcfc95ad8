//! The five annual goals: the sheet of a year, its figures and the cases behind them, and what is signed.

use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    harness::{Client, TestApp},
    workbench::count,
};

/// A case as it would lie there after its way through the desk.
struct Case {
    estate: Uuid,
    kind: &'static str,
    received: &'static str,
    /// `Some((finding, decided at))` for complaints.
    found: Option<(&'static str, Option<&'static str>)>,
    closed: Option<&'static str>,
    due: &'static str,
    post: &'static str,
}

const COMPLAINT: Case = Case {
    estate: Uuid::nil(),
    kind: "complaint",
    received: "2026-01-12T02:00:00Z",
    found: Some(("valid", Some("2026-01-13T02:00:00Z"))),
    closed: Some("2026-01-14T02:00:00Z"),
    due: "2026-01-15T02:00:00Z",
    post: "RECEPT",
};

impl TestApp {
    async fn put_cases(&self, cases: &[Case]) {
        let mut conn = self.conn().await;
        for case in cases {
            let id = Uuid::now_v7();
            let text = |value: Option<&str>| value.map_or("NULL".to_owned(), |v| format!("'{v}'"));
            let (finding, decided) = case.found.map_or((None, None), |(found, at)| (Some(found), at));
            let state = if case.closed.is_some() {
                "closed"
            } else {
                "investigating"
            };
            let estate = if case.estate.is_nil() {
                self.estate()
            } else {
                case.estate
            };
            conn.batch_execute(&format!(
                "INSERT INTO cases (id, estate_id, no, kind, state, channel, field, text, received_at, acknowledge_due_at, \
                 due_at, responsible_post, validity, validity_at, closed_at, reply, created_at, updated_at) \
                 VALUES ('{id}', '{estate}', 'TS{id}', '{}', '{state}', 'phone', 'cleaning', '楼道不干净', '{}', '{}', '{}', \
                 '{}', {}, {}, {}, '已处理', '{}', '{}')",
                case.kind,
                case.received,
                case.received,
                case.due,
                case.post,
                text(finding),
                text(decided),
                text(case.closed),
                case.received,
                case.received,
            ))
            .await
            .expect("a case");
            if let Some(at) = decided {
                conn.batch_execute(&format!(
                    "INSERT INTO case_findings (case_id, decided_as, decided_at) VALUES ('{id}', '{}', '{at}')",
                    finding.unwrap_or_default()
                ))
                .await
                .expect("a finding");
            }
        }
    }
}

/// Drafted by the deputy and approved by the manager.
async fn approved(app: &TestApp, year: i32) -> Value {
    let depmgr = app.login("depmgr").await;
    let set = depmgr.post("/goal-sets", json!({ "year": year })).await.json(201);
    let path = format!("/goal-sets/{}/approve", set["id"].as_str().expect("an id"));
    app.login("cscmgr").await.post(&path, json!({})).await.json(200)
}

async fn figures(client: &Client, set: &Value) -> Vec<Value> {
    let path = format!("/goal-sets/{}/figures", set["id"].as_str().expect("an id"));
    let body = client.get(&path).await.json(200);
    body["goals"].as_array().expect("goals").clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_depmgr_02a_goal_s1_goal_s2_the_deputy_drafts_and_the_manager_approves_the_five_goals() {
    let app = TestApp::start().await;
    let (depmgr, cscmgr) = (app.login("depmgr").await, app.login("cscmgr").await);
    let draft = depmgr.post("/goal-sets", json!({ "year": 2026 })).await.json(201);
    assert_eq!(draft["decided_by"]["deciders"][0]["post"], "CSCMGR");
    assert_eq!(draft["estate_id"], json!(app.estate()));
    assert!(
        draft["purpose"]["zh"]
            .as_str()
            .is_some_and(|words| words.contains("规范化"))
    );
    let targets: Vec<_> = draft["goals"]
        .as_array()
        .expect("goals")
        .iter()
        .map(|goal| (goal["comparator"].clone(), goal["target_e2"].clone()))
        .collect();
    let expected = [
        ("at_least", 7500),
        ("at_most", 1200),
        ("at_least", 9500),
        ("at_most", 1200),
        ("at_least", 9000),
    ];
    assert_eq!(targets, expected.map(|(sign, target)| (json!(sign), json!(target))));
    depmgr
        .post("/goal-sets", json!({ "year": 2026 }))
        .await
        .problem(409, "conflict");
    let path = format!("/goal-sets/{}", draft["id"].as_str().expect("an id"));
    depmgr
        .post(&format!("{path}/approve"), json!({}))
        .await
        .problem(403, "forbidden");
    let set = cscmgr.post(&format!("{path}/approve"), json!({})).await.json(200);
    assert_eq!(set["state"], "active");
    cscmgr
        .post(&format!("{path}/approve"), json!({}))
        .await
        .problem(409, "wrong_state");
    let board = app.login("board").await;
    assert_eq!(
        board.get("/goal-sets?year=2026").await.json(200)["items"][0]["id"],
        set["id"]
    );
    app.login("tech").await.get(&path).await.problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn goal_6_targets_are_data_and_further_goals_take_figures_by_hand() {
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let answer = depmgr.post("/goal-sets", json!({ "year": 2026 })).await.expect(201);
    let path = format!("/goal-sets/{}", answer.id());
    let goal = |no: i32, formula: &str, unit: &str, target: i64| {
        json!({ "no": no, "name_zh": "目标", "name_en": "goal", "formula": formula, "comparator": "at_least",
            "target_e2": target, "unit": unit, "weight": 20, "owner_post": "PUBSUP",
            "breakdown": [{ "post": "RECEPT", "share_e2": 5000 }] })
    };
    let body = json!({ "goals": [goal(3, "handling_rate", "percent", 9800), goal(6, "manual", "percent", 10_100)] });
    let refused = depmgr
        .put(&format!("{path}/goals"), &answer.etag(), body)
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/goals/1/target_e2");
    let body = json!({ "goals": [goal(3, "handling_rate", "percent", 9800), goal(6, "manual", "percent", 9000)] });
    let set = depmgr
        .put(&format!("{path}/goals"), &answer.etag(), body.clone())
        .await
        .json(200);
    assert_eq!(
        (
            set["goals"][0]["target_e2"].clone(),
            set["goals"][1]["breakdown"][0]["share_e2"].clone()
        ),
        (json!(9800), json!(5000))
    );
    depmgr
        .put(&format!("{path}/goals"), &answer.etag(), body)
        .await
        .problem(412, "version_conflict");
    let further = set["goals"][1]["id"].as_str().expect("an id");
    let before = figures(&depmgr, &set).await;
    assert_eq!(before[1]["figure"]["cause"], "not_entered");
    let entry = |denominator: Value| json!({ "as_of": "2026-02-28", "numerator": 91, "denominator": denominator, "note": "绿化验收记录" });
    let entries = format!("/goals/{further}/entries");
    depmgr
        .post(&entries, entry(Value::Null))
        .await
        .problem(422, "validation_failed");
    depmgr.post(&entries, entry(json!(100))).await.json(201);
    let after = figures(&depmgr, &set).await;
    assert_eq!(
        (
            after[1]["figure"]["value_e2"].clone(),
            after[1]["figure"]["status"].clone()
        ),
        (json!(9100), json!("met"))
    );
    let computed = set["goals"][0]["id"].as_str().expect("an id");
    depmgr
        .post(&format!("/goals/{computed}/entries"), entry(json!(100)))
        .await
        .problem(409, "wrong_state");
}

#[tokio::test(flavor = "multi_thread")]
async fn goal_2_and_goal_3_are_counted_from_the_cases_of_one_estate_and_open_to_their_rows() {
    let app = TestApp::start().await;
    app.put_cases(&[
        COMPLAINT,
        Case {
            found: Some(("invalid", Some("2026-01-20T02:00:00Z"))),
            ..COMPLAINT
        },
        Case {
            found: Some(("pending", None)),
            closed: None,
            post: "GUARD",
            ..COMPLAINT
        },
        Case {
            kind: "suggestion",
            found: None,
            closed: None,
            due: "2026-03-05T02:00:00Z",
            ..COMPLAINT
        },
        Case {
            kind: "praise",
            found: None,
            ..COMPLAINT
        },
        Case {
            received: "2025-12-31T15:59:00Z",
            ..COMPLAINT
        },
        Case {
            estate: app.other_estate(),
            ..COMPLAINT
        },
    ])
    .await;
    let set = approved(&app, 2026).await;
    let depmgr = app.login("depmgr").await;
    let goals = figures(&depmgr, &set).await;
    let valid = &goals[1]["figure"];
    assert_eq!(
        (&valid["figure"]["numerator"], &valid["pending"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(valid["worst_case_e2"], 200);
    let rate = &goals[2]["figure"];
    // Two of three handled; the opinion is not due until the 5th.
    assert_eq!(rate["figure"], json!({ "numerator": 2, "denominator": 3 }));
    assert_eq!((&rate["value_e2"], &rate["status"]), (&json!(6667), &json!("at_risk")));
    let rows = async |client: &Client, goal: usize, part: &str| {
        let id = goals[goal]["goal"]["id"].as_str().expect("an id");
        client
            .get(&format!("/goals/{id}/rows?part={part}&count=true"))
            .await
            .json(200)["total"]
            .clone()
    };
    assert_eq!(rows(&depmgr, 1, "numerator").await, 1);
    assert_eq!(rows(&depmgr, 1, "pending").await, 1);
    assert_eq!(rows(&depmgr, 2, "numerator").await, 2);
    assert_eq!(rows(&depmgr, 2, "denominator").await, 3);
    assert_eq!(rows(&depmgr, 2, "left_out").await, 1);
    let rate_id = goals[2]["goal"]["id"].as_str().expect("an id");
    let file = depmgr
        .get(&format!("/goals/{rate_id}/rows/export?part=denominator&format=csv"))
        .await
        .expect(200);
    assert_eq!(String::from_utf8_lossy(&file.bytes).lines().count(), 4);
    // The captain of the guards reads the estate's figure and its rows, but the words only of cases of their own line.
    let captain = app.login("guardcapt").await;
    assert_eq!(figures(&captain, &set).await[2]["figure"], *rate);
    let seen = captain
        .get(&format!("/goals/{rate_id}/rows?part=denominator"))
        .await
        .json(200);
    let seen = seen["items"].as_array().expect("rows");
    let open: Vec<&Value> = seen.iter().filter(|row| row["readable"] == true).collect();
    assert_eq!((seen.len(), open.len()), (3, 1));
    assert!(
        seen.iter()
            .all(|row| row["text"].is_string() == (row["readable"] == true))
    );
    // Leaders read no goals.
    let leader = app.login("cleanlead").await;
    let path = format!("/goal-sets/{}/figures", set["id"].as_str().expect("an id"));
    leader.get(&path).await.problem(403, "forbidden");
    let trend = goals[1]["goal"]["id"]
        .as_str()
        .map(|id| format!("/goals/{id}/trend"))
        .expect("an id");
    let points = depmgr.get(&trend).await.json(200)["points"].clone();
    assert_eq!(points.as_array().map(Vec::len), Some(3));
    assert_eq!(points[0]["figure"]["figure"]["numerator"], 1);
    let earlier = format!(
        "/goal-sets/{}/figures?as_of=2026-01-12",
        set["id"].as_str().expect("an id")
    );
    let then = depmgr.get(&earlier).await.json(200);
    assert_eq!(
        (
            &then["goals"][1]["figure"]["figure"]["numerator"],
            &then["goals"][1]["figure"]["pending"]
        ),
        (&json!(0), &json!(3))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn goal_1_goal_4_goal_5_and_term_3_say_why_they_cannot_be_measured() {
    let app = TestApp::start().await;
    let set = approved(&app, 2026).await;
    let goals = figures(&app.login("gm").await, &set).await;
    for at in [0, 3, 4] {
        assert_eq!(goals[at]["figure"]["status"], "not_measurable", "goal {}", at + 1);
        assert_eq!(goals[at]["figure"]["cause"], "no_records", "goal {}", at + 1);
        assert_eq!(goals[at]["figure"]["value_e2"], Value::Null);
    }
    // No complaints at all is a count of nought; no cases at all is no rate.
    assert_eq!(
        (&goals[1]["figure"]["value_e2"], &goals[1]["figure"]["status"]),
        (&json!(0), &json!("met"))
    );
    assert_eq!(goals[2]["figure"]["cause"], "no_cases");
}

#[tokio::test(flavor = "multi_thread")]
async fn goal_s2_a_year_is_signed_frozen_and_measured_again_with_a_reason() {
    let app = TestApp::start().await;
    let year = |day: &'static str| Case {
        received: "2025-11-10T02:00:00Z",
        due: "2025-11-13T02:00:00Z",
        found: Some(("pending", None)),
        closed: Some(day),
        ..COMPLAINT
    };
    app.put_cases(&[year("2025-11-12T02:00:00Z")]).await;
    let (set, running) = (approved(&app, 2025).await, approved(&app, 2026).await);
    let (depmgr, cscmgr) = (app.login("depmgr").await, app.login("cscmgr").await);
    let path = format!("/goal-sets/{}", set["id"].as_str().expect("an id"));
    let running = format!("/goal-sets/{}", running["id"].as_str().expect("an id"));
    let provisional = depmgr.post(&format!("{path}/measure"), json!({})).await.json(201);
    assert_eq!(provisional["measurements"][1]["is_final"], false);
    cscmgr
        .post(&format!("{running}/sign"), json!({}))
        .await
        .problem(409, "wrong_state");
    let refused = cscmgr
        .post(&format!("{path}/sign"), json!({}))
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/note");
    cscmgr
        .post(&format!("{path}/freeze"), json!({}))
        .await
        .problem(409, "wrong_state");
    let signed = cscmgr
        .post(&format!("{path}/sign"), json!({ "note": "当事人已搬离" }))
        .await
        .json(200);
    assert_eq!(signed["set"]["state"], "measured");
    assert_eq!(
        (
            &signed["measurements"][1]["pending"],
            &signed["measurements"][2]["value_e2"]
        ),
        (&json!(1), &json!(10_000))
    );
    assert_eq!(signed["measurements"][1]["data_snapshot"]["cases"], 1);
    let frozen = cscmgr.post(&format!("{path}/freeze"), json!({})).await.json(200);
    assert_eq!(
        (&frozen["set"]["state"], &frozen["measurements"][0]["frozen"]),
        (&json!("frozen"), &json!(true))
    );
    let goal = signed["measurements"][2]["goal_id"].as_str().expect("an id");
    app.put_cases(&[year("2026-02-20T02:00:00Z")]).await;
    let again = format!("/goals/{goal}/remeasure");
    cscmgr.post(&again, json!({})).await.problem(422, "validation_failed");
    let second = cscmgr.post(&again, json!({ "reason": "补录一件投诉" })).await.json(201);
    assert_eq!(
        (&second["value_e2"], &second["supersedes"]),
        (&json!(5000), &signed["measurements"][2]["id"])
    );
    let kept = depmgr.get(&format!("/goals/{goal}/measurements")).await.json(200);
    let values: Vec<_> = kept
        .as_array()
        .expect("a list")
        .iter()
        .map(|m| m["value_e2"].clone())
        .collect();
    assert_eq!(values, [10_000, 10_000, 5000]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pref_5a_the_service_standard_is_a_named_value_with_its_date() {
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let path = format!("/estates/{}/service-standard", app.estate());
    let read = depmgr.get(&path).await.expect(200);
    assert_eq!(read.body["standard"], "三级资质");
    let new = json!({ "standard": "二级资质", "since": "2026-03-01" });
    app.login("pubsup")
        .await
        .patch(&path, &read.etag(), new.clone())
        .await
        .problem(403, "forbidden");
    let changed = depmgr.patch(&path, &read.etag(), new.clone()).await.json(200);
    assert_eq!(
        (&changed["standard"], &changed["since"]),
        (&json!("二级资质"), &json!("2026-03-01"))
    );
    depmgr
        .patch(&path, &read.etag(), new)
        .await
        .problem(412, "version_conflict");
    let other = format!("/estates/{}/service-standard", app.other_estate());
    depmgr.get(&other).await.problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_depmgr_02a_goals_that_nobody_drafted_wait_for_the_deputy_and_climb_to_the_manager() {
    let app = TestApp::start().await;
    let waiting = async |who: &str, kind: &str| count(&app.login(who).await, kind).await;
    assert_eq!(waiting("depmgr", "goals_to_draft").await, 1);
    assert_eq!(waiting("asstmgr", "goals_to_draft").await, 0);
    // The middle of January is long past.
    app.run_jobs().await;
    assert_eq!(waiting("cscmgr", "overdue_goals").await, 1);
    app.login("depmgr")
        .await
        .post("/goal-sets", json!({ "year": 2026 }))
        .await
        .expect(201);
    assert_eq!(waiting("depmgr", "goals_to_draft").await, 0);
}
