//! docs/curl.md: its commands are run as printed, and answer as printed.

use std::fmt::Write as _;

use wuye_stage::{Place, Server, bash};

const GUIDE: &str = include_str!("../../../../docs/curl.md");

/// A block of commands, with the answer printed under it.
struct Step {
    line: usize,
    commands: String,
    answer: Option<String>,
}

fn steps() -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut lines = GUIDE.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else {
            continue;
        };
        let mut text = String::new();
        for (_, line) in lines.by_ref().take_while(|(_, line)| *line != "```") {
            text.push_str(line);
            text.push('\n');
        }
        match kind {
            "sh" => steps.push(Step {
                line: at + 2,
                commands: text,
                answer: None,
            }),
            "text" => {
                let step = steps.last_mut().expect("commands before an answer");
                assert!(step.answer.replace(text).is_none(), "two answers at line {}", at + 1);
            }
            other => panic!("a block of kind {other} at line {}", at + 1),
        }
    }
    steps
}

/// Whether a line is the one printed; `…` stands for anything.
fn fits(printed: &str, line: &str) -> bool {
    let mut parts = printed.split('…').filter(|part| !part.is_empty());
    if !printed.contains('…') {
        return printed == line;
    }
    let mut rest = line;
    if !printed.starts_with('…') {
        let Some(after) = parts.next().and_then(|first| rest.strip_prefix(first)) else {
            return false;
        };
        rest = after;
    }
    let mut last = "";
    for part in parts {
        last = part;
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    printed.ends_with('…') || rest.is_empty() || line.ends_with(last)
}

/// A line of `……` alone stands for any number of lines.
fn answers(printed: &str, output: &str) -> bool {
    let (mut printed, mut lines) = (printed.lines().peekable(), output.lines());
    while let Some(line) = printed.next() {
        if line == "……" {
            let Some(next) = printed.peek() else { return true };
            if !lines.by_ref().any(|line| fits(next, line)) {
                return false;
            }
            printed.next();
            continue;
        }
        if !lines.next().is_some_and(|given| fits(line, given)) {
            return false;
        }
    }
    lines.next().is_none()
}

const MARK: &str = "=== step ";

#[test]
fn an_administrator_gets_by_curl_from_setup_to_the_goals_of_the_year() {
    let steps = steps();
    assert!(steps.len() > 25, "{} blocks", steps.len());
    let place = Place::new();
    let server = Server::start(&place, &["--workers", "1"]);
    let mut script = String::from("set -euo pipefail\n");
    for (number, step) in steps.iter().enumerate() {
        let _ = writeln!(
            script,
            "echo '{MARK}{number}'; echo '{MARK}{number}' >&2\n{}",
            step.commands
        );
    }
    let code = server.code.clone().expect("a code for the first login");
    let work = place.folder().join("work");
    std::fs::create_dir(&work).expect("a folder");
    let said = bash(
        &place.file("guide.sh", script),
        &work,
        &[("WUYE", &server.base), ("SETUP_CODE", &code)],
    );
    let outputs: Vec<&str> = said.out.split(MARK).skip(1).collect();
    let errors: Vec<&str> = said.err.split(MARK).skip(1).collect();
    for (number, step) in steps.iter().enumerate() {
        let block = |texts: &[&str]| -> String {
            texts
                .get(number)
                .and_then(|text| text.split_once('\n'))
                .map(|(_, text)| text.to_owned())
                .unwrap_or_default()
        };
        let ran = said.ok || number + 1 < outputs.len();
        let (output, error) = (block(&outputs), block(&errors));
        assert!(
            ran,
            "the commands at line {} of docs/curl.md fail:\n{output}{error}\n{}",
            step.line,
            server.log()
        );
        if let Some(answer) = &step.answer {
            assert!(
                answers(answer, &output),
                "docs/curl.md, line {}, prints\n{answer}\nbut the answer is\n{output}{error}",
                step.line
            );
        }
    }
    assert!(server.stop().success());
}

#[test]
fn an_answer_is_compared_line_by_line() {
    assert!(answers("a\n", "a\n") && !answers("a\n", "b\n") && !answers("a\n", "a\nb\n") && !answers("a\nb\n", "a\n"));
    assert!(answers("x…z\n", "x12z\n") && !answers("x…z\n", "x12\n") && answers("…\n", "anything\n"));
    assert!(
        answers("a\n……\n", "a\nb\nc\n") && answers("a\n……\nd\n", "a\nb\nc\nd\n") && !answers("a\n……\nd\n", "a\nb\n")
    );
}
