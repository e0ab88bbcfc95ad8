//! The operations of the contract by method and path: what a request is called before it is routed, and which methods a path
//! takes.

use std::sync::{Arc, OnceLock};

use actix_web::http::Method;

use crate::{
    contract::Outline,
    metrics::{Figures, Metrics},
};

/// The name of everything outside the contract: pages of the browser program, unknown addresses.
const OTHER: &str = "other";

/// Where the figures of the server are read: no part of the contract, but asked often enough to be told apart.
pub const METRICS: &str = "/metrics";

/// One operation, and its figures from its first request on.
#[derive(Debug)]
pub struct Operation {
    id: Arc<str>,
    figures: OnceLock<Figures>,
}

impl Operation {
    fn named(id: &str) -> Arc<Self> {
        Arc::new(Self {
            id: id.into(),
            figures: OnceLock::new(),
        })
    }

    /// Its operationId.
    #[must_use]
    pub fn id(&self) -> Arc<str> {
        self.id.clone()
    }

    /// Whether it stands for everything outside the contract.
    #[must_use]
    pub fn is_other(&self) -> bool {
        &*self.id == OTHER
    }

    /// Where it is counted; looked up by name only once.
    pub fn figures(&self, metrics: &Metrics) -> &Figures {
        self.figures.get_or_init(|| metrics.of_operation(&self.id))
    }
}

/// All of them.
#[derive(Debug)]
pub struct Operations {
    paths: matchit::Router<Vec<(Method, Arc<Operation>)>>,
    other: Arc<Operation>,
}

impl Operations {
    /// From the outline of the document.
    ///
    /// # Panics
    /// When two paths of the contract are the same but for the names of their parameters: a fault of the build, and every
    /// start would show it.
    #[must_use]
    #[allow(clippy::expect_used, reason = "the contract is part of the build")]
    pub fn of(outline: &Outline) -> Self {
        let mut paths = matchit::Router::new();
        for (path, methods) in &outline.paths {
            let operations = methods
                .iter()
                .filter_map(|(method, operation)| {
                    let method = method.to_uppercase().parse().ok()?;
                    Some((method, Operation::named(&operation.operation_id)))
                })
                .collect();
            paths.insert(nameless(path), operations).expect("distinct paths");
        }
        let metrics = vec![(Method::GET, Operation::named("metrics"))];
        paths.insert(METRICS, metrics).expect("a path of its own");
        Self {
            paths,
            other: Operation::named(OTHER),
        }
    }

    /// The operation of a request.
    #[must_use]
    pub fn find(&self, method: &Method, path: &str) -> &Arc<Operation> {
        let found = self.at(path).iter().find(|(of, _)| of == method);
        found.map_or(&self.other, |(_, operation)| operation)
    }

    /// The methods that a path takes, as the header `Allow` names them; none for one outside the contract.
    #[must_use]
    pub fn allow(&self, path: &str) -> Option<String> {
        let methods: Vec<&str> = self.at(path).iter().map(|(method, _)| method.as_str()).collect();
        (!methods.is_empty()).then(|| methods.join(", "))
    }

    fn at(&self, path: &str) -> &[(Method, Arc<Operation>)] {
        self.paths.at(path).map_or(&[], |found| found.value.as_slice())
    }
}

/// The path with its parameters numbered: at one place they have several names, which the router takes for a contradiction.
fn nameless(path: &str) -> String {
    let numbered = path.split('/').enumerate().map(|(place, part)| {
        if part.starts_with('{') {
            format!("{{p{place}}}")
        } else {
            part.to_owned()
        }
    });
    numbered.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_called_by_its_operation() {
        let operations = crate::contract::Contract::default().operations;
        for (method, path, id) in [
            (Method::GET, "/api/v1/cases/0197", "get_case"),
            (Method::POST, "/api/v1/cases/0197/assign", "assign_case"),
            (Method::GET, "/api/v1/cases/export", "export_cases"),
            (Method::GET, "/healthz", "healthz"),
            (Method::GET, METRICS, "metrics"),
            (Method::DELETE, "/api/v1/cases/0197", OTHER),
            (Method::GET, "/api/v1/cases//", OTHER),
            (Method::GET, "/login", OTHER),
        ] {
            assert_eq!(&*operations.find(&method, path).id, id, "{method} {path}");
        }
        assert_eq!(operations.allow("/healthz").as_deref(), Some("GET"));
        assert_eq!(operations.allow("/api/v1/posts/export").as_deref(), Some("GET"));
        assert_eq!(operations.allow("/login"), None);
    }
}
