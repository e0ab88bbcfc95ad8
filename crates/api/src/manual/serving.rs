//! Which operations serve which clause, as this build's own contract says it.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// An operation that serves a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ServingOperation {
    /// Its operationId.
    pub operation_id: String,
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// What it does, in a few words.
    pub summary: String,
}

/// Operations by the clauses they name.
#[derive(Debug, Default)]
pub struct Serving(HashMap<String, Vec<ServingOperation>>);

impl Serving {
    /// From the finished document.
    #[must_use]
    pub fn of(document: &Value) -> Self {
        let mut by_clause: HashMap<String, Vec<ServingOperation>> = HashMap::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let word = |field: &str| operation[field].as_str().unwrap_or_default().to_owned();
                for clause in operation["x-clauses"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                {
                    by_clause.entry(clause.to_owned()).or_default().push(ServingOperation {
                        operation_id: word("operationId"),
                        method: method.to_uppercase(),
                        path: path.clone(),
                        summary: word("summary"),
                    });
                }
            }
        }
        Self(by_clause)
    }

    /// The operations that name this clause, by path.
    #[must_use]
    pub fn operations(&self, clause: &str) -> &[ServingOperation] {
        self.0.get(clause).map_or(&[], Vec::as_slice)
    }

    /// Every clause that some operation names.
    pub fn clauses(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_found_by_each_clause_it_names() {
        let serving = Serving::of(&crate::document());
        let ids = |clause| {
            serving
                .operations(clause)
                .iter()
                .map(|it| it.operation_id.as_str())
                .collect::<Vec<_>>()
        };
        assert!(ids("POS-GUARD-08").contains(&"log_assistance"));
        assert!(ids("DER-X-2").contains(&"list_trail"));
        assert!(ids("no clause").is_empty());
    }
}
