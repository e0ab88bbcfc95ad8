//! The pinyin readings of a name.

use pinyin::{ToPinyin, ToPinyinMulti};

/// No name is spelled in more ways than this; beyond it each character keeps its first reading.
const MOST_READINGS: usize = 8;

/// Surnames that are read otherwise than the character usually is. They come first in the sort order.
const SURNAMES: [(&str, &[&str]); 26] = [
    ("单于", &["chan", "yu"]),
    ("尉迟", &["yu", "chi"]),
    ("万俟", &["mo", "qi"]),
    ("长孙", &["zhang", "sun"]),
    ("单", &["shan"]),
    ("曾", &["zeng"]),
    ("解", &["xie"]),
    ("仇", &["qiu"]),
    ("朴", &["piao"]),
    ("查", &["zha"]),
    ("乐", &["yue"]),
    ("区", &["ou"]),
    ("盖", &["ge"]),
    ("任", &["ren"]),
    ("华", &["hua"]),
    ("翟", &["zhai"]),
    ("冼", &["xian"]),
    ("覃", &["qin"]),
    ("缪", &["miao"]),
    ("宁", &["ning"]),
    ("召", &["shao"]),
    ("繁", &["po"]),
    ("种", &["chong"]),
    ("祭", &["zhai"]),
    ("员", &["yun"]),
    ("黑", &["he"]),
];

/// Every way the Chinese characters of a name may be read, as lists of syllables, the likeliest first.
pub(super) fn readings(name: &str) -> Vec<Vec<String>> {
    let per_char = syllables(name);
    if per_char.is_empty() {
        return Vec::new();
    }
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for (i, choices) in per_char.iter().enumerate() {
        // Later characters keep their first reading once the name has grown too many spellings.
        let room = (MOST_READINGS / all.len()).max(1);
        let choices = &choices[..choices.len().min(room)];
        all = all
            .iter()
            .flat_map(|head| {
                choices.iter().map(move |c| {
                    let mut longer = Vec::with_capacity(i + 1);
                    longer.extend_from_slice(head);
                    longer.push(c.clone());
                    longer
                })
            })
            .collect();
    }
    all
}

/// The likeliest sounds of a name, one syllable after the other, other characters as they are.
pub(super) fn sounds(name: &str) -> String {
    let surname = surname(name);
    let mut parts: Vec<String> = surname.iter().flat_map(|s| s.iter().map(ToString::to_string)).collect();
    for c in name.chars().skip(parts.len()) {
        parts.push(c.to_pinyin().map_or_else(|| c.to_string(), |p| plain(p.plain())));
    }
    parts.join(" ")
}

/// Spellings that hold the sound ü as `u`, as passports and machines without the letter do.
pub(super) fn spellings(name: &str) -> Vec<String> {
    let likeliest: Vec<String> = syllables(name)
        .into_iter()
        .filter_map(|c| c.into_iter().next())
        .collect();
    if likeliest.iter().any(|s| s.contains('v')) {
        vec![likeliest.concat().replace('v', "u")]
    } else {
        Vec::new()
    }
}

fn surname(name: &str) -> Option<&'static [&'static str]> {
    SURNAMES
        .iter()
        .find(|(s, _)| name.starts_with(s))
        .map(|(_, sounds)| *sounds)
}

/// The readings of each Chinese character, the likeliest first, each once.
fn syllables(name: &str) -> Vec<Vec<String>> {
    let surname = surname(name).unwrap_or_default();
    let mut all = Vec::new();
    for (i, c) in name.chars().enumerate() {
        let mut choices: Vec<String> = surname.get(i).map(|s| (*s).to_owned()).into_iter().collect();
        choices.extend(c.to_pinyin().map(|p| plain(p.plain())));
        if let Some(others) = c.to_pinyin_multi() {
            choices.extend(others.into_iter().map(|p| plain(p.plain())));
        }
        let mut once = Vec::new();
        for choice in choices {
            if !once.contains(&choice) {
                once.push(choice);
            }
        }
        if !once.is_empty() {
            all.push(once);
        }
    }
    all
}

/// ASCII letters only: ü, with or without tone, becomes `v`; ê and other rarities lose their mark.
fn plain(syllable: &str) -> String {
    syllable
        .chars()
        .filter_map(|c| match c {
            'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => Some('v'),
            'ê' | 'ế' | 'ề' => Some('e'),
            c if c.is_ascii_lowercase() => Some(c),
            _ => None,
        })
        .collect()
}
