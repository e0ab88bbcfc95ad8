//! How the cost of a request grows with the history under it.

use serde_json::json;
use std::collections::HashMap;

use crate::{
    Outcome, Scale,
    cpu::Processes,
    limit::{lines_file, lua, median},
    load::{Wrk, wrk},
    report::{Report, Target},
    site::{ID_STEP_MS, Site},
    whole,
};

const PART: &str = "growth";
/// What the largest history may cost beside the smallest.
const LIMIT: f64 = 1.2;
/// Rows of a year of history, and of ten years.
const YEAR: i64 = 100_000;
const TEN_YEARS: i64 = 1_000_000;

/// What is looked at: who asks for what, and whether it must not grow.
struct Watched {
    what: &'static str,
    who: &'static str,
    paths: Vec<String>,
}

/// Costs, in processor milliseconds, by what was asked and how many orders there were.
#[derive(Default)]
pub struct Growth {
    costs: HashMap<&'static str, Vec<(i64, f64)>>,
    get: Vec<(i64, f64)>,
}

impl Growth {
    /// Measures at the present size.
    pub async fn measure(&mut self, site: &Site, scale: &Scale, report: &mut Report) -> Outcome {
        let size = site.filled();
        let script = lua(site)?;
        for watched in watched(site).await? {
            let file = lines_file(
                site,
                "watched",
                watched.paths.iter().map(|path| format!("/api/v1{path}")),
            )?;
            let what = format!("{} at {size} orders", watched.what);
            let asked = cost(site, scale, watched.who, &script, vec!["paths".to_owned(), file]);
            if let Some(cost) = told(report, what, whole(asked).await) {
                self.costs.entry(watched.what).or_default().push((size, cost));
            }
        }
        let by_id = [
            "order",
            &site.base_ms().to_string(),
            &ID_STEP_MS.to_string(),
            &size.to_string(),
        ];
        let by_id = by_id.map(ToOwned::to_owned).to_vec();
        let asked = cost(site, scale, "recept", &script, by_id);
        if let Some(cost) = told(report, format!("GET by id at {size} orders"), whole(asked).await) {
            self.get.push((size, cost));
        }
        Ok(())
    }

    /// Tells how the costs have grown.
    pub fn tell(&self, report: &mut Report) {
        let mut names: Vec<&&str> = self.costs.keys().collect();
        names.sort();
        for what in names {
            let costs = &self.costs[*what];
            if what.starts_with("list") || what.starts_with("search") {
                if let (Some((_, first)), Some((_, last))) = (costs.first(), costs.last()) {
                    report.against(
                        PART,
                        format!("{what}: last beside first"),
                        last / first,
                        "",
                        Target::AtMost(LIMIT),
                    );
                }
                continue;
            }
            let at = |size: i64| costs.iter().find(|(known, _)| *known == size).map(|(_, cost)| *cost);
            if let (Some(one), Some(ten)) = (at(YEAR), at(TEN_YEARS)) {
                let what = format!("{what}: ten years beside one");
                report.against(PART, what, ten / one, "", Target::AtMost(LIMIT));
            }
            if let (Some((_, cost)), Some((_, get))) = (costs.last(), self.get.last()) {
                report.against(
                    PART,
                    format!("{what}: beside a GET by id"),
                    cost / get,
                    "",
                    Target::AtMost(10.0),
                );
            }
        }
        report.detail("growth", json!({ "costs_ms": self.costs, "get_ms": self.get }));
    }
}

/// Enters what was measured, or why it could not be.
fn told(report: &mut Report, what: String, cost: Outcome<f64>) -> Option<f64> {
    match cost {
        Ok(cost) => {
            report.figure(PART, what, cost, "CPU-ms");
            Some(cost)
        }
        Err(error) => {
            report.failure(&what, &*error);
            None
        }
    }
}

/// The middle of three short rounds, in processor milliseconds for a request.
async fn cost(site: &Site, scale: &Scale, who: &str, script: &std::path::Path, arguments: Vec<String>) -> Outcome<f64> {
    let person = site.person(who).await;
    let mut plan = Wrk {
        script: script.to_owned(),
        arguments,
        base: site.server().base.clone(),
        server: Processes::One(site.server_process()),
        token: person.token().unwrap_or_default().to_owned(),
        connections: scale.connections,
        seconds: 1,
    };
    // Caches, plans, connections.
    wrk(site, &plan)?;
    plan.seconds = scale.growth_seconds;
    let mut costs = Vec::new();
    for _ in 0..3 {
        costs.push(wrk(site, &plan)?.cost_ms());
    }
    Ok(median(costs))
}

async fn watched(site: &Site) -> Outcome<Vec<Watched>> {
    let sql = site.sql().await?;
    // Houses of old orders and new ones: their history is as long as the house is old.
    let rows = sql
        .query("SELECT no FROM houses WHERE state = 'active' ORDER BY id LIMIT 8", &[])
        .await?;
    let houses: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let manager = site.person("cscmgr").await;
    let sets = manager.get("/goal-sets?limit=10").await.json(200);
    let year = i64::from(chrono::Datelike::year(&chrono::Utc::now()));
    let sets = sets["items"].as_array().cloned().unwrap_or_default();
    let set = sets
        .iter()
        .find(|set| set["year"].as_i64() == Some(year))
        .or_else(|| sets.first());
    let goals = set.and_then(|set| set["id"].as_str()).ok_or("the demo has no goals")?;
    let newest = format!("WXN-{}", 130 / 5 * 5);
    let of = |what, who, paths| Watched { what, who, paths };
    Ok(vec![
        of(
            "list, filtered and sorted",
            "recept",
            vec![
                "/work-orders?category=water&sort=-dispatched_at&limit=50".to_owned(),
                "/work-orders?category=power&urgency=normal&sort=-dispatched_at&limit=50".to_owned(),
                "/work-orders?state=closed&sort=-finish_due_at&limit=50".to_owned(),
            ],
        ),
        of(
            "list, open only",
            "recept",
            vec!["/work-orders?open=true&limit=50".to_owned()],
        ),
        of(
            "search by number",
            "recept",
            vec![format!("/work-orders?q={newest}&limit=50")],
        ),
        of(
            "search by house",
            "recept",
            houses
                .iter()
                // One row each: a page of fifty would be fuller with every year, and cost what its rows cost.
                .map(|house| format!("/work-orders?q={house}&limit=1"))
                .collect(),
        ),
        of(
            "search by a common word",
            "recept",
            vec!["/work-orders?q=%E6%BC%8F%E6%B0%B4&limit=50".to_owned()],
        ),
        of("workbench", "recept", vec!["/me/workbench".to_owned()]),
        of("workbench of the head", "pubsup", vec!["/me/workbench".to_owned()]),
        of("goal dashboard", "cscmgr", vec![format!("/goal-sets/{goals}/figures")]),
        of("board of duties, a head's", "pubsup", vec!["/duties/board".to_owned()]),
        of(
            "board of duties, the manager's",
            "cscmgr",
            vec!["/duties/board".to_owned()],
        ),
        of("a person's day", "recept", vec!["/me/duties".to_owned()]),
        of(
            "page of a clause",
            "pubsup",
            vec!["/manual/clauses/PROC-PUBSUP-5.1a".to_owned()],
        ),
    ])
}
