//! A script for pgbench out of the statements of a request.

use std::{collections::HashMap, fmt::Write, ops::RangeInclusive};
use uuid::Uuid;

use crate::capture::Statement;

/// How the server tells the database which request a transaction is for.
const NAMING: &str = "; SET LOCAL application_name";

/// What differs from one transaction to the next.
#[derive(Clone, Debug, Default)]
pub struct Changing {
    /// Values that stand for a record chosen by its number, and the expression over `:n` that chooses it.
    pub chosen: HashMap<String, &'static str>,
    /// The numbers to choose from.
    pub numbers: Option<RangeInclusive<i64>>,
    /// The key of the request, which is fresh in every transaction.
    pub key: Option<String>,
    /// When the request was sent, in milliseconds: ids made since then are fresh in every transaction.
    pub since_ms: Option<i64>,
}

/// A script, and the values of its variables.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// For `--file`.
    pub text: String,
    /// For `--define`.
    pub variables: Vec<(String, String)>,
}

/// Writes the script; `name` keeps its variables apart from those of other scripts.
pub fn script(name: &str, statements: &[Statement], changing: &Changing) -> Script {
    let mut script = Script::default();
    let mut fresh = Fresh::new(changing);
    let mut body = String::new();
    for (place, statement) in statements.iter().enumerate() {
        // The server names its session in the same message as BEGIN. To pgbench that would be a message of its own, so the
        // limit does without the name, to its advantage.
        let (sql, _) = statement.sql.split_once(NAMING).unwrap_or((&statement.sql, ""));
        let mut sql = sql.to_owned();
        // The last first: `$1` is the beginning of `$10`.
        for (index, value) in statement.values.iter().enumerate().rev() {
            let expression = match value {
                None => "NULL".to_owned(),
                Some(value) => array(&mut fresh, value)
                    .or_else(|| fresh.expression(value))
                    .unwrap_or_else(|| {
                        let variable = format!("{name}_{place}_{index}");
                        script.variables.push((variable.clone(), value.clone()));
                        format!(":{variable}")
                    }),
            };
            sql = sql.replace(&format!("${}", index + 1), &expression);
        }
        let _ = writeln!(body, "{};", sql.replace('\n', " ").trim_end_matches(';'));
    }
    if let Some(numbers) = &changing.numbers {
        // Numbers that end on 4 and 9 are of an estate outside the caller's scope.
        let _ = writeln!(
            script.text,
            "\\set n random({}, {}) / 5 * 5",
            numbers.start(),
            numbers.end()
        );
    }
    if fresh.used() {
        script.text.push_str("\\set q :q + 1\n");
    }
    script.text.push_str(&body);
    script
}

/// An array of ids of which some differ from one transaction to the next.
fn array(fresh: &mut Fresh<'_>, value: &str) -> Option<String> {
    let elements = value.strip_prefix('{')?.strip_suffix('}')?.split(',');
    let mut differs = false;
    let made: Vec<String> = elements
        .map(|element| match fresh.expression(element) {
            Some(expression) => {
                differs = true;
                expression
            }
            None => format!("'{}'::uuid", element.replace('\'', "''")),
        })
        .collect();
    differs.then(|| format!("ARRAY[{}]", made.join(", ")))
}

/// Values that belong to this request alone.
struct Fresh<'a> {
    changing: &'a Changing,
    ids: Vec<Uuid>,
    texts: Vec<String>,
}

impl<'a> Fresh<'a> {
    const fn new(changing: &'a Changing) -> Self {
        Self {
            changing,
            ids: Vec::new(),
            texts: Vec::new(),
        }
    }

    fn used(&self) -> bool {
        !self.ids.is_empty() || !self.texts.is_empty()
    }

    /// What chooses or makes such a value anew; `None` for one that is the same every time.
    fn expression(&mut self, value: &str) -> Option<String> {
        if let Some(expression) = self.changing.chosen.get(value) {
            return Some((*expression).to_owned());
        }
        let since = self.changing.since_ms?;
        // Without the braces that the parser allows: those are an array of one.
        if let Ok(id) = Uuid::parse_str(value)
            && !value.starts_with('{')
        {
            let made = id.get_timestamp()?.to_unix().0;
            if i64::try_from(made).ok()? < since / 1000 {
                return None;
            }
            let place = self.ids.iter().position(|known| *known == id).unwrap_or_else(|| {
                self.ids.push(id);
                self.ids.len() - 1
            });
            return Some(format!("bench.fresh_id(:q, :client_id, {place})"));
        }
        let number = is_business_number(value);
        if self.changing.key.as_deref() == Some(value) || number {
            if !self.texts.iter().any(|known| known == value) {
                self.texts.push(value.to_owned());
            }
            return Some("bench.fresh_text(:q, :client_id)".to_owned());
        }
        None
    }
}

/// `BX2026-000123`
fn is_business_number(value: &str) -> bool {
    value.split_once('-').is_some_and(|(series, number)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (letters, year) = series.split_at(series.len().saturating_sub(4));
        let capitals = !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_uppercase());
        number.len() >= 6 && digits(number) && digits(year) && capitals
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(sql: &str, values: &[Option<&str>]) -> Statement {
        Statement {
            sql: sql.to_owned(),
            values: values.iter().map(|value| value.map(ToOwned::to_owned)).collect(),
        }
    }

    #[test]
    fn constants_become_variables_null_stays_and_the_tenth_value_is_not_the_first() {
        let values = [
            Some("a"),
            None,
            Some("c"),
            Some("d"),
            Some("e"),
            Some("f"),
            Some("g"),
            Some("h"),
            Some("i"),
            Some("j"),
        ];
        let made = script("s", &[statement("SELECT $1, $2, $10", &values)], &Changing::default());
        assert_eq!(made.text, "SELECT :s_0_0, NULL, :s_0_9;\n");
        assert!(made.variables.contains(&("s_0_9".to_owned(), "j".to_owned())));
    }

    #[test]
    fn a_chosen_record_is_chosen_anew_in_every_transaction() {
        let changing = Changing {
            chosen: HashMap::from([("x".to_owned(), "bench.order_id(:n)")]),
            numbers: Some(1..=9),
            ..Changing::default()
        };
        let made = script(
            "s",
            &[statement("SELECT $1, $2", &[Some("x"), Some("{x,y}")])],
            &changing,
        );
        let line = "SELECT bench.order_id(:n), ARRAY[bench.order_id(:n), 'y'::uuid];";
        assert_eq!(made.text, format!("\\set n random(1, 9) / 5 * 5\n{line}\n"));
        assert!(made.variables.is_empty());
    }

    #[test]
    fn ids_keys_and_numbers_made_for_the_request_are_fresh_and_the_same_throughout_it() {
        let (old, new) = ("01890000-0000-7000-8000-000000000000", Uuid::now_v7().to_string());
        let changing = Changing {
            key: Some("key".to_owned()),
            since_ms: Some(chrono::Utc::now().timestamp_millis() - 1000),
            ..Changing::default()
        };
        let values = [
            Some(old),
            Some(new.as_str()),
            Some("key"),
            Some("BX2026-000123"),
            Some("2026-000123"),
        ];
        let insert = statement("INSERT INTO t VALUES ($1, $2, $3, $4, $5)", &values);
        let made = script("s", &[insert.clone(), insert], &changing);
        let line = "INSERT INTO t VALUES (:s_0_0, bench.fresh_id(:q, :client_id, 0), bench.fresh_text(:q, :client_id), \
                    bench.fresh_text(:q, :client_id), :s_0_4);";
        let lines: Vec<&str> = made.text.lines().collect();
        assert_eq!(lines, ["\\set q :q + 1", line, &line.replace("s_0", "s_1")]);
    }
}
