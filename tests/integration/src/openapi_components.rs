//! Names of the document's components are global: a second type of the same name silently takes the place of the first.

use std::collections::BTreeMap;

use crate::architecture::{first_word, root, sources};

/// Macros that declare types with a schema, one name a line.
const ONE_A_LINE: &[&str] = &["typed_ids! {", "text_types! {", "numbers! {"];

/// Every type with a schema, by the name it has in the document, with the places that declare it.
fn declared() -> BTreeMap<String, Vec<String>> {
    let root = root();
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for krate in ["domain", "persistence", "api"] {
        let mut files = Vec::new();
        sources(&root.join("crates").join(krate).join("src"), &mut files);
        for file in files {
            let place = file.strip_prefix(&root).expect("inside").display().to_string();
            for name in declarations(&std::fs::read_to_string(&file).expect("a source")) {
                all.entry(name).or_default().push(place.clone());
            }
        }
    }
    all
}

fn declarations(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut attributes = String::new();
    let mut inside: Option<&str> = None;
    for line in source.lines() {
        let text = line.trim();
        if text.is_empty() || text.starts_with("//") {
            continue;
        }
        if let Some(macro_name) = ONE_A_LINE.iter().find(|name| text.ends_with(**name)) {
            inside = Some(macro_name);
            continue;
        }
        if ["code_enum! {", "change! {"].iter().any(|name| text.ends_with(name)) {
            inside = Some("one");
            continue;
        }
        match inside {
            Some("one") => {
                let name = match text.split_once("enum ") {
                    Some((_, rest)) => first_word(rest),
                    None => text
                        .split_once(" of ")
                        .map(|(name, _)| first_word(name))
                        .unwrap_or_default(),
                };
                if !name.is_empty() {
                    names.push(name);
                    inside = None;
                }
            }
            Some(_) if text == "}" => inside = None,
            Some(_) => {
                let name = first_word(text);
                if name.starts_with(char::is_uppercase) {
                    names.push(name);
                }
            }
            None if text.starts_with("#[") || (!attributes.is_empty() && !closed(&attributes)) => {
                attributes.push_str(text);
                attributes.push(' ');
            }
            None => {
                names.extend(of_item(text, &attributes));
                attributes.clear();
            }
        }
    }
    names
}

/// Whether every bracket of the attributes so far is closed: a derive may run over several lines.
fn closed(attributes: &str) -> bool {
    attributes.matches('[').count() == attributes.matches(']').count()
}

fn of_item(text: &str, attributes: &str) -> Option<String> {
    let schema = attributes.split("derive(").skip(1).any(|list| {
        let list = list.split(")]").next().unwrap_or_default();
        list.split(',')
            .any(|item| item.trim().rsplit("::").next() == Some("ToSchema"))
    });
    let (_, rest) = text.split_once("struct ").or_else(|| text.split_once("enum "))?;
    let named = attributes.split_once("schema(as = ").map(|(_, name)| first_word(name));
    let name = named.unwrap_or_else(|| first_word(rest));
    (schema && !name.is_empty()).then_some(name)
}

#[test]
fn no_two_types_share_a_name_in_the_document() {
    let declared = declared();
    let document = wuye_api::document();
    let mut wrong = Vec::new();
    for component in document["components"]["schemas"].as_object().expect("schemas").keys() {
        // `Page_House` is the page of houses; names of their own have no underscore.
        let name = component.split('_').next().unwrap_or_default();
        match declared.get(name).map(Vec::as_slice) {
            Some([_]) => {}
            Some(places) => wrong.push(format!("{component} is declared by {}", places.join(" and "))),
            None => wrong.push(format!("{component} is declared in a way this test does not see")),
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(
        wrong.is_empty(),
        "give one of them `#[schema(as = …)]`:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_ways_of_declaring_a_component_are_seen() {
    let source = "#[derive(Clone, ToSchema)]\n#[schema(as = Door)]\npub struct Gate {\n    at: u8,\n}\n\
        code_enum! {\n    /// A way.\n    pub enum Way {\n        Up = \"up\",\n    }\n}\n\
        typed_ids! {\n    /// An id.\n    GateId,\n    WayId,\n}\n\
        change! {\n    /// A change.\n    ChangeGate of Gate {\n    }\n}\n\
        #[derive(\n    Clone,\n    utoipa::ToSchema,\n)]\nenum Wide {}\n#[derive(Clone)]\nstruct Hidden;\n";
    assert_eq!(
        declarations(source),
        ["Door", "Way", "GateId", "WayId", "ChangeGate", "Wide"]
    );
}
