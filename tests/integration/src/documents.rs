//! Documents that are made from the code, and must say what it does.

use std::fmt::Write as _;

use wuye_domain::shared::{ProblemCode, SETTINGS};

/// Whether a document in `docs/` says this text; with WUYE_UPDATE it is written first.
pub fn kept_or_written(name: &str, text: &str) -> bool {
    let path = format!("{}/../../docs/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("WUYE_UPDATE").is_some() {
        std::fs::write(&path, text).expect("a document");
    }
    std::fs::read_to_string(&path).unwrap_or_default() == text
}

#[test]
fn the_table_of_problem_codes_is_on_paper() {
    let mut text = String::from(
        "# Problem codes\n\nEvery refusal is an RFC 9457 document; its `code` is one of these. Generated from `ProblemCode`.\n\n\
         | code | status | 中文 | English |\n|---|---|---|---|\n",
    );
    for code in ProblemCode::ALL {
        let title = code.title();
        let _ = writeln!(
            text,
            "| <a id=\"{code}\"></a>`{code}` | {} | {} | {} |",
            code.status(),
            title.zh,
            title.en
        );
    }
    assert!(
        kept_or_written("errors.md", &text),
        "docs/errors.md is stale: run the tests once with WUYE_UPDATE=1"
    );
}

#[test]
fn the_table_of_settings_is_on_paper() {
    let mut text = String::from(
        "# Settings of the rules\n\nValues that the manual leaves open; `GET /api/v1/settings` shows those in force, the centre \
         manager changes them. Generated from `SETTINGS`.\n\n| key | default | from | to | 中文 | English | clauses |\n|---|---:|---:|---:|---|---|---|\n",
    );
    for setting in SETTINGS {
        let (min, max, default) = (setting.min, setting.max, setting.default);
        let clauses = setting.clauses.join(", ");
        let _ = writeln!(
            text,
            "| `{}` | {default} | {min} | {max} | {} | {} | {clauses} |",
            setting.key, setting.title.zh, setting.title.en
        );
    }
    assert!(
        kept_or_written("settings.md", &text),
        "docs/settings.md is stale: run the tests once with WUYE_UPDATE=1"
    );
}
