//! Ids of another estate where they are not in the path: in bodies and in queries. The first estate's people, who have records of
//! every kind, name what belongs to the second.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_stage::Person;

use crate::{
    access_matrix::completed,
    contract::{Contract, Matrix, Operation},
    furnish::{PNG, employee, furnish, id, make},
    sample::Sample,
    town::Town,
    treasure::Treasure,
};

/// Records of the second estate, by the name of their id's schema.
async fn settle(town: &Town) -> HashMap<&'static str, String> {
    let (desk, head) = (town.person("strange-recept").await, town.person("strange-pubsup").await);
    let estate = town.second;
    let area = make(
        &desk,
        "/areas",
        json!({ "estate_id": estate, "code": "S1", "name": "外区" }),
    )
    .await;
    let block = json!({ "estate_id": estate, "area_id": id(&area), "no": "S9", "name": "外栋", "kind": "high_rise" });
    let block = make(&desk, "/blocks", block).await;
    let unit = make(&desk, "/units", json!({ "block_id": id(&block), "no": "1" })).await;
    let house = json!({ "block_id": id(&block), "unit_id": id(&unit), "room": "501", "use": "residential", "status": "occupied" });
    let house = make(&desk, "/houses", house).await;
    let place = json!({ "estate_id": estate, "kind": "road", "name": "外路" });
    let place = make(&desk, "/places", place).await;
    let waiting = format!(
        "SELECT id FROM structure_changes WHERE estate_id = '{estate}' AND state = 'proposed' ORDER BY proposed_at, id"
    );
    for change in town.sql.ids(&waiting).await {
        make(&head, &format!("/structure-changes/{change}/confirm"), json!({})).await;
    }
    let party = make(
        &desk,
        "/parties",
        json!({ "estate_id": estate, "kind": "owner", "name": "外人" }),
    )
    .await;
    let file = make(&desk, "/house-files", json!({ "house_id": id(&house) })).await;
    let case = json!({ "kind": "complaint", "channel": "desk", "field": "cleaning", "text": "外面的投诉" });
    let case = make(&desk, "/cases", case).await;
    let report = json!({ "house_id": id(&house), "category": "water", "text": "外面的报修" });
    let report = make(&desk, "/repair-requests", report).await;
    let squad = json!({ "estate_id": estate, "name": "外班", "post": "GUARD", "active_from": "2026-01-01" });
    let squad = make(&town.person("strange-depmgr").await, "/squads", squad).await;
    let tech = town.person("strange-tech").await;
    let assignment = tech.get("/me").await.json(200)["posts"][0]["assignment_id"].clone();
    HashMap::from([
        ("AreaId", id(&area)),
        ("BlockId", id(&block)),
        ("UnitId", id(&unit)),
        ("HouseId", id(&house)),
        ("PlaceId", id(&place)),
        ("PartyId", id(&party)),
        ("HouseFileId", id(&file)),
        ("CaseId", id(&case)),
        ("RepairRequestId", id(&report)),
        ("SquadId", id(&squad)),
        ("EmployeeId", employee(&tech).await),
        ("AssignmentId", assignment.as_str().expect("an id").to_owned()),
        ("FileId", desk.upload("s.png", PNG.to_vec()).await),
        ("EstateId", estate.to_string()),
    ])
}

/// What a plain id is the id of, by the name of its field.
fn kind_of<'a>(contract: &'a Contract, field: &str, schema: &'a Value) -> Option<&'a str> {
    let named = contract.name(schema).filter(|name| name.ends_with("Id"));
    let items = &contract.resolved(schema)["items"];
    let plain = || match field {
        "house_id" => Some("HouseId"),
        "party_id" => Some("PartyId"),
        "place_id" => Some("PlaceId"),
        "subject_id" => Some("CaseId"),
        "id" => Some("RepairRequestId"),
        "file_id" => Some("FileId"),
        "owner_id" | "employee_id" | "about_employee" => Some("EmployeeId"),
        _ => None,
    };
    let holds_id = |schema: &Value| contract.resolved(schema)["format"] == "uuid";
    named
        .or_else(|| {
            items
                .is_object()
                .then(|| contract.name(items))
                .flatten()
                .filter(|name| name.ends_with("Id"))
        })
        .or_else(|| (holds_id(schema) || holds_id(items)).then(plain).flatten())
}

/// A field of an operation that takes an id.
struct Field<'a> {
    operation: &'a Operation,
    name: &'a str,
    value: Value,
}

fn fields<'a>(contract: &'a Contract, foreign: &HashMap<&str, String>) -> Vec<Field<'a>> {
    let mut all = Vec::new();
    for operation in contract.guarded() {
        let Some(body) = &operation.body else { continue };
        for (name, schema) in contract.resolved(body)["properties"].as_object().into_iter().flatten() {
            let Some(id) = kind_of(contract, name, schema).and_then(|kind| foreign.get(kind)) else {
                continue;
            };
            let list = contract.resolved(schema)["type"] == "array";
            let value = if list { json!([id]) } else { json!(id) };
            all.push(Field { operation, name, value });
        }
    }
    all
}

/// Somebody of the first estate who may do this.
async fn somebody(town: &Town, matrix: &Matrix, operation: &str) -> Option<Person> {
    // Those with the most records first.
    let usual = ["RECEPT", "PUBSUP", "TECH", "CSCMGR", "DEPMGR"].map(ToOwned::to_owned);
    let mut posts = usual
        .iter()
        .chain(&matrix.posts)
        .filter(|post| !["BOARD", "GM"].contains(&post.as_str()));
    let post = posts.find(|post| matrix.reach(operation, post).is_some())?;
    Some(town.person(&post.to_lowercase()).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_of_another_estate_is_refused_in_every_field_and_finds_nothing_in_every_query() {
    // Rows are counted at the end: nobody else works in this town.
    let town = Town::found().await;
    furnish(&town).await;
    let foreign = settle(&town).await;
    let (contract, matrix) = (Contract::read(), Matrix::read());
    let treasure = Treasure::of_first(&town).await;
    let crossed = crossings(&town).await;
    let (mut faults, mut outcomes) = (Vec::new(), BTreeMap::<&str, usize>::new());
    let fields = fields(&contract, &foreign);
    for Field { operation, name, value } in &fields {
        let Some(person) = somebody(&town, &matrix, &operation.name).await else {
            continue;
        };
        let own = |kind: &str| treasure.by_schema(kind);
        let sample = Sample {
            contract: &contract,
            id: own,
        };
        let mut body = completed(operation, sample.of(operation.body.as_ref().expect("a body")));
        body[*name] = value.clone();
        let mut outcome = "refused for another reason";
        for attempt in 0..6 {
            let Some(path) = treasure.path(operation, attempt) else {
                break;
            };
            let seen = if operation.method == Method::PATCH {
                person.get(&path).await.headers.get("etag").cloned()
            } else {
                None
            };
            let mut request = person.request(operation.method.clone(), &path).json(&body);
            request = request.header("idempotency-key", Uuid::new_v4().to_string());
            if let Some(etag) = seen {
                request = request.header("if-match", etag);
            }
            let answer = person.send(request).await;
            let errors = answer.body["errors"].as_array().cloned().unwrap_or_default();
            let at_field = errors.iter().any(|error| {
                let at = error["pointer"].as_str().unwrap_or_default();
                at.strip_prefix(&format!("/{name}"))
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            if !answer.status.is_client_error() {
                faults.push(format!(
                    "{} took a foreign {name}: {} {}",
                    operation.name, answer.status, answer.body
                ));
                break;
            }
            if at_field || answer.status == 404 || answer.status == 403 {
                outcome = "refused at the field";
                break;
            }
        }
        if outcome != "refused at the field" {
            println!("  not reached: {} {name}", operation.name);
        }
        *outcomes.entry(outcome).or_default() += 1;
    }
    let mut queries = 0;
    for operation in contract.guarded().filter(|operation| operation.method == Method::GET) {
        let Some(person) = somebody(&town, &matrix, &operation.name).await else {
            continue;
        };
        for (name, schema, _) in &operation.query {
            let Some(id) = kind_of(&contract, name, schema).and_then(|kind| foreign.get(kind)) else {
                continue;
            };
            queries += 1;
            let Some(path) = treasure.path(operation, 0) else {
                continue;
            };
            let answer = person.get(&format!("{path}?{name}={id}")).await;
            let known = foreign
                .values()
                .any(|other| other != id && String::from_utf8_lossy(&answer.bytes).contains(other.as_str()));
            if known || answer.status.is_server_error() {
                faults.push(format!(
                    "{} by a foreign {name}: {} {}",
                    operation.name, answer.status, answer.body
                ));
            }
        }
    }
    println!("{} fields: {outcomes:?}; {queries} queries", fields.len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(
        fields.len() > 40 && queries > 20,
        "{} fields, {queries} queries",
        fields.len()
    );
    assert_eq!(crossings(&town).await, crossed, "a record points into another estate");
}

/// Rows that point at a row of another estate: by every foreign key between tables that both know their estate.
async fn crossings(town: &Town) -> Vec<String> {
    let keys = town.sql.texts(
        "SELECT format('SELECT ''%1$s.%2$s '' || count(*) FROM %1$I c JOIN %3$I p ON c.%2$I = p.id WHERE c.estate_id <> p.estate_id', \
         k.conrelid::regclass, a.attname, k.confrelid::regclass) FROM pg_constraint k \
         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] \
         WHERE k.contype = 'f' AND cardinality(k.conkey) = 1 \
         AND EXISTS (SELECT FROM pg_attribute e WHERE e.attrelid = k.conrelid AND e.attname = 'estate_id' AND NOT e.attisdropped) \
         AND EXISTS (SELECT FROM pg_attribute e WHERE e.attrelid = k.confrelid AND e.attname = 'estate_id' AND NOT e.attisdropped)",
    );
    let mut all = Vec::new();
    for key in keys.await {
        all.extend(town.sql.texts(&key).await);
    }
    assert!(all.len() > 20, "only {} keys between estates", all.len());
    assert!(all.iter().all(|line| line.ends_with(" 0")), "{all:?}");
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn history_and_files_of_another_estates_records_are_unknown() {
    let town = Arc::new(Town::found().await);
    furnish(&town).await;
    let contract = Contract::read();
    let treasure = Treasure::of_first(&town).await;
    let kinds = contract.resolved(&contract.operation("list_trail").query[0].1);
    let (mut tried, mut faults, mut without) = (0, Vec::new(), Vec::new());
    for kind in kinds["enum"]
        .as_array()
        .expect("kinds")
        .iter()
        .filter_map(Value::as_str)
    {
        let ids = treasure.all(kind);
        if ids.is_empty() {
            without.push(kind);
            continue;
        }
        for username in ["strange-cscmgr", "strange-recept", "strange-cleaner"] {
            let stranger = town.person(username).await;
            for id in ids.iter().take(3) {
                for path in [
                    format!("/trail?kind={kind}&id={id}"),
                    format!("/attachments?subject_kind={kind}&subject_id={id}"),
                ] {
                    tried += 1;
                    let answer = stranger.get(&path).await;
                    let empty = answer.status == 200 && answer.body == json!([]);
                    if !(empty || [403, 404].contains(&answer.status.as_u16())) {
                        faults.push(format!("{path} as {username}: {} {}", answer.status, answer.body));
                    }
                }
            }
        }
    }
    println!("{tried} tries; no records of {without:?}");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(tried > 300, "only {tried} tries");
}
