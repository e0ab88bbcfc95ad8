//! Chinese numerals, as people write them in house references (三栋二单元五〇一).

/// Whether the character can stand in a Chinese numeral.
pub fn is_han_numeral(c: char) -> bool {
    digit(c).is_some() || scale(c).is_some()
}

/// The value of a Chinese numeral: counted (`十二`, `一百零三`, `一千二百零三`) or read digit by digit (`五〇一`,
/// `一二零三`). `None` for anything else, and above 99,999.
pub fn parse_han_numeral(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 9 {
        return None;
    }
    if text.chars().any(|c| scale(c).is_some()) {
        parse_counted(text)
    } else {
        parse_positional(text)
    }
}

fn parse_positional(text: &str) -> Option<u32> {
    if text.chars().count() > 5 {
        return None;
    }
    text.chars().try_fold(0, |value, c| Some(value * 10 + digit(c)?))
}

fn parse_counted(text: &str) -> Option<u32> {
    let (mut total, mut pending, mut last_scale) = (0, None, u32::MAX);
    for c in text.chars() {
        if let Some(scale) = scale(c) {
            // Scales only fall: 一百二十, never 二十一百.
            if scale >= last_scale {
                return None;
            }
            let count = match pending.take() {
                Some(0) => return None,
                Some(count) => count,
                None if scale == 10 && total == 0 => 1,
                None => return None,
            };
            total += count * scale;
            last_scale = scale;
        } else {
            let next = digit(c)?;
            match pending {
                None | Some(0) => pending = Some(next),
                Some(_) => return None,
            }
        }
    }
    Some(total + pending.unwrap_or(0))
}

fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn scale(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

    /// 1203 → 一二零三.
    pub(crate) fn positional(n: u32) -> String {
        n.to_string().bytes().map(|b| DIGITS[usize::from(b - b'0')]).collect()
    }

    /// 1203 → 一千二百零三; below 20 without the leading 一.
    pub(crate) fn counted(n: u32) -> String {
        let mut text = String::new();
        let mut gap = false;
        for (scale, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let d = (n / scale % 10) as usize;
            if d == 0 {
                gap = !text.is_empty();
                continue;
            }
            if gap {
                text.push('零');
                gap = false;
            }
            if !(scale == 10 && d == 1 && text.is_empty()) {
                text.push(DIGITS[d]);
            }
            text.push_str(name);
        }
        text
    }

    #[test]
    fn both_ways_of_writing_are_read() {
        for (text, value) in [
            ("三", Some(3)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("二十", Some(20)),
            ("二十一", Some(21)),
            ("一百零三", Some(103)),
            ("一千二百零三", Some(1203)),
            ("五〇一", Some(501)),
            ("五零一", Some(501)),
            ("一二零三", Some(1203)),
            ("二十一百", None),
            ("百", None),
            ("零十", None),
            ("张三", None),
            ("", None),
        ] {
            assert_eq!(parse_han_numeral(text), value, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_number_reads_back_in_both_ways(n in 1u32..10_000) {
            prop_assert_eq!(parse_han_numeral(&positional(n)), Some(n));
            prop_assert_eq!(parse_han_numeral(&counted(n)), Some(n));
        }
    }
}
