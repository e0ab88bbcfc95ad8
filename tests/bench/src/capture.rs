//! Which statements the server runs for a request, read from the database's own log.

use wuye_stage::Person;

use crate::{
    Outcome,
    requests::{Request, send},
    site::{Site, pause},
};

/// A statement with the values it was run with; `None` is NULL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// As the server wrote it, with `$1`, `$2` …
    pub sql: String,
    /// Its values.
    pub values: Vec<Option<String>>,
}

/// What one request did.
#[derive(Clone, Debug, Default)]
pub struct Captured {
    /// In their order, from BEGIN to COMMIT where there is a transaction.
    pub statements: Vec<Statement>,
    /// Statements that were prepared anew although the same request had been sent before on the same connection.
    pub prepared_anew: Vec<String>,
}

/// Makes the database log every statement of the server with its values; `restart` the site afterwards. Set for the role and
/// not on the server, since the private database puts its own settings on the command line.
pub async fn log_everything(site: &Site, on: bool) -> Outcome {
    let sql = site.sql().await?;
    let change = if on {
        "ALTER ROLE wuye SET log_min_duration_statement = 0; ALTER ROLE wuye SET log_error_verbosity = 'default'"
    } else {
        "ALTER ROLE wuye RESET log_min_duration_statement; ALTER ROLE wuye RESET log_error_verbosity"
    };
    sql.batch_execute(change).await?;
    Ok(())
}

/// Sends the request, and tells what the database saw. `marks` are values that this request alone carries: they tell its
/// connection from those of the server's own work.
pub async fn capture(site: &Site, person: &Person, request: &Request, marks: &[String]) -> Outcome<Captured> {
    // The statements that can be kept prepared are, on the one connection that requests one after the other use.
    for _ in 0..3 {
        send(person, request, &format!("warm-{}", uuid::Uuid::new_v4())).await?;
    }
    pause(300).await;
    let before = site.database_log()?.len();
    send(person, request, &request.key).await?;
    pause(300).await;
    let log = site.database_log()?;
    let captured = read(&log[before..], marks);
    if captured.statements.is_empty() {
        return Err(format!("the database logged no statement of {}", request.path).into());
    }
    Ok(captured)
}

struct Line {
    pid: String,
    phase: Phase,
    sql: String,
    values: Vec<Option<String>>,
}

#[derive(PartialEq, Eq)]
enum Phase {
    Parse,
    Execute,
    Other,
}

/// Reads a piece of the log and keeps the lines of the connection that a mark was seen on.
fn read(log: &str, marks: &[String]) -> Captured {
    let lines = lines(log);
    let marked = |line: &&Line| {
        let seen = |text: &String| marks.iter().any(|mark| text.contains(mark));
        line.phase == Phase::Execute && line.values.iter().flatten().any(seen)
    };
    let Some(pid) = lines.iter().find(marked).map(|line| line.pid.clone()) else {
        return Captured::default();
    };
    let mut captured = Captured::default();
    for line in lines.into_iter().filter(|line| line.pid == pid) {
        match line.phase {
            Phase::Parse => captured.prepared_anew.push(line.sql),
            Phase::Execute => captured.statements.push(Statement {
                sql: line.sql,
                values: line.values,
            }),
            Phase::Other => {}
        }
    }
    captured
}

/// The statements of a log whose lines begin `<day> <time> <zone> [<pid>] <session> LOG:  duration: <n> ms  execute s1: `.
fn lines(log: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    for text in joined(log) {
        let Some((pid, rest)) = text
            .split_once('[')
            .and_then(|(_, rest)| rest.split_once("] "))
            .filter(|(pid, _)| pid.bytes().all(|byte| byte.is_ascii_digit()))
        else {
            continue;
        };
        // Before the message stands the name of the session.
        if let Some((_, details)) = rest.split_once("DETAIL:  parameters: ") {
            if let Some(last) = found.iter_mut().rev().find(|line| line.pid == pid) {
                last.values = values(details);
            }
        } else if let Some((_, statement)) = rest
            .split_once("LOG:  duration: ")
            .and_then(|(_, rest)| rest.split_once(" ms  "))
        {
            let (phase, sql) = statement.split_once(": ").unwrap_or(("", statement));
            found.push(Line {
                pid: pid.to_owned(),
                phase: match phase.split_whitespace().next() {
                    Some("parse") => Phase::Parse,
                    Some("execute" | "statement") => Phase::Execute,
                    _ => Phase::Other,
                },
                sql: sql.to_owned(),
                values: Vec::new(),
            });
        }
    }
    found
}

/// A message of several lines has a tab before all but the first.
fn joined(log: &str) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    for line in log.lines() {
        match (line.strip_prefix('\t'), whole.last_mut()) {
            (Some(more), Some(last)) => {
                last.push('\n');
                last.push_str(more);
            }
            _ => whole.push(line.to_owned()),
        }
    }
    whole
}

/// `$1 = 'it''s', $2 = NULL`
fn values(details: &str) -> Vec<Option<String>> {
    let mut values = Vec::new();
    let mut rest = details;
    while let Some((_, after)) = rest.split_once(" = ") {
        let Some(quoted) = after.strip_prefix('\'') else {
            values.push(None);
            rest = after.strip_prefix("NULL").unwrap_or("");
            continue;
        };
        let mut value = String::new();
        let mut characters = quoted.char_indices().peekable();
        let mut end = quoted.len();
        while let Some((at, character)) = characters.next() {
            if character != '\'' {
                value.push(character);
            } else if characters.next_if(|(_, next)| *next == '\'').is_some() {
                value.push('\'');
            } else {
                end = at + 1;
                break;
            }
        }
        values.push(Some(value));
        rest = &quoted[end..];
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "\
2026-01-02 03:04:05.678 UTC [7] wuye LOG:  duration: 0.010 ms  statement: BEGIN
2026-01-02 03:04:05.678 UTC [9] wuye LOG:  duration: 0.010 ms  execute s3: SELECT kind FROM jobs
2026-01-02 03:04:05.678 UTC [7] wuye LOG:  duration: 0.010 ms  parse s9: UPDATE t SET a = $1
2026-01-02 03:04:05.678 UTC [7] wuye LOG:  duration: 0.010 ms  bind s9: UPDATE t SET a = $1
2026-01-02 03:04:05.678 UTC [7] DETAIL:  parameters: $1 = 'mark'
2026-01-02 03:04:05.678 UTC [7] wuye LOG:  duration: 0.010 ms  execute s9: UPDATE t SET a = $1, b = $2,
\tc = $3
2026-01-02 03:04:05.678 UTC [7] DETAIL:  parameters: $1 = 'it''s, $2 = mark', $2 = NULL, $3 = '{a,b}'
2026-01-02 03:04:05.678 UTC [7] wuye LOG:  duration: 0.010 ms  statement: COMMIT
";

    #[test]
    fn a_request_is_told_from_the_servers_own_work_and_its_values_are_read_as_they_were() {
        let captured = read(LOG, &["mark".to_owned()]);
        let of = |sql: &str, values: &[Option<&str>]| Statement {
            sql: sql.to_owned(),
            values: values.iter().map(|value| value.map(ToOwned::to_owned)).collect(),
        };
        assert_eq!(
            captured.statements,
            [
                of("BEGIN", &[]),
                of(
                    "UPDATE t SET a = $1, b = $2,\nc = $3",
                    &[Some("it's, $2 = mark"), None, Some("{a,b}")]
                ),
                of("COMMIT", &[]),
            ]
        );
        assert_eq!(captured.prepared_anew, ["UPDATE t SET a = $1"]);
    }

    #[test]
    fn without_its_mark_nothing_is_taken_for_the_request() {
        assert!(read(LOG, &["another".to_owned()]).statements.is_empty());
    }
}
