use super::*;
use crate::shared::numerals::tests::{counted, positional};
use proptest::prelude::*;

/// The ways of writing that the property tests go through; each must read back to the same door.
pub(crate) fn styles(block: u32, unit: Option<u32>, room: u32) -> Vec<String> {
    let mut all = Vec::new();
    let floor = room / 100;
    for word in ["栋", "幢", "号楼", "座", "#", "号"] {
        match unit {
            Some(u) => {
                all.push(format!("{block}{word}{u}单元{room}"));
                all.push(format!("{block} {word} {u} 单元 {room} 室"));
                all.push(format!("{block}{word}{u}单元{floor}层{room}号"));
                all.push(format!("{block}{word}{u}-{room}"));
                all.push(format!(
                    "{}{word}{}单元{}",
                    counted(block),
                    counted(u),
                    positional(room)
                ));
                all.push(format!(
                    "{}{word}{}单元{}室",
                    counted(block),
                    positional(u),
                    counted(room)
                ));
            }
            None => {
                all.push(format!("{block}{word}{room}"));
                all.push(format!("{block}{word}{room}室"));
                all.push(format!("{}{word}{}", counted(block), positional(room)));
            }
        }
    }
    for separator in ["-", " ", "/", ".", "－", "—", "–", "_", "、", "·", " - "] {
        let parts = [Some(block), unit, Some(room)];
        let text: Vec<String> = parts.iter().flatten().map(u32::to_string).collect();
        all.push(text.join(separator));
    }
    let wide: Vec<String> = all.iter().map(|s| full_width(s)).collect();
    all.extend(wide);
    all
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| {
            char::from_u32(u32::from(c) + 0xFEE0)
                .filter(|_| c.is_ascii_graphic())
                .unwrap_or(c)
        })
        .collect()
}

fn house(text: &str) -> String {
    HouseRef::parse(text).map_or_else(|e| format!("{e:?}"), |h| h.to_string())
}

#[test]
fn the_usual_ways_of_writing_a_house() {
    for (text, canonical) in [
        ("3-2-501", "3-2-501"),
        ("3栋2单元501", "3-2-501"),
        ("3幢2单元501室", "3-2-501"),
        ("3号楼2单元5层501", "3-2-501"),
        ("3号楼2单元5层01室", "3-2-501"),
        ("３－２－５０１", "3-2-501"),
        ("三栋二单元501", "3-2-501"),
        ("三栋二单元五〇一", "3-2-501"),
        ("3#2-501", "3-2-501"),
        ("3#-2-501", "3-2-501"),
        ("03-02-0501", "3-2-501"),
        ("3 2 501", "3-2-501"),
        ("3/2/501", "3-2-501"),
        ("3. 2. 501", "3-2-501"),
        ("3-2-5-501", "3-2-501"),
        ("3楼2单元5楼501", "3-2-501"),
        ("3-501", "3-501"),
        ("3栋501", "3-501"),
        ("A座1203", "A-1203"),
        ("a座1203室", "A-1203"),
        ("A1203", "A-1203"),
        ("B2-501", "B2-501"),
        ("3A-1-501b", "3A-1-501B"),
        ("十二栋一单元一百零一", "12-1-101"),
    ] {
        assert_eq!(house(text), canonical, "{text}");
    }
}

#[test]
fn a_refusal_says_what_is_missing() {
    for (text, error) in [
        ("", HouseRefError::NoBlock),
        ("501", HouseRefError::NoBlock),
        ("2单元501", HouseRefError::NoBlock),
        ("3栋2单元", HouseRefError::NoRoom),
        ("3栋", HouseRefError::NoRoom),
        ("3栋2单元5层601", HouseRefError::FloorContradictsRoom),
        ("张三", HouseRefError::Unreadable),
        ("三3-2-501", HouseRefError::Unreadable),
        ("138-1234-5678", HouseRefError::Unreadable),
        ("3-2-1-4-501", HouseRefError::Unreadable),
        ("室3-2-501", HouseRefError::Unreadable),
    ] {
        assert_eq!(HouseRef::parse(text), Err(error), "{text}");
    }
}

#[test]
fn houses_sort_by_number_not_by_letter() {
    let mut houses: Vec<HouseRef> = ["3-10-501", "10-1-101", "3-2-1201", "A-101", "3-2-501", "3-501"]
        .iter()
        .map(|t| HouseRef::parse(t).expect("a house"))
        .collect();
    houses.sort_by_key(HouseRef::sort_key);
    let sorted: Vec<String> = houses.iter().map(ToString::to_string).collect();
    assert_eq!(
        sorted,
        ["3-501", "3-2-501", "3-2-1201", "3-10-501", "10-1-101", "A-101"]
    );
}

#[test]
fn blocks_and_units_are_read_for_searches() {
    for (text, form) in [
        ("3栋", Some("3栋")),
        ("三号楼", Some("3栋")),
        ("A座", Some("A栋")),
        ("3栋2单元", Some("3-2")),
        ("3-2", None),
        ("2单元", None),
        ("3栋501", None),
    ] {
        assert_eq!(
            BlockRef::parse(text).map(|b| b.search_form()).as_deref(),
            form,
            "{text}"
        );
    }
    let house = HouseRef::parse("3-2-501").expect("a house");
    let forms = house.search_forms();
    for text in ["3栋", "3幢", "3号楼2单元"] {
        let part = BlockRef::parse(text).expect("part of a house");
        assert!(forms.contains(&part.search_form()), "{text}");
    }
}

#[test]
fn the_parts_of_an_import_row_make_a_reference() {
    assert_eq!(
        HouseRef::from_parts("3栋", "二单元", "0501室").map(|h| h.to_string()),
        Ok("3-2-501".into())
    );
    assert_eq!(
        HouseRef::from_parts("A座", " ", "1203").map(|h| h.to_string()),
        Ok("A-1203".into())
    );
    assert_eq!(HouseRef::from_parts("3-2", "", "501"), Err(HouseRefError::Unreadable));
}

#[test]
fn long_form_and_floor() {
    let house = HouseRef::parse("3-2-1203").expect("a house");
    assert_eq!((house.zh().as_str(), house.floor()), ("3栋2单元1203", Some(12)));
    let lettered = HouseRef::parse("A-501B").expect("a house");
    assert_eq!((lettered.zh().as_str(), lettered.floor()), ("A座501B", Some(5)));
    assert_eq!(HouseRef::parse("3-01").expect("a house").floor(), None);
}

proptest! {
    #[test]
    fn every_style_reads_back_to_the_same_house(
        block in 1u32..200, unit in proptest::option::of(1u32..30), floor in 1u32..34, door in 1u32..20,
    ) {
        let room = floor * 100 + door;
        let expected = match unit {
            Some(u) => format!("{block}-{u}-{room}"),
            None => format!("{block}-{room}"),
        };
        for text in styles(block, unit, room) {
            prop_assert_eq!(house(&text), expected.clone(), "{}", text);
        }
        let read = HouseRef::parse(&expected).expect("canonical text");
        prop_assert_eq!(HouseRef::parse(&read.zh()), Ok(read));
    }

    #[test]
    fn the_order_of_keys_is_the_order_of_numbers(a in (1u32..50, 1u32..20, 101u32..3400), b in (1u32..50, 1u32..20, 101u32..3400)) {
        let key = |(x, y, z): (u32, u32, u32)| HouseRef::parse(&format!("{x}-{y}-{z}")).expect("a house").sort_key();
        prop_assert_eq!(key(a).cmp(&key(b)), a.cmp(&b));
    }

    #[test]
    fn any_text_is_answered_without_panic(text in "\\PC{0,20}") {
        if let Ok(read) = HouseRef::parse(&text) {
            prop_assert_eq!(HouseRef::parse(&read.to_string()), Ok(read));
        }
    }
}
