//! What changed between two states of a record, as the trail keeps it.

use serde::Serialize;
use serde_json::{Map, Value, json};

/// Fields that change with every step and say nothing.
const SILENT: [&str; 3] = ["version", "updated_at", "sort_key"];

/// `{"field": [before, after]}` for every field that differs. The record must not hold personal data in the clear: a
/// `Private` cannot be serialised, so it cannot get here.
#[must_use]
pub fn diff<T: Serialize>(before: &T, after: &T) -> Value {
    let mut changes = Map::new();
    if let (Ok(Value::Object(before)), Ok(Value::Object(after))) =
        (serde_json::to_value(before), serde_json::to_value(after))
    {
        for (field, now) in after {
            let was = before.get(&field).unwrap_or(&Value::Null);
            if *was != now && !SILENT.contains(&field.as_str()) {
                changes.insert(field, json!([was, now]));
            }
        }
    }
    Value::Object(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_kept() {
        let before = json!({"area": 1, "note": "", "version": 1});
        let after = json!({"area": 2, "note": "", "version": 2});
        assert_eq!(diff(&before, &after), json!({"area": [1, 2]}));
    }
}
