use super::*;
use crate::shared::house_no::tests::styles;
use proptest::prelude::*;

fn finds(stored: &[String], query: &str) -> bool {
    let tokens = query_tokens(query);
    !tokens.is_empty() && tokens.iter().all(|t| stored.contains(t))
}

#[track_caller]
fn check(stored: Tokens, found: &[&str], not_found: &[&str]) {
    let stored = stored.into_vec();
    for query in found {
        assert!(
            finds(&stored, query),
            "{query} should find {stored:?}, asks {:?}",
            query_tokens(query)
        );
    }
    for query in not_found {
        assert!(!finds(&stored, query), "{query} should not find {stored:?}");
    }
}

#[test]
fn a_house_is_asked_for_by_its_whole_number_alone() {
    for query in ["3-2-501", "3栋2单元501", "３－２－５０１", " 3号楼2单元501室 "] {
        assert_eq!(
            house_asked(query).map(|house| house.to_string()).as_deref(),
            Some("3-2-501")
        );
    }
    for query in ["501", "3栋", "3-2-501 漏水", "漏水", "13812345678"] {
        assert_eq!(house_asked(query), None, "{query}");
    }
}

#[test]
fn other_houses_in_a_text_are_kept_apart_from_its_own() {
    let own = HouseRef::parse("3-2-501").expect("a house");
    let text = "3栋2单元501漏水，漏到了3栋2单元401和A座1203";
    assert_eq!(other_houses(text, Some(&own)), ["2-401", "3-2-401", "3-401", "a-1203"]);
    assert!(other_houses(text, None).contains(&"3-2-501".to_owned()));
    assert!(other_houses("三楼漏水，电话 13812345678", Some(&own)).is_empty());
}

#[test]
fn a_person_is_found_by_name_pinyin_and_initials() {
    check(
        Tokens::new().name("张三丰"),
        &[
            "张",
            "三丰",
            "张三丰",
            "zhang",
            "zhangsan",
            "ZhangSanFeng",
            "zsf",
            "sf",
            "z",
            "sa",
            "张 丰",
            "san",
        ],
        &["李", "丰三", "zsw", "wang"],
    );
    check(
        Tokens::new().name("吕布"),
        &["lvbu", "lübu", "lubu", "lv", "吕"],
        &["libu"],
    );
    check(Tokens::new().name("单雄信"), &["shan", "dan", "sxx", "dxx"], &[]);
    check(Tokens::new().name("阿卜杜拉·买买提"), &["拉买", "拉·买", "买买提"], &[]);
    check(Tokens::new().name("张 三"), &["张三", "张 三", "zs"], &[]);
    check(
        Tokens::new().name("John Smith"),
        &["john", "SMITH", "smit", "js", "smith john"],
        &["jones"],
    );
}

#[test]
fn a_phone_is_found_by_its_end_and_in_any_spelling() {
    check(
        Tokens::new().phone("138-1234-5678"),
        &[
            "5678",
            "45678",
            "13812345678",
            "138 1234 5678",
            "138-1234-5678",
            "+8613812345678",
            "+86 138 1234 5678",
        ],
        &["1381", "678", "13812345679"],
    );
    check(
        Tokens::new().phone("(010) 6234-5678"),
        &["01062345678", "62345678", "010-62345678", "6234-5678"],
        &[],
    );
}

#[test]
fn a_house_is_found_whole_and_in_part() {
    let house = HouseRef::parse("3-2-501").expect("a house");
    check(
        Tokens::new().name("张三").house(&house),
        &[
            "3-2-501",
            "3栋2单元501室",
            "三栋二单元五〇一",
            "３－２－５０１",
            "3 2 501",
            "3-501",
            "501",
            "3栋",
            "3号楼2单元",
            "张三 3栋",
            "张三3-2-501",
            "3-2-501 zs",
        ],
        &["3-2-502", "2栋", "3-3-501", "张三 4栋", "13-2-501"],
    );
    let lettered = HouseRef::parse("A-1203").expect("a house");
    check(
        Tokens::new().house(&lettered),
        &["A座1203", "a1203", "A-1203", "1203", "a座"],
        &["b1203"],
    );
}

#[test]
fn a_text_is_found_by_its_parts() {
    check(
        Tokens::new().text("3栋2单元501厨房漏水,单号WO-2026-000123,车牌粤B12345"),
        &[
            "厨房",
            "漏水",
            "3-2-501",
            "3-2-501漏水",
            "000123",
            "wo-2026-000123",
            "粤B12345",
            "12345",
            "b12345",
        ],
        &["停电", "3-2-502"],
    );
    assert_eq!(query_tokens("  ，。 "), Vec::<String>::new());
}

#[test]
fn names_sort_by_sound() {
    let mut names = vec!["张三", "李四", "曾五", "Adam", "李二"];
    names.sort_by_key(|n| name_sort_key(n));
    assert_eq!(names, ["Adam", "李二", "李四", "曾五", "张三"]);
}

/// Characters of real names, heteronyms and numerals included.
fn han_name() -> impl Strategy<Value = String> {
    let chars: Vec<char> =
        "张王李赵陈单曾解朴吕欧阳一二三四百千万重乐长行华明国强丽娜敏静伟芳军洋勇艳杰娟涛超霞平刚桂英号座栋楼"
            .chars()
            .collect();
    proptest::collection::vec(proptest::sample::select(chars), 2..6).prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn any_part_of_a_name_finds_it(name in han_name(), from in 0usize..5, length in 1usize..6) {
        let stored = Tokens::new().name(&name).into_vec();
        let part: String = name.chars().skip(from).take(length).collect();
        prop_assume!(!part.is_empty());
        prop_assert!(finds(&stored, &part), "{} in {}", part, name);
    }

    #[test]
    fn any_part_of_the_initials_and_of_the_pinyin_finds_the_name(name in han_name(), from in 0usize..20, length in 1usize..20) {
        let stored = Tokens::new().name(&name).into_vec();
        for syllables in readings::readings(&name) {
            let initials: String = syllables.iter().filter_map(|s| s.chars().next()).collect();
            let part: String = initials.chars().skip(from % initials.len()).take(length).collect();
            prop_assert!(finds(&stored, &part), "{} in {}", part, name);
            prop_assert!(finds(&stored, &part.to_uppercase()), "{} in {}", part, name);
            let letters = syllables.concat();
            let part: String = letters.chars().skip(from % letters.len()).take(length.max(3)).collect();
            prop_assume!(part.len() >= 3);
            prop_assert!(finds(&stored, &part), "{} in {}", part, name);
        }
    }

    #[test]
    fn any_end_of_a_phone_finds_it(phone in "1[3-9][0-9]{9}", length in 4usize..=11) {
        let stored = Tokens::new().phone(&phone).into_vec();
        prop_assert!(finds(&stored, &phone[11 - length..]));
    }

    #[test]
    fn every_style_finds_the_house(
        block in 1u32..60, unit in proptest::option::of(1u32..9), floor in 1u32..34, door in 1u32..20, name in han_name(),
    ) {
        let room = floor * 100 + door;
        let text = unit.map_or_else(|| format!("{block}-{room}"), |u| format!("{block}-{u}-{room}"));
        let house = HouseRef::parse(&text).expect("a house");
        let stored = Tokens::new().name(&name).house(&house).into_vec();
        for style in styles(block, unit, room) {
            prop_assert!(finds(&stored, &style), "{} for {}: {:?}", style, text, query_tokens(&style));
            // And together with the name, in either order.
            let both = format!("{style} {name}");
            prop_assert!(style.contains(' ') || finds(&stored, &both), "{}", both);
        }
    }

    #[test]
    fn a_query_of_any_text_does_not_panic(query in "\\PC{0,30}") {
        let _ = (query_tokens(&query), Tokens::new().name(&query).text(&query).phone(&query), name_sort_key(&query));
    }
}
