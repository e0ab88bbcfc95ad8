//! What the reader of JSON and of queries found wrong, in the caller's words. The reader itself speaks English and of Rust.

use std::borrow::Cow;

use wuye_domain::shared::{FieldProblem, Issue, Problem, Text};

/// The problem of one value: `at` is where the reader stood.
pub(crate) fn problem(at: &str, message: &str) -> Problem {
    let FieldProblem { pointer, code, message } = field(at, message);
    Problem::field(pointer, code, message)
}

fn field(at: &str, message: &str) -> FieldProblem {
    let of = |pointer: String, code: &'static str, message: Text| FieldProblem {
        pointer,
        code: Cow::Borrowed(code),
        message,
    };
    if let Some(Issue { code, message }) = Issue::decode(message) {
        return FieldProblem {
            pointer: at.to_owned(),
            code: code.into(),
            message,
        };
    }
    // As much of what came in as helps to find it.
    let named: String = message.split('`').nth(1).unwrap_or_default().chars().take(60).collect();
    let named = named.as_str();
    if message.starts_with("unknown field") {
        let text = wuye_domain::text!("没有“{named}”这个字段", "there is no field “{named}”");
        return of(below(at, named), "unknown_field", text);
    }
    if message.starts_with("missing field") {
        return of(below(at, named), "required", Text::new("必须填写", "must be filled in"));
    }
    if message.starts_with("duplicate field") {
        return of(
            below(at, named),
            "duplicate",
            Text::new("出现了两次", "stands there twice"),
        );
    }
    if message.starts_with("unknown variant") {
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        let text = Text::of(
            format!("“{named}”不在可选值之内：{}", known.join("、")),
            format!("“{named}” is not one of: {}", known.join(", ")),
        );
        return of(at.to_owned(), "unknown_value", text);
    }
    of(at.to_owned(), "wrong_type", wrong_type(message))
}

/// The field itself, where the reader stood before it.
fn below(at: &str, name: &str) -> String {
    let last = at.rsplit(['/', '?']).next().unwrap_or_default();
    match at {
        _ if last == name => at.to_owned(),
        "?" => format!("?{name}"),
        _ => format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")),
    }
}

type Word = (&'static str, &'static str);

/// What values are called, by the beginning of what the reader calls them.
const FOUND: &[(&str, Word)] = &[
    ("map", ("对象", "an object")),
    ("sequence", ("列表", "a list")),
    ("string", ("文本", "a text")),
    ("integer", ("整数", "a whole number")),
    ("floating point", ("小数", "a number with a fraction")),
    ("boolean", ("true/false", "true or false")),
    ("null", ("空值", "null")),
    ("unit", ("空值", "null")),
];

const EXPECTED: &[(&str, Word)] = &[
    ("a string", ("文本", "a text")),
    ("a borrowed string", ("文本", "a text")),
    ("string or map", ("可选值之一", "one of the values allowed")),
    ("a boolean", ("true 或 false", "true or false")),
    ("a sequence", ("列表", "a list")),
    ("a tuple", ("列表", "a list")),
    ("struct", ("对象", "an object")),
    ("a map", ("对象", "an object")),
    ("internally tagged", ("对象", "an object")),
    ("adjacently tagged", ("对象", "an object")),
    ("variant of enum", ("可选值之一", "one of the values allowed")),
    ("enum", ("可选值之一", "one of the values allowed")),
    ("a UUID", UUID),
    ("a formatted date and time", TIME),
    ("a formatted date", DATE),
    ("f64", ("数字", "a number")),
    ("i", ("整数", "a whole number")),
    ("u", ("不小于0的整数", "a whole number that is not negative")),
];

const UUID: Word = ("记录编号（UUID）", "the id of a record (UUID)");
const DATE: Word = ("真实的日期，如 2026-03-01", "a date that exists, such as 2026-03-01");
const TIME: Word = (
    "真实的时间，如 2026-03-01T08:00:00Z",
    "a time that exists, such as 2026-03-01T08:00:00Z",
);
const DATE_OR_TIME: Word = (
    "真实的日期或时间，如 2026-03-01、2026-03-01T08:00:00Z",
    "a date or time that exists, such as 2026-03-01 or 2026-03-01T08:00:00Z",
);

fn word(words: &[(&str, Word)], text: &str) -> Option<Word> {
    words
        .iter()
        .find(|(begin, _)| text.starts_with(begin))
        .map(|(_, word)| *word)
}

fn wrong_type(message: &str) -> Text {
    let reason = message.split(" at line ").next().unwrap_or_default();
    let pair = ["invalid type: ", "invalid value: "]
        .iter()
        .find_map(|begin| reason.strip_prefix(begin)?.rsplit_once(", expected "));
    if let Some((found, expected)) = pair {
        return match (word(FOUND, found), word(EXPECTED, expected)) {
            // A number that is too large for its field.
            (Some(found), Some(expected)) if found == expected => out_of_range(),
            (Some(("整数", _)), Some(_)) if reason.starts_with("invalid value") => out_of_range(),
            (Some(found), Some(expected)) => Text::of(
                format!("须为{}，给出的是{}", expected.0, found.0),
                format!("must be {}, not {}", expected.1, found.1),
            ),
            (None, Some(expected)) => Text::of(format!("须为{}", expected.0), format!("must be {}", expected.1)),
            _ => Text::new("类型或格式不对", "is of a wrong type or form"),
        };
    }
    let of = |(zh, en): Word| Text::of(format!("须为{zh}"), format!("must be {en}"));
    match reason {
        _ if reason.starts_with("UUID parsing failed") => of(UUID),
        // What chrono says of dates and times.
        _ if ["input ", "premature end", "trailing input", "no possible date"]
            .iter()
            .any(|begin| reason.starts_with(begin)) =>
        {
            of(DATE_OR_TIME)
        }
        _ if reason.starts_with("number out of range") => out_of_range(),
        // What numbers and switches say in a query.
        _ if reason.starts_with("invalid digit") || reason.starts_with("cannot parse integer") => {
            of(("整数", "a whole number"))
        }
        _ if reason.starts_with("number too ") => out_of_range(),
        _ if reason.starts_with("provided string was not") => of(("true 或 false", "true or false")),
        _ => Text::new("类型或格式不对", "is of a wrong type or form"),
    }
}

const fn out_of_range() -> Text {
    Text::new("数值超出可用范围", "is a number out of range")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(at: &str, message: &str) -> (String, String, String, String) {
        let field = field(at, message);
        (
            field.pointer,
            field.code.into_owned(),
            field.message.zh.into_owned(),
            field.message.en.into_owned(),
        )
    }

    #[test]
    fn every_reason_names_its_field_in_both_languages() {
        for (at, message, pointer, code, zh, en) in [
            (
                "",
                "unknown field `colour`, expected `key` or `value` at line 1 column 9",
                "/colour",
                "unknown_field",
                "没有“colour”这个字段",
                "there is no field “colour”",
            ),
            (
                "/colour",
                "unknown field `colour`, there are no fields",
                "/colour",
                "unknown_field",
                "没有“colour”这个字段",
                "there is no field “colour”",
            ),
            (
                "?",
                "missing field `kind`",
                "?kind",
                "required",
                "必须填写",
                "must be filled in",
            ),
            (
                "/kind",
                "unknown variant `x`, expected one of `a`, `b`",
                "/kind",
                "unknown_value",
                "“x”不在可选值之内：a、b",
                "“x” is not one of: a, b",
            ),
            (
                "/kind",
                "unknown variant `x`, expected `a`",
                "/kind",
                "unknown_value",
                "“x”不在可选值之内：a",
                "“x” is not one of: a",
            ),
            (
                "/text",
                "invalid type: map, expected a string at line 1 column 3",
                "/text",
                "wrong_type",
                "须为文本，给出的是对象",
                "must be a text, not an object",
            ),
            (
                "/n",
                "invalid type: string \"a, expected b\", expected i64",
                "/n",
                "wrong_type",
                "须为整数，给出的是文本",
                "must be a whole number, not a text",
            ),
            (
                "/n",
                "invalid value: integer `70000`, expected i16",
                "/n",
                "wrong_type",
                "数值超出可用范围",
                "is a number out of range",
            ),
            (
                "",
                "invalid type: sequence, expected struct ChangeSetting",
                "",
                "wrong_type",
                "须为对象，给出的是列表",
                "must be an object, not a list",
            ),
            (
                "/id",
                "UUID parsing failed: invalid length",
                "/id",
                "wrong_type",
                "须为记录编号（UUID）",
                "must be the id of a record (UUID)",
            ),
            (
                "/on",
                "input is out of range at line 1 column 20",
                "/on",
                "wrong_type",
                "须为真实的日期或时间，如 2026-03-01、2026-03-01T08:00:00Z",
                "must be a date or time that exists, such as 2026-03-01 or 2026-03-01T08:00:00Z",
            ),
        ] {
            let expected = [pointer, code, zh, en].map(ToOwned::to_owned);
            assert_eq!(<[String; 4]>::from(said(at, message)), expected, "{message}");
        }
    }
}
