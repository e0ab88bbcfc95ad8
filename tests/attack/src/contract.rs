//! What the product says of itself: the operations of the contract, and who may do them.

use std::collections::{BTreeMap, HashMap};

use reqwest::Method;
use serde_json::Value;

/// An operation of `openapi.json`.
#[derive(Clone, Debug)]
pub struct Operation {
    pub name: String,
    pub method: Method,
    /// Below `/api/v1`, with its parameters in braces.
    pub path: String,
    /// Permission code, or `public`.
    pub permission: String,
    /// The schema of its JSON body.
    pub body: Option<Value>,
    /// Its query parameters: name, schema, whether it must be there.
    pub query: Vec<(String, Value, bool)>,
    /// The schema of what it answers with.
    pub answer: Value,
}

impl Operation {
    /// Names of the parameters in the path.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
    }

    /// Whether it names a record by its id.
    pub fn takes_an_id(&self) -> bool {
        self.parameters().any(|name| name == "id")
    }

    /// What the id is the id of: the segment before it.
    pub fn kind(&self) -> &str {
        let (before, _) = self.path.split_once("/{").unwrap_or((&self.path, ""));
        before.trim_start_matches('/')
    }

    /// The path with each parameter in its place.
    pub fn at(&self, value: impl Fn(&str) -> String) -> String {
        let mut path = self.path.clone();
        for name in self.parameters() {
            path = path.replace(&format!("{{{name}}}"), &value(name));
        }
        path
    }
}

/// The contract that is checked in; a test elsewhere holds it to what the server serves.
pub struct Contract {
    document: Value,
    pub operations: Vec<Operation>,
}

impl Contract {
    pub fn read() -> Self {
        let document: Value =
            serde_json::from_str(include_str!("../../../openapi/openapi.json")).expect("the contract");
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("an item") {
                let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                let answers = operation["responses"].as_object().expect("responses");
                let good = answers.iter().find(|(status, _)| status.starts_with('2'));
                operations.push(Operation {
                    name: word(operation, "operationId"),
                    method: method.to_uppercase().parse().expect("a method"),
                    path: path.strip_prefix("/api/v1").unwrap_or(path).to_owned(),
                    permission: word(operation, "x-permission"),
                    body: schema.is_object().then(|| schema.clone()),
                    query: parameters
                        .filter(|parameter| parameter["in"] == "query")
                        .map(|parameter| {
                            let required = parameter["required"] == true;
                            (word(parameter, "name"), parameter["schema"].clone(), required)
                        })
                        .collect(),
                    answer: good.map_or(Value::Null, |(_, answer)| {
                        answer["content"]["application/json"]["schema"].clone()
                    }),
                });
            }
        }
        Self { document, operations }
    }

    /// Operations for somebody with a permission.
    pub fn guarded(&self) -> impl Iterator<Item = &Operation> {
        self.operations
            .iter()
            .filter(|operation| operation.permission != "public")
    }

    pub fn operation(&self, name: &str) -> &Operation {
        let mut all = self.operations.iter();
        all.find(|operation| operation.name == name)
            .expect("an operation of the contract")
    }

    /// The name of the schema that is referred to, "or null" left out.
    pub fn name<'a>(&'a self, schema: &'a Value) -> Option<&'a str> {
        let reference = schema["$ref"].as_str().or_else(|| real(schema)?["$ref"].as_str())?;
        reference.rsplit('/').next()
    }

    /// What a schema says in the end: references followed, "or null" left out.
    pub fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        if let Some(name) = schema["$ref"]
            .as_str()
            .and_then(|reference| reference.rsplit('/').next())
        {
            return self.resolved(&self.document["components"]["schemas"][name]);
        }
        real(schema).map_or(schema, |only| self.resolved(only))
    }
}

/// The one alternative of a schema that is not null.
fn real(schema: &Value) -> Option<&Value> {
    let several = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array())?;
    let mut real = several.iter().filter(|one| one["type"] != "null");
    real.next().filter(|_| real.next().is_none())
}

fn word(value: &Value, name: &str) -> String {
    value[name].as_str().expect("a word").to_owned()
}

/// How far a post's right to an operation goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    Own,
    Line,
    Estate,
    Company,
}

/// `docs/authorization.md`: operation → post → reach. A test elsewhere holds it to the rules in the code.
pub struct Matrix {
    pub posts: Vec<String>,
    rows: BTreeMap<String, HashMap<String, Reach>>,
}

impl Matrix {
    pub fn read() -> Self {
        let text = include_str!("../../../docs/authorization.md");
        let mut lines = text.lines().filter_map(|line| line.strip_prefix('|')).map(|line| {
            let cells = line.trim_end_matches('|').split('|').map(|cell| cell.trim().to_owned());
            cells.collect::<Vec<_>>()
        });
        let posts = lines.next().expect("a heading").split_off(2);
        let rows = lines.skip(1).map(|mut cells| {
            let reaches = cells.split_off(2);
            let reaches = posts.iter().zip(reaches).filter_map(|(post, letter)| {
                let reach = match letter.as_str() {
                    "o" => Reach::Own,
                    "l" => Reach::Line,
                    "e" => Reach::Estate,
                    "c" => Reach::Company,
                    _ => return None,
                };
                Some((post.clone(), reach))
            });
            (cells.swap_remove(0), reaches.collect())
        });
        let rows = rows.collect();
        Self { posts, rows }
    }

    pub fn reach(&self, operation: &str, post: &str) -> Option<Reach> {
        self.rows
            .get(operation)
            .expect("an operation in the matrix")
            .get(post)
            .copied()
    }
}
