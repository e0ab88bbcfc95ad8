//! The clauses as data (manual_control): read by whom they are open to, on any day, with what serves them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Value, json};
use wuye_api::{contract::Outline, manual::Serving};
use wuye_domain::manual::{CHAPTERS, Capability, SoftwareCan, seed};
use wuye_persistence::manual;

use crate::{
    clauses,
    documents::kept_or_written,
    harness::{Client, TestApp},
};

async fn ids(client: &Client, filter: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = client
            .get(&format!("/manual/clauses?limit=100&{filter}{cursor}"))
            .await
            .json(200);
        let items = page["items"].as_array().expect("items");
        all.extend(items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

/// Every row of the catalogue is a row of the product: this walk proves contents, purpose, scope and definition lines, which
/// ask for nothing but to be in the book.
#[tokio::test(flavor = "multi_thread")]
async fn toc_pref_rev_the_whole_book_is_there_in_its_order() {
    let app = TestApp::start().await;
    let manager = app.login("cscmgr").await;
    let known: Vec<String> = seed::clauses()
        .expect("readable")
        .iter()
        .map(|clause| clause.id.to_owned())
        .collect();
    assert_eq!(ids(&manager, "").await, known);
    let chapters = manager.get("/manual/chapters").await.json(200);
    let chapters = chapters.as_array().expect("chapters");
    let codes: Vec<&str> = chapters
        .iter()
        .map(|chapter| chapter["code"].as_str().expect("a code"))
        .collect();
    assert_eq!(
        codes,
        CHAPTERS.iter().map(|chapter| chapter.code.code()).collect::<Vec<_>>()
    );
    let sum = |field: &str| {
        chapters
            .iter()
            .map(|chapter| chapter[field].as_i64().expect("a count"))
            .sum::<i64>()
    };
    assert_eq!((sum("clauses"), sum("derived")), (495, 81));
    for id in known.iter().filter(|id| id.starts_with("TOC-")) {
        let page = manager.get(&format!("/manual/clauses/{id}")).await.json(200);
        assert_eq!(page["stands_in"]["code"], "TOC", "{id}");
        assert_eq!(page["operations"][0]["operation_id"], "list_manual_chapters", "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_read_the_general_rules_and_their_own_post_superiors_below_heads_everything() {
    let app = TestApp::start().await;
    let open = |who: &'static str| {
        let app = &app;
        async move {
            let chapters = app.login(who).await.get("/manual/chapters").await.json(200);
            let open = chapters
                .as_array()
                .expect("chapters")
                .iter()
                .filter(|chapter| chapter["open"] == true);
            open.map(|chapter| chapter["code"].as_str().expect("a code").to_owned())
                .collect::<BTreeSet<_>>()
        }
    };
    let of_posts = |codes: &BTreeSet<String>| {
        let about = |code: &&String| code.starts_with("POS-") || code.starts_with("PROC-");
        codes.iter().filter(about).cloned().collect::<Vec<_>>()
    };
    assert_eq!(of_posts(&open("tech").await), ["POS-TECH", "PROC-TECH"]);
    let lead = open("guardlead").await;
    assert_eq!(
        of_posts(&lead),
        ["POS-GUARD", "POS-GUARDLEAD", "PROC-GUARD", "PROC-GUARDLEAD"]
    );
    assert!(lead.contains("RULE-LABOUR") && lead.contains("GOAL"));
    assert_eq!(open("finsup").await.len(), CHAPTERS.len());
    let tech = app.login("tech").await;
    tech.get("/manual/clauses/POS-TECH-06b").await.expect(200);
    tech.get("/manual/clauses/POS-CASHIER-03a")
        .await
        .problem(404, "not_found");
    assert!(ids(&tech, "chapter=POS-CASHIER").await.is_empty());
    tech.get("/manual/clauses/POS-TECH-06b?on=2026-01-31")
        .await
        .problem(403, "forbidden");
    tech.get("/manual/clauses?on=2026-01-31")
        .await
        .problem(403, "forbidden");
    tech.get("/manual/clauses/POS-TECH-06b?on=2026-03-02").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn clauses_are_found_by_words_of_both_languages_and_by_what_they_ask() {
    let app = TestApp::start().await;
    let manager = app.login("cscmgr").await;
    for (filter, found) in [
        ("q=投诉", "GOAL-3"),
        ("q=complaints", "GOAL-3"),
        ("q=GOAL-3", "GOAL-3"),
        ("q=装修管理员&chapter=TOC", "TOC-14"),
        ("capability=annual_goals&frequency=annual", "GOAL-5"),
        ("origin=repeats&post=GUARD", "PROC-GUARD-4.1"),
        ("origin=derived&can=assist&post=CLEANER", "DER-CLEANER-1"),
        ("post=TECH", "POS-TECH-06b"),
    ] {
        let ids = ids(&manager, filter).await;
        assert!(ids.contains(&found.to_owned()), "{filter}: {ids:?}");
        assert!(ids.len() < 200, "{filter} finds {}", ids.len());
    }
    assert!(ids(&manager, "q=没有这样的话").await.is_empty());
    let everybody = ids(&manager, "post=CASHIER&chapter=RULE-LABOUR").await;
    assert!(!everybody.is_empty(), "what binds the whole staff binds the cashier");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_clause_shows_whom_it_binds_then_and_what_serves_it() {
    let app = TestApp::start().await;
    let manager = app.login("cscmgr").await;
    let page = manager.get("/manual/clauses/POS-RECEPT-07a").await.json(200);
    assert_eq!(
        (&page["chapter"], &page["posts"]),
        (&json!("POS-RECEPT"), &json!(["RECEPT"]))
    );
    let names = |page: &Value| {
        let bound = page["bound"].as_array().expect("people").iter();
        bound
            .map(|one| one["name"].as_str().expect("a name").to_owned())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(names(&page), ["员工recept", "员工recept2"].map(str::to_owned).into());
    let operations = page["operations"].as_array().expect("operations");
    assert!(
        operations
            .iter()
            .any(|operation| operation["operation_id"] == "create_case"),
        "{operations:?}"
    );
    // The role of the document clerk is carried by the desk (REV-8a).
    let clerk = manager.get("/manual/clauses/REV-8a").await.json(200);
    assert!(names(&clerk).contains("员工recept"), "{clerk}");
    let everybody = manager.get("/manual/clauses/DER-LABOUR-1").await.json(200);
    assert!(
        everybody["everybody"] == true && everybody["staff"].as_i64() > Some(10),
        "{everybody}"
    );
    let before = manager
        .get("/manual/clauses/POS-RECEPT-07a?on=2019-12-31")
        .await
        .json(200);
    assert_eq!(before["bound"], json!([]), "nobody held the post then");
    manager
        .get("/manual/clauses/POS-RECEPT-07a?on=1999-12-31")
        .await
        .problem(404, "not_found");
    manager
        .get("/manual/clauses/POS-NOBODY-1")
        .await
        .problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn rev_4a_a_text_is_in_force_from_its_day_on_and_a_start_leaves_it_alone() {
    use diesel::{ExpressionMethods, QueryDsl};
    use diesel_async::RunQueryDsl;
    use wuye_persistence::schema::clause_texts as texts;

    let app = TestApp::start().await;
    let mut conn = app.conn().await;
    let count = async |conn: &mut wuye_persistence::Conn| -> i64 {
        texts::table.count().get_result(conn).await.expect("a count")
    };
    let before = count(&mut conn).await;
    let today = "2026-03-02".parse().expect("a date");
    manual::seed(&mut conn, today).await.expect("the same version again");
    assert_eq!(count(&mut conn).await, before, "the same text again changes nothing");
    // An older version shipped other words: the new ones hold from today on.
    let old = diesel::update(texts::table.filter(texts::clause_id.eq("POS-RECEPT-10"))).set(texts::text_zh.eq("旧文"));
    old.execute(&mut conn).await.expect("other words");
    manual::seed(&mut conn, today).await.expect("the newer version");
    assert_eq!(count(&mut conn).await, before + 1);
    let manager = app.login("cscmgr").await;
    let yesterday = manager
        .get("/manual/clauses/POS-RECEPT-10?on=2026-03-01")
        .await
        .json(200);
    let now = manager.get("/manual/clauses/POS-RECEPT-10").await.json(200);
    assert_eq!(yesterday["text_zh"], "旧文");
    assert_ne!(now["text_zh"], "旧文");
    assert_eq!(now["texts"].as_array().expect("texts").len(), 2);
    // What the company revised stays, whatever a version ships.
    let own = diesel::update(texts::table.filter(texts::clause_id.eq("POS-RECEPT-11")))
        .set((texts::text_zh.eq("公司修订"), texts::shipped.eq(false)));
    own.execute(&mut conn).await.expect("a revision");
    manual::seed(&mut conn, today).await.expect("the newer version");
    let revised = manager.get("/manual/clauses/POS-RECEPT-11").await.json(200);
    assert_eq!(
        (&revised["text_zh"], &revised["shipped"]),
        (&json!("公司修订"), &json!(false))
    );
}

/// Clauses that ask something of the product and that no operation serves yet. This number may only fall.
const TO_COME: usize = 344;

#[test]
fn every_clause_is_served_or_names_the_capability_that_will_serve_it() {
    clauses!("PREF-1", "PREF-3", "REV-1");
    let all = seed::clauses().expect("readable");
    let known: BTreeSet<&str> = all.iter().map(|clause| clause.id).collect();
    let serving = Serving::of(&Outline::of(&wuye_api::document()).expect("an outline"));
    let unknown: Vec<&str> = serving.clauses().filter(|clause| !known.contains(clause)).collect();
    assert!(
        unknown.is_empty(),
        "operations name clauses that the manual does not have: {unknown:?}"
    );
    let open = all
        .iter()
        .filter(|clause| clause.can != SoftwareCan::None && serving.operations(clause.id).is_empty());
    let mut by_capability: BTreeMap<Capability, Vec<&str>> = BTreeMap::new();
    for clause in open {
        by_capability.entry(clause.capability).or_default().push(clause.id);
    }
    let count: usize = by_capability.values().map(Vec::len).sum();
    let mut text = format!(
        "# Clauses to come\n\nClauses of the manual that ask something of the product and that no operation serves yet, by the \
         capability that will serve them: {count}. Generated from the clauses and the `x-clauses` of the operations by the test \
         `every_clause_is_served_or_names_the_capability_that_will_serve_it`; the list may only shrink.\n\n\
         | capability | 中文 | clauses |\n|---|---|---|\n"
    );
    for (capability, ids) in by_capability {
        let _ = writeln!(
            text,
            "| `{capability}` | {} | {} |",
            capability.title().zh,
            ids.join(", ")
        );
    }
    assert!(
        kept_or_written("clauses-to-come.md", &text),
        "docs/clauses-to-come.md is stale: run the tests once with WUYE_UPDATE=1"
    );
    assert_eq!(
        count, TO_COME,
        "fewer clauses are to come than the number here: lower it; more: an operation was lost"
    );
}
