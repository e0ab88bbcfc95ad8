//! Blocks, units, houses, parking spaces and places.

use serde_json::json;
use uuid::Uuid;
use wuye_domain::shared::{house_no::HouseRef, natural::natural_key, search::Tokens};

use super::book::{Book, House};

/// Floors of a block, units of a block, houses on a floor of a unit.
const SHAPE: (u32, u32, u32) = (15, 2, 2);

/// The inventory, all of it confirmed.
pub fn build(book: &mut Book) {
    let (floors, units, doors) = SHAPE;
    let mut left = book.plan.rooms;
    let mut block = 0;
    while left > 0 {
        block += 1;
        let id = put_block(book, block, floors);
        for unit in 1..=units {
            let unit_id = put_unit(book, id, block, unit);
            for floor in 1..=floors {
                for door in 1..=doors {
                    if left > 0 {
                        left -= 1;
                        put_house(book, (id, unit_id), (block, unit), floor, floor * 100 + door);
                    }
                }
            }
        }
    }
    parking(book);
    places(book);
}

fn put_block(book: &mut Book, no: u32, floors: u32) -> Uuid {
    let at = book.opened();
    let id = book.id(at);
    book.put("blocks", json!({
        "id": id, "estate_id": book.estate, "no": no.to_string(), "name": format!("{no}幢"), "kind": "high_rise",
        "location": "", "floors_above": floors, "floors_below": 1, "note": "",
        "sort_key": natural_key(&no.to_string()), "state": "active", "version": 1, "created_at": at, "updated_at": at,
    }));
    id
}

fn put_unit(book: &mut Book, block: Uuid, block_no: u32, no: u32) -> Uuid {
    let at = book.opened();
    let id = book.id(at);
    book.put(
        "units",
        json!({
            "id": id, "estate_id": book.estate, "block_id": block, "no": no.to_string(), "lifts": 2, "note": "",
            "sort_key": format!("{}-{}", natural_key(&block_no.to_string()), natural_key(&no.to_string())),
            "state": "active", "version": 1, "created_at": at, "updated_at": at,
        }),
    );
    id
}

fn put_house(book: &mut Book, within: (Uuid, Uuid), numbers: (u32, u32), floor: u32, room: u32) {
    let at = book.opened();
    let id = book.id(at);
    let no = format!("{}-{}-{room}", numbers.0, numbers.1);
    let Ok(door) = HouseRef::parse(&no) else { return };
    let status = match book.pick(0, 100) {
        _ if let_out(book.houses.len()) => "let",
        0..4 => "vacant",
        4..7 => "renovating",
        _ => "occupied",
    };
    let area = book.pick(72_000, 142_000);
    book.put(
        "houses",
        json!({
            "id": id, "estate_id": book.estate, "block_id": within.0, "unit_id": within.1, "no": no,
            "room": room.to_string(), "floor": floor, "area_milli": area, "use": "residential", "status": status,
            "note": "", "sort_key": door.sort_key(), "search": Tokens::new().house(&door).into_vec(), "state": "active",
            "version": 1, "created_at": at, "updated_at": at,
        }),
    );
    let house = House {
        id,
        no,
        party: None,
        name: String::new(),
        phone: String::new(),
    };
    book.houses.push(house);
}

/// Every eighth house has a tenant.
pub const fn let_out(place: usize) -> bool {
    place % 8 == 3
}

fn parking(book: &mut Book) {
    let at = book.opened();
    for nth in 0..book.plan.rooms * 2 / 5 {
        let id = book.id(at);
        let (kind, house) = match nth % 5 {
            0..3 => ("owned", Some(book.house().id)),
            3 => ("shared", None),
            _ => ("visitor", None),
        };
        let no = format!("B1-{:04}", nth + 1);
        book.put(
            "parking_spaces",
            json!({
                "id": id, "estate_id": book.estate, "house_id": house, "no": no, "kind": kind, "location": "地下一层",
                "area_milli": 12_500, "note": "", "sort_key": natural_key(&no), "state": "active", "version": 1,
                "created_at": at, "updated_at": at,
            }),
        );
    }
}

fn places(book: &mut Book) {
    let at = book.opened();
    let known = [
        ("road", 0, "环小区主干道"),
        ("road", 0, "东门消防通道"),
        ("green", 1, "中心花园"),
        ("green", 1, "南区草坪"),
        ("shared", 2, "一号配电房"),
        ("shared", 2, "生活水泵房"),
        ("shared", 2, "东门岗亭"),
        ("shared", 2, "地下车库"),
        ("shared", 2, "儿童乐园"),
        ("shared", 2, "业主活动室"),
    ];
    for (kind, place, name) in known {
        let id = book.id(at);
        book.put(
            "places",
            json!({
                "id": id, "estate_id": book.estate, "kind": kind, "no": "", "name": name, "quantity": 1, "location": "",
                "note": "", "sort_key": format!("{place}0-{}-{}", natural_key(""), natural_key(name)),
                "search": Tokens::new().name(name).into_vec(), "state": "active", "version": 1, "created_at": at,
                "updated_at": at,
            }),
        );
    }
}
