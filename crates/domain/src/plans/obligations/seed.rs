//! The rules that the manual gives, as they ship: edited later, they get further versions.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Rule, Shared, To};
use crate::access::PostCode;
use crate::shared::Text;
use crate::shared::period::Period;

const CALENDAR: &str = include_str!("seed/calendar.tsv");
const TRIGGERS: &str = include_str!("seed/triggers.tsv");

/// Duties that one of several holders does for the post: a sheet or a list there is only one of.
const FOR_ALL: &[&str] = &[
    "OB-14", "OB-15", "OB-19", "OB-28", "OB-29", "OB-38", "OB-41", "OB-42", "OB-46", "OB-47", "OB-72",
];

/// How fast a fact is to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Limit {
    /// At once.
    AtOnce,
    /// By the end of the n-th working day after.
    Workdays {
        /// Working days.
        n: u32,
    },
    /// By the end of the next working day.
    NextWorkday,
    /// Before the shift ends.
    SameShift,
    /// By a date that the record carries, or by the settings of its kind.
    AsSet,
    /// Before the leave begins.
    BeforeLeave,
}

/// A clock that a fact starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Its code: `TR-08`.
    pub code: String,
    /// Whose duty it is: posts, or a role such as the finder of something.
    pub who: Vec<String>,
    /// Who is told.
    pub to: String,
    /// How fast.
    pub limit: Limit,
    /// The capability whose facts start and stop it.
    pub capability: String,
    /// The clauses it puts to work.
    pub clauses: Vec<String>,
    /// The duty in a few words.
    pub name: Text,
    /// What starts it.
    pub trigger: Text,
    /// How fast, in words.
    pub timing: Text,
}

/// One line of a table by its column names.
struct Line<'a>(HashMap<&'a str, &'a str>);

impl<'a> Line<'a> {
    fn of(table: &'a str) -> impl Iterator<Item = Self> {
        let mut lines = table.lines();
        let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        lines
            .filter(|line| !line.is_empty())
            .map(move |line| Self(names.iter().copied().zip(line.split('\t')).collect()))
    }

    fn text(&self, column: &str) -> String {
        self.0.get(column).copied().unwrap_or_default().to_owned()
    }

    fn list(&self, column: &str) -> Vec<String> {
        self.text(column).split(',').map(ToOwned::to_owned).collect()
    }

    fn both(&self, zh: &str, en: &str) -> Text {
        Text::of(self.text(zh), self.text(en))
    }
}

/// What is wrong with a line of a shipped table. None is, as the tests hold.
type Fault = Box<dyn std::error::Error + Send + Sync>;

/// A rule as it ships, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// The rule.
    pub rule: Rule,
    /// The capability whose records prove it.
    pub capability: String,
    /// Whether the manual says it (`source`), or it was read from a copied procedure (`reading`) or derived (`derived`).
    pub basis: String,
}

/// The recurring duties, in force from a day on.
///
/// # Errors
/// A line that cannot be read.
pub fn rules(from: NaiveDate) -> Result<Vec<Shipped>, Fault> {
    let shipped = |line: Line<'_>| {
        Ok(Shipped {
            rule: rule(&line, from)?,
            capability: line.text("capability"),
            basis: line.text("basis"),
        })
    };
    Line::of(CALENDAR).map(shipped).collect()
}

fn rule(line: &Line<'_>, from: NaiveDate) -> Result<Rule, Fault> {
    let code = line.text("id");
    let to = match line.text("to").as_str() {
        "LINE" => To::Line,
        _ => To::Posts(posts(&line.list("to"))?),
    };
    let minimum = match line.text("minimum").as_str() {
        "1" => Vec::new(),
        counted => counts(counted, &posts(&line.list("posts"))?)?,
    };
    Ok(Rule {
        period: Period::starting(from),
        active: true,
        name: line.both("name_zh", "name_en"),
        timing: line.both("timing_zh", "timing_en"),
        posts: posts(&line.list("posts"))?,
        shared: if FOR_ALL.contains(&code.as_str()) {
            Shared::Any
        } else {
            Shared::Each
        },
        to,
        cadence: line.text("cadence").parse()?,
        due: serde_json::from_str(&line.text("due")).map_err(|error| format!("{code}: {error}"))?,
        evidence: line.text("evidence").parse()?,
        minimum,
        optional: line.text("optional") == "yes",
        clauses: line.list("clauses"),
        code,
    })
}

fn posts(codes: &[String]) -> Result<Vec<PostCode>, Fault> {
    codes.iter().map(|code| Ok(code.parse()?)).collect()
}

/// `DEPMGR=8,CSCMGR=2`, or one number for all.
fn counts(text: &str, all: &[PostCode]) -> Result<Vec<(PostCode, u16)>, Fault> {
    if let Ok(count) = text.parse() {
        return Ok(all.iter().map(|post| (*post, count)).collect());
    }
    text.split(',')
        .map(|pair| {
            let (post, count) = pair.split_once('=').ok_or_else(|| format!("no count: {pair}"))?;
            Ok((post.parse()?, count.parse()?))
        })
        .collect()
}

/// The clocks that facts start.
///
/// # Errors
/// A line that cannot be read.
pub fn triggers() -> Result<Vec<Trigger>, Fault> {
    Line::of(TRIGGERS)
        .map(|line| {
            Ok(Trigger {
                code: line.text("id"),
                who: line.list("posts"),
                to: line.text("to"),
                limit: serde_json::from_str(&line.text("limit"))?,
                capability: line.text("capability"),
                clauses: line.list("clauses"),
                name: line.both("name_zh", "name_en"),
                trigger: line.both("trigger_zh", "trigger_en"),
                timing: line.both("timing_zh", "timing_en"),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::obligations::DueRule;

    #[test]
    fn every_duty_of_the_calendar_and_every_clock_is_there() {
        let rules: Vec<Rule> = rules(NaiveDate::default())
            .expect("readable")
            .into_iter()
            .map(|shipped| shipped.rule)
            .collect();
        let expected: Vec<String> = (1..=78).map(|n| format!("OB-{n:02}")).collect();
        assert_eq!(rules.iter().map(|rule| rule.code.clone()).collect::<Vec<_>>(), expected);
        let triggers = triggers().expect("readable");
        let expected: Vec<String> = (1..=26).map(|n| format!("TR-{n:02}")).collect();
        assert_eq!(triggers.iter().map(|it| it.code.clone()).collect::<Vec<_>>(), expected);
        for rule in &rules {
            assert!(!rule.posts.is_empty() && !rule.clauses.is_empty(), "{}", rule.code);
            if let DueRule::Beside { rule: other, .. } = &rule.due {
                let other = rules.iter().find(|it| it.code == *other).expect("a rule");
                assert_eq!(other.cadence, rule.cadence, "{}", rule.code);
            }
        }
        let walks = rules.iter().find(|rule| rule.code == "OB-50").expect("the walks");
        assert_eq!(
            (walks.minimum(PostCode::Depmgr), walks.minimum(PostCode::Cscmgr)),
            (8, 2)
        );
    }
}
