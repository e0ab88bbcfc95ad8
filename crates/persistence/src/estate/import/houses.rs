//! Houses of an import, with the blocks and units they name.

use std::collections::{HashMap, HashSet, hash_map::Entry};

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_domain::{
    estate::{
        Block, Element, ElementState, House, HouseStatus, HouseUse, NewHouse, StructureAction, StructureChange, Unit,
        import::{Headers, HouseRow},
    },
    shared::{AreaId, Text},
};

use super::{
    staging::Staged,
    take::{Outcome, Taker, recordset},
};
use crate::{
    Conn, Failure,
    estate::{
        elements::{blocks as block_rows, houses as house_rows, units as unit_rows},
        living,
    },
    schema::{areas, structure_changes},
};

/// What the estate holds of what a set of rows names.
struct Known {
    areas: HashMap<String, AreaId>,
    blocks: HashMap<String, Block>,
    units: HashMap<(Uuid, String), Unit>,
    houses: HashMap<String, House>,
    /// Houses of which a change waits already.
    pending: HashSet<Uuid>,
}

/// What a set of rows makes.
#[derive(Default)]
struct Made {
    blocks: Vec<Block>,
    units: Vec<Unit>,
    houses: Vec<House>,
    changed: Vec<House>,
    changes: Vec<StructureChange>,
}

pub(super) async fn take(conn: &mut Conn, taker: &mut Taker<'_>, rows: &[Staged]) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let mut good = Vec::new();
    for (row_no, cells) in rows {
        match HouseRow::read(&taker.headers, cells) {
            Ok(row) => match taker.seen.entry(row.door.to_string()) {
                Entry::Occupied(first) => outcome.refuse(*row_no, "房号", "duplicate", &twice(*first.get())),
                Entry::Vacant(place) => {
                    place.insert(*row_no);
                    good.push((*row_no, row));
                }
            },
            Err(cells) => outcome.reject(*row_no, cells),
        }
    }
    let mut known = known(conn, taker, &good).await?;
    let mut made = Made::default();
    for (row_no, row) in good {
        place(taker, &mut known, &mut made, &mut outcome, row_no, &row);
    }
    if taker.write {
        write(conn, taker, made, &mut outcome).await?;
    }
    Ok(outcome)
}

/// See [`super::remember`].
pub(super) fn remember(headers: &Headers, rows: &[Staged], seen: &mut HashMap<String, i32>) {
    for (row_no, cells) in rows {
        if let Ok(row) = HouseRow::read(headers, cells) {
            seen.entry(row.door.to_string()).or_insert(*row_no);
        }
    }
}

fn twice(first: i32) -> Text {
    wuye_domain::text!("与第{first}行重复", "the same house stands in row {first}")
}

async fn known(conn: &mut Conn, taker: &Taker<'_>, rows: &[(i32, HouseRow)]) -> Result<Known, Failure> {
    let estate = taker.run.estate_id;
    let numbers: Vec<String> = rows.iter().map(|(_, row)| row.door.to_string()).collect();
    let labels: HashSet<&str> = rows.iter().map(|(_, row)| row.door.block()).collect();
    let areas: Vec<(String, Uuid)> = areas::table
        .filter(areas::estate_id.eq(estate.0).and(living::areas()))
        .select((areas::code, areas::id))
        .load(conn)
        .await?;
    let blocks = block_rows::by_no(conn, estate, labels.into_iter().map(ToOwned::to_owned).collect()).await?;
    let ids: Vec<Uuid> = blocks.iter().map(|block| block.id.0).collect();
    let units = unit_rows::of_blocks(conn, &ids).await?;
    let houses = house_rows::by_no(conn, estate, numbers).await?;
    let ids: Vec<Uuid> = houses.iter().map(|house| house.id.0).collect();
    let pending: Vec<Uuid> = structure_changes::table
        .filter(structure_changes::subject_kind.eq("house"))
        .filter(structure_changes::subject_id.eq_any(&ids))
        .filter(structure_changes::state.eq("proposed"))
        .select(structure_changes::subject_id)
        .load(conn)
        .await?;
    Ok(Known {
        areas: areas.into_iter().map(|(code, id)| (code, AreaId(id))).collect(),
        blocks: blocks.into_iter().map(|block| (block.no.clone(), block)).collect(),
        units: units
            .into_iter()
            .map(|unit| ((unit.block_id.0, unit.no.clone()), unit))
            .collect(),
        houses: houses.into_iter().map(|house| (house.no.clone(), house)).collect(),
        pending: pending.into_iter().collect(),
    })
}

/// Where a row goes: a new house, a change of one, or nothing.
fn place(taker: &Taker<'_>, known: &mut Known, made: &mut Made, outcome: &mut Outcome, row_no: i32, row: &HouseRow) {
    let area = match row.area_code.as_ref().map(|code| known.areas.get(code)) {
        Some(None) => {
            let message = Text::new(
                "没有此辖区编号，请先建立辖区",
                "there is no area of this code: make it first",
            );
            return outcome.refuse(row_no, "辖区", "unknown_reference", &message);
        }
        Some(Some(area)) => Some(*area),
        None => None,
    };
    let (by, now) = (taker.run.created_by, taker.now);
    let label = row.door.block();
    let block = match known.blocks.get(label) {
        Some(block) if area.is_some_and(|area| block.area_id != Some(area)) => {
            let message = Text::new(
                "该栋已登记在其他辖区，请在楼栋资料中变更",
                "its block is registered in another area: change the block",
            );
            return outcome.refuse(row_no, "辖区", "area_differs", &message);
        }
        Some(block) => block.clone(),
        None => {
            let mut block = Block::bare(taker.run.estate_id, label, by, now);
            block.area_id = area;
            known.blocks.insert(label.to_owned(), block.clone());
            made.blocks.push(block.clone());
            block
        }
    };
    if let Some(house) = known.houses.get(&row.door.to_string()) {
        return compare(taker, house, row, known.pending.contains(&house.id.0), made, outcome);
    }
    let unit = row.door.unit().map(|label| {
        known
            .units
            .entry((block.id.0, label.to_owned()))
            .or_insert_with(|| {
                let unit = Unit::bare(&block, label, by, now);
                made.units.push(unit.clone());
                unit
            })
            .clone()
    });
    match new_house(taker, row, &block, unit.as_ref()) {
        Some(house) => {
            made.houses.push(house);
            outcome.added += 1;
        }
        None => outcome.refuse(
            row_no,
            "房号",
            "invalid_format",
            &Text::new("房号无法登记", "the house cannot be registered"),
        ),
    }
}

fn new_house(taker: &Taker<'_>, row: &HouseRow, block: &Block, unit: Option<&Unit>) -> Option<House> {
    let new: NewHouse = serde_json::from_value(json!({
        "block_id": block.id, "unit_id": unit.map(|unit| unit.id), "room": row.door.room(), "floor": row.floor,
        "area_milli": row.area_milli, "use": row.use_.unwrap_or(HouseUse::Residential),
        "status": row.status.unwrap_or(HouseStatus::Vacant), "note": row.note.as_deref().unwrap_or_default(),
    }))
    .ok()?;
    let mut house = House::draft(new, block, unit, taker.run.created_by, taker.now).ok()?;
    house.import_run_id = Some(taker.run.id.0);
    Some(house)
}

/// A house that exists: what a row tells otherwise. Measures of a confirmed house wait for the supervisor.
fn compare(taker: &Taker<'_>, house: &House, row: &HouseRow, waits: bool, made: &mut Made, outcome: &mut Outcome) {
    let mut now = house.clone();
    now.status = row.status.unwrap_or(house.status);
    if let Some(note) = &row.note {
        now.note.clone_from(note);
    }
    let mut then = now.clone();
    then.area_milli = row.area_milli.or(house.area_milli);
    then.use_ = row.use_.unwrap_or(house.use_);
    then.floor = row.floor.or(house.floor);
    if house.state == ElementState::Draft {
        now = then.clone();
    }
    let plain = now != *house;
    let structural = then != now && !waits;
    if plain {
        now.touch(taker.now);
        made.changed.push(now);
    }
    if structural {
        made.changes.push(alteration(taker, house, &then));
    }
    if plain || structural {
        outcome.changed += 1;
    } else {
        outcome.unchanged += 1;
    }
}

fn alteration(taker: &Taker<'_>, house: &House, then: &House) -> StructureChange {
    let mut change = StructureChange::proposed(StructureAction::Alter, house, taker.run.created_by, taker.now);
    let mut proposed = serde_json::Map::new();
    let mut note = |field: &str, before: Value, after: Value| {
        if before != after {
            change.before.insert(field.to_owned(), before);
            proposed.insert(field.to_owned(), after);
        }
    };
    note("area_milli", json!(house.area_milli), json!(then.area_milli));
    note("use", json!(house.use_), json!(then.use_));
    note("floor", json!(house.floor), json!(then.floor));
    change.proposed = Value::Object(proposed);
    change.reason = format!("导入 {}", taker.run.file_name);
    change
}

async fn write(conn: &mut Conn, taker: &Taker<'_>, made: Made, outcome: &mut Outcome) -> Result<(), Failure> {
    block_rows::insert_all(conn, &made.blocks).await?;
    unit_rows::insert_all(conn, &made.units).await?;
    let new: Vec<Value> = made.houses.iter().map(as_json).collect();
    recordset(conn, INSERT, new).await?;
    let changed: Vec<Value> = made.changed.iter().map(as_json).collect();
    recordset(conn, UPDATE, changed).await?;
    for change in &made.changes {
        // Few: only confirmed houses whose measures differ.
        crate::estate::structure_changes::insert(conn, change).await?;
    }
    let run = json!({"import_run": [null, taker.run.id]});
    let noted = |entry: wuye_domain::shared::TrailEntry| entry.changes(run.clone());
    outcome
        .entries
        .extend(made.blocks.iter().map(|block| noted(block.entry("imported"))));
    outcome
        .entries
        .extend(made.units.iter().map(|unit| noted(unit.entry("imported"))));
    outcome
        .entries
        .extend(made.houses.iter().map(|house| noted(house.entry("imported"))));
    outcome
        .entries
        .extend(made.changed.iter().map(|house| noted(house.entry("changed_by_import"))));
    Ok(())
}

fn as_json(house: &House) -> Value {
    json!({
        "id": house.id, "estate_id": house.estate_id, "block_id": house.block_id, "unit_id": house.unit_id,
        "no": house.no, "room": house.room, "floor": house.floor, "area_milli": house.area_milli, "use": house.use_,
        "status": house.status, "note": house.note, "sort_key": house.sort_key, "search": house.tokens(),
        "state": house.state, "import_run_id": house.import_run_id, "version": house.version,
        "created_by": house.created_by, "created_at": house.created_at, "updated_at": house.updated_at,
    })
}

const INSERT: &str = "\
INSERT INTO houses (id, estate_id, block_id, unit_id, no, room, floor, area_milli, use, status, note, sort_key, search, \
state, import_run_id, version, created_by, created_at, updated_at)
SELECT id, estate_id, block_id, unit_id, no, room, floor, area_milli, use, status, note, sort_key, search, \
state, import_run_id, version, created_by, created_at, updated_at
FROM jsonb_to_recordset($1) AS r(id uuid, estate_id uuid, block_id uuid, unit_id uuid, no text, room text, \
floor smallint, area_milli bigint, use text, status text, note text, sort_key text, search text[], state text, \
import_run_id uuid, version integer, created_by uuid, created_at timestamptz, updated_at timestamptz)";

const UPDATE: &str = "\
UPDATE houses h SET floor = r.floor, area_milli = r.area_milli, use = r.use, status = r.status, note = r.note, \
version = r.version, updated_at = r.updated_at
FROM jsonb_to_recordset($1) AS r(id uuid, floor smallint, area_milli bigint, use text, status text, note text, \
version integer, updated_at timestamptz)
WHERE h.id = r.id";
