//! What was measured: a table on the screen, and the same as JSON.

use serde_json::{Value, json};
use std::{error::Error, fmt::Write, fs, path::Path};

use crate::Outcome;

/// What a figure should reach.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// At least this much.
    AtLeast(f64),
    /// At most this much.
    AtMost(f64),
}

impl Target {
    fn met(self, value: f64) -> bool {
        match self {
            Self::AtLeast(least) => value >= least,
            Self::AtMost(most) => value <= most,
        }
    }
}

/// One line of the table.
#[derive(Clone, Debug)]
struct Figure {
    part: &'static str,
    what: String,
    value: f64,
    unit: &'static str,
    target: Option<Target>,
}

/// All figures of a run.
#[derive(Debug)]
pub struct Report {
    judged: bool,
    figures: Vec<Figure>,
    details: Vec<(String, Value)>,
    failures: Vec<String>,
}

impl Report {
    /// An empty one. What is not judged has no targets: a small run reaches none and misses none.
    pub fn new(judged: bool) -> Self {
        Self {
            judged,
            figures: Vec::new(),
            details: Vec::new(),
            failures: Vec::new(),
        }
    }

    /// A figure that nothing is asked of.
    pub fn figure(&mut self, part: &'static str, what: impl Into<String>, value: f64, unit: &'static str) {
        self.add(part, what.into(), value, unit, None);
    }

    /// A figure with its target.
    pub fn against(
        &mut self,
        part: &'static str,
        what: impl Into<String>,
        value: f64,
        unit: &'static str,
        target: Target,
    ) {
        self.add(part, what.into(), value, unit, self.judged.then_some(target));
    }

    fn add(&mut self, part: &'static str, what: String, value: f64, unit: &'static str, target: Option<Target>) {
        let figure = Figure {
            part,
            what,
            value,
            unit,
            target,
        };
        println!("{}", line(&figure));
        self.figures.push(figure);
    }

    /// What lies behind a figure, for the file only.
    pub fn detail(&mut self, name: impl Into<String>, value: Value) {
        self.details.push((name.into(), value));
    }

    /// A part that could not be measured, and why.
    pub fn failure(&mut self, part: &str, why: &(dyn Error + 'static)) {
        let mut said = why.to_string();
        let mut cause = why.source();
        while let Some(error) = cause {
            let _ = write!(said, ": {error}");
            cause = error.source();
        }
        let why = said;
        println!("{part}: not measured: {why}");
        self.failures.push(format!("{part}: {why}"));
    }

    /// Whether every part was measured, whatever the figures.
    pub fn complete(&self) -> bool {
        self.failures.is_empty()
    }

    /// The table.
    pub fn table(&self) -> String {
        let mut table = String::new();
        for figure in &self.figures {
            let _ = writeln!(table, "{}", line(figure));
        }
        for failure in &self.failures {
            let _ = writeln!(table, "not measured: {failure}");
        }
        let judged = self
            .figures
            .iter()
            .filter_map(|figure| Some(figure.target?.met(figure.value)));
        let (met, missed): (Vec<bool>, Vec<bool>) = judged.partition(|met| *met);
        let _ = write!(table, "targets: {} met, {} missed", met.len(), missed.len());
        table
    }

    /// Writes everything as JSON.
    pub fn write(&self, file: &Path, machine: Value) -> Outcome {
        let figures: Vec<Value> = self
            .figures
            .iter()
            .map(|figure| {
                let (least, most) = match figure.target {
                    Some(Target::AtLeast(least)) => (Some(least), None),
                    Some(Target::AtMost(most)) => (None, Some(most)),
                    None => (None, None),
                };
                json!({
                    "part": figure.part, "what": figure.what, "value": figure.value, "unit": figure.unit,
                    "at_least": least, "at_most": most, "met": figure.target.map(|target| target.met(figure.value)),
                })
            })
            .collect();
        let details: serde_json::Map<String, Value> = self.details.iter().cloned().collect();
        let all = json!({ "machine": machine, "figures": figures, "not_measured": self.failures, "details": details });
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, serde_json::to_string_pretty(&all)?)?;
        Ok(())
    }
}

fn line(figure: &Figure) -> String {
    let Figure {
        part,
        what,
        value,
        unit,
        target,
    } = figure;
    let digits = match value.abs() {
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        _ => 2,
    };
    let judged = target.map_or_else(String::new, |target| {
        let (sign, bound) = match target {
            Target::AtLeast(least) => ("≥", least),
            Target::AtMost(most) => ("≤", most),
        };
        let verdict = if target.met(*value) { "met" } else { "MISSED" };
        format!("  {sign} {bound}  {verdict}")
    });
    format!("{part:<10} {what:<58} {value:>10.digits$} {unit:<12}{judged}")
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_target_is_said_and_a_met_one_too() {
        let mut report = Report::new(true);
        report.against("limit", "GET", 0.55, "", Target::AtLeast(0.55));
        report.against("limit", "POST", 0.59, "", Target::AtLeast(0.6));
        report.against("limit", "memory", 61.0, "MB", Target::AtMost(60.0));
        report.figure("limit", "p99", 12.0, "ms");
        let table = report.table();
        let verdicts: Vec<bool> = table.lines().map(|line| line.ends_with("MISSED")).collect();
        assert_eq!(verdicts, [false, true, true, false, false], "{table}");
        assert!(table.ends_with("1 met, 2 missed"), "{table}");
    }
}
