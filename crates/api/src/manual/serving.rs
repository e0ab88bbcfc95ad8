//! Which operations serve which clause, as this build's own contract says it.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::contract::Outline;

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
    /// From the outline of the document.
    #[must_use]
    pub fn of(outline: &Outline) -> Self {
        let mut by_clause: HashMap<String, Vec<ServingOperation>> = HashMap::new();
        for (path, methods) in &outline.paths {
            for (method, operation) in methods {
                for clause in &operation.clauses {
                    by_clause.entry(clause.clone()).or_default().push(ServingOperation {
                        operation_id: operation.operation_id.clone(),
                        method: method.to_uppercase(),
                        path: path.clone(),
                        summary: operation.summary.clone(),
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
    use crate::contract::Contract;

    #[test]
    fn an_operation_is_found_by_each_clause_it_names() {
        let serving = Contract::default().serving;
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
