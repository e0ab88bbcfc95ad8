//! Sort keys that put 2 before 10.
//!
//! A list is sorted by the database, which compares bytes (`C.UTF-8`). The key is stored beside the text, so that
//! "natural" order costs no more than any other index scan.

/// Digits are padded to this width; longer runs of digits keep their own length and stand after all shorter ones.
const WIDTH: usize = 8;

/// The text with every run of ASCII digits padded with zeros, letters folded to upper case.
///
/// `natural_key("B2") < natural_key("B10")`, and `natural_key("3") < natural_key("3A")`.
pub fn natural_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + WIDTH);
    let mut digits = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        push_padded(&mut key, &mut digits);
        key.extend(c.to_uppercase());
    }
    push_padded(&mut key, &mut digits);
    key
}

fn push_padded(key: &mut String, digits: &mut String) {
    let value = digits.trim_start_matches('0');
    if !digits.is_empty() {
        key.extend(std::iter::repeat_n('0', WIDTH.saturating_sub(value.len())));
        key.push_str(value);
    }
    digits.clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_inside_a_text_sort_by_value() {
        let mut names = vec![
            "3-10-501", "A座", "3-2-1201", "3-2-501", "12-1-101", "3A-1-101", "3-501",
        ];
        names.sort_by_key(|n| natural_key(n));
        assert_eq!(
            names,
            [
                "3-2-501", "3-2-1201", "3-10-501", "3-501", "3A-1-101", "12-1-101", "A座"
            ]
        );
    }

    proptest! {
        #[test]
        fn the_order_of_keys_is_the_order_of_numbers(a in 0u32..100_000_000, b in 0u32..100_000_000) {
            prop_assert_eq!(natural_key(&format!("P{a}")).cmp(&natural_key(&format!("P{b}"))), a.cmp(&b));
        }
    }
}
