//! No licence enters that `deny.toml` does not allow: cargo-deny when it is installed, else the same rule over what cargo and
//! npm say themselves.

use crate::Outcome;
use crate::project::{cargo, execute, output_of, root};
use crate::tools::first_line;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// Fails with the packages whose licence is not allowed.
pub(crate) fn check() -> Outcome {
    if first_line(&mut cargo(&["deny", "--version"])).is_some() {
        execute(cargo(&["deny", "check", "licenses", "bans", "sources"]))?;
        return report(forbidden_npm_packages(&allowed()?)?);
    }
    let allowed = allowed()?;
    let metadata = output_of(cargo(&["metadata", "--format-version", "1", "--locked"]))?;
    let mut forbidden = forbidden_crates(&metadata, &allowed)?;
    forbidden.extend(forbidden_npm_packages(&allowed)?);
    report(forbidden)
}

fn report(forbidden: Vec<String>) -> Outcome {
    if forbidden.is_empty() {
        return Ok(());
    }
    Err(format!(
        "licences that deny.toml does not allow:\n  {}",
        forbidden.join("\n  ")
    ))
}

fn allowed() -> Outcome<BTreeSet<String>> {
    let text =
        fs::read_to_string(root().join("deny.toml")).map_err(|error| format!("cannot read deny.toml: {error}"))?;
    let settings: toml::Table = text.parse().map_err(|error| format!("deny.toml: {error}"))?;
    let list = settings
        .get("licenses")
        .and_then(|licences| licences.get("allow"))
        .and_then(toml::Value::as_array);
    let names = list
        .ok_or("deny.toml has no list licenses.allow")?
        .iter()
        .filter_map(toml::Value::as_str);
    Ok(names.map(str::to_owned).collect())
}

fn forbidden_crates(metadata: &str, allowed: &BTreeSet<String>) -> Outcome<Vec<String>> {
    let metadata: Value = serde_json::from_str(metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let packages = metadata["packages"]
        .as_array()
        .ok_or("cargo metadata lists no packages")?;
    Ok(packages
        .iter()
        .filter_map(|package| verdict(&package["name"], &package["license"], allowed))
        .collect())
}

/// Packages that go into the SPA; what only builds and tests it does not reach a user.
fn forbidden_npm_packages(allowed: &BTreeSet<String>) -> Outcome<Vec<String>> {
    let path = root().join("frontend/package-lock.json");
    let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let lock: Value = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let packages = lock["packages"]
        .as_object()
        .ok_or("package-lock.json lists no packages")?;
    let delivered = packages
        .iter()
        .filter(|(path, package)| !path.is_empty() && package["dev"] != Value::Bool(true));
    Ok(delivered
        .filter_map(|(path, package)| verdict(&Value::from(path.as_str()), &package["license"], allowed))
        .collect())
}

fn verdict(name: &Value, licence: &Value, allowed: &BTreeSet<String>) -> Option<String> {
    let expression = licence.as_str().unwrap_or("none named");
    let fine = Expression::new(expression).is_allowed(allowed);
    (!fine).then(|| format!("{}: {expression}", name.as_str().unwrap_or("?")))
}

/// An SPDX expression: `MIT OR Apache-2.0`, `(MIT OR Apache-2.0) AND Unicode-3.0`, and the old `MIT/Apache-2.0`.
struct Expression {
    words: std::iter::Peekable<std::vec::IntoIter<String>>,
}

impl Expression {
    fn new(text: &str) -> Self {
        let spaced = text.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
        let words: Vec<String> = spaced.split_whitespace().map(str::to_owned).collect();
        Self {
            words: words.into_iter().peekable(),
        }
    }

    fn is_allowed(&mut self, allowed: &BTreeSet<String>) -> bool {
        self.any(allowed) && self.words.peek().is_none()
    }

    fn any(&mut self, allowed: &BTreeSet<String>) -> bool {
        let mut fine = self.all(allowed);
        while self.words.next_if_eq("OR").is_some() {
            fine |= self.all(allowed);
        }
        fine
    }

    fn all(&mut self, allowed: &BTreeSet<String>) -> bool {
        let mut fine = self.one(allowed);
        while self.words.next_if_eq("AND").is_some() {
            fine &= self.one(allowed);
        }
        fine
    }

    fn one(&mut self, allowed: &BTreeSet<String>) -> bool {
        let Some(mut name) = self.words.next() else {
            return false;
        };
        if name == "(" {
            let fine = self.any(allowed);
            return self.words.next_if_eq(")").is_some() && fine;
        }
        if self.words.next_if_eq("WITH").is_some() {
            let exception = self.words.next().unwrap_or_default();
            // Whoever allows the licence allows it with an exception that only gives more freedom.
            if allowed.contains(&name) {
                return true;
            }
            name = format!("{name} WITH {exception}");
        }
        allowed.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_allowed(expression: &str) -> bool {
        let allowed = ["MIT", "Apache-2.0", "Unicode-3.0"].map(str::to_owned).into();
        Expression::new(expression).is_allowed(&allowed)
    }

    #[test]
    fn a_choice_is_fine_when_one_side_is_and_a_sum_only_when_all_are() {
        assert!(is_allowed("MIT"));
        assert!(is_allowed("GPL-3.0 OR MIT"));
        assert!(is_allowed("GPL-3.0/MIT"));
        assert!(!is_allowed("GPL-3.0 AND MIT"));
        assert!(is_allowed("(MIT OR GPL-2.0) AND Unicode-3.0"));
        assert!(!is_allowed("(LGPL-2.1 OR GPL-2.0) AND Unicode-3.0"));
        assert!(is_allowed("LGPL-2.1-or-later OR Apache-2.0 WITH LLVM-exception"));
    }

    #[test]
    fn no_licence_an_unknown_one_and_a_broken_expression_are_refused() {
        assert!(!is_allowed("none named"));
        assert!(!is_allowed(""));
        assert!(!is_allowed("MIT AND"));
        assert!(!is_allowed("(MIT"));
        assert!(!is_allowed("MIT MIT"));
    }

    #[test]
    fn a_forbidden_crate_is_named_with_its_licence() {
        let metadata = r#"{"packages": [{"name": "good", "license": "MIT"}, {"name": "bad", "license": "AGPL-3.0"}]}"#;
        let allowed = ["MIT".to_owned()].into();
        assert_eq!(
            forbidden_crates(metadata, &allowed),
            Ok(vec!["bad: AGPL-3.0".to_owned()])
        );
    }
}
