//! Bodies that fit their schema, so that a refusal is about what they name and not about how they look.

use serde_json::{Map, Value, json};

use crate::contract::Contract;

/// Makes bodies; `id` gives an id for a field by the name of its schema (`HouseId`) or, for plain ones, of the field.
pub struct Sample<'a, I: Fn(&str) -> String> {
    pub contract: &'a Contract,
    pub id: I,
}

impl<I: Fn(&str) -> String> Sample<'_, I> {
    /// What fits this schema: the required fields and nothing else.
    pub fn of(&self, schema: &Value) -> Value {
        self.field("", schema)
    }

    fn field(&self, field: &str, schema: &Value) -> Value {
        let name = self.contract.name(schema).unwrap_or(field);
        let schema = self.contract.resolved(schema);
        if let Some(choice) = schema["enum"].as_array().and_then(|choices| choices.first()) {
            return choice.clone();
        }
        if let Some(one) = schema["oneOf"].as_array().and_then(|all| all.first()) {
            return self.field(field, one);
        }
        let kind = match &schema["type"] {
            Value::Array(types) => types.iter().find(|kind| **kind != "null").and_then(Value::as_str),
            kind => kind.as_str(),
        };
        match kind {
            Some("string") => self.text(field, name, schema),
            Some("integer" | "number") => json!(schema["minimum"].as_i64().unwrap_or(1).max(1)),
            Some("boolean") => json!(true),
            Some("array") => json!([self.field(field, &schema["items"])]),
            _ => self.object(schema),
        }
    }

    fn object(&self, schema: &Value) -> Value {
        let mut body = Map::new();
        for all in schema["allOf"].as_array().into_iter().flatten() {
            if let Value::Object(part) = self.field("", all) {
                body.extend(part);
            }
        }
        let required = schema["required"].as_array().into_iter().flatten();
        for name in required.filter_map(Value::as_str) {
            body.insert(name.to_owned(), self.field(name, &schema["properties"][name]));
        }
        Value::Object(body)
    }

    fn text(&self, field: &str, name: &str, schema: &Value) -> Value {
        match schema["format"].as_str() {
            Some("uuid") => json!((self.id)(name)),
            Some("date") => json!("2026-12-01"),
            Some("date-time") => json!("2026-11-26T08:00:00Z"),
            _ if field.contains("phone") => json!("13900000000"),
            _ => json!(schema["example"].as_str().unwrap_or("sample")),
        }
    }
}
