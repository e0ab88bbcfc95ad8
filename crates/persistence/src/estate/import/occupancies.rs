//! Occupancies of an import: houses and parties must be there already.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    estate::{
        HouseId, NewOccupancy, Occupancy, OccupancyRole, Party,
        house_file::HouseFile,
        import::{OccupancyRow, PartyKey},
    },
    shared::{Text, private::Purpose},
};

use super::{
    staging::Staged,
    take::{Outcome, Taker, recordset},
};
use crate::{
    Conn, Failure,
    estate::{elements::houses as house_rows, house_files, occupancies as occupancy_rows, parties as party_rows},
    numbers,
    schema::house_files as files,
};

/// What the estate holds of what a set of rows names.
struct Known {
    houses: HashMap<String, HouseId>,
    parties: Vec<Party>,
    occupancies: HashMap<HouseId, Vec<Occupancy>>,
}

pub(super) async fn take(conn: &mut Conn, taker: &mut Taker<'_>, rows: &[Staged]) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let mut good = Vec::new();
    for (row_no, cells) in rows {
        match OccupancyRow::read(&taker.headers, cells) {
            Ok(row) => good.push((*row_no, row)),
            Err(cells) => outcome.reject(*row_no, cells),
        }
    }
    let mut known = known(conn, taker, &good).await?;
    let index = Index::of(taker, &known.parties);
    let (mut new, mut ended) = (Vec::new(), Vec::new());
    for (row_no, row) in &good {
        let Some(house) = known.houses.get(&row.door.to_string()).copied() else {
            let message = Text::new(
                "没有这套房屋，请先导入房屋",
                "there is no such house: import the houses first",
            );
            outcome.refuse(*row_no, "房号", "unknown_reference", &message);
            continue;
        };
        let party = match index.find(taker, &row.party) {
            Ok(at) => known.parties[at].id,
            Err((column, code, message)) => {
                outcome.refuse(*row_no, column, code, &message);
                continue;
            }
        };
        let told = NewOccupancy {
            party_id: party,
            house_id: house,
            role: row.role,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
        };
        let held = known.occupancies.entry(house).or_default();
        match compare(taker, held, &told) {
            Said::Nothing => outcome.unchanged += 1,
            Said::Overlap => outcome.refuse(*row_no, "起始日", "overlap", &overlap()),
            Said::Ends(at) => {
                ended.push(held[at].clone());
                outcome.changed += 1;
            }
            Said::New(occupancy) => {
                held.push((*occupancy).clone());
                new.push(*occupancy);
                outcome.added += 1;
            }
        }
    }
    if taker.write {
        write(conn, taker, new, ended, &mut outcome).await?;
    }
    Ok(outcome)
}

enum Said {
    Nothing,
    Overlap,
    Ends(usize),
    New(Box<Occupancy>),
}

fn overlap() -> Text {
    Text::new(
        "此人在该房屋已有同一关系且日期重叠的记录",
        "this person has an entry of the same role in the house at that time",
    )
}

/// What a row says beyond what is known of the house; a changed end is written into `held` at once.
fn compare(taker: &Taker<'_>, held: &mut [Occupancy], told: &NewOccupancy) -> Said {
    let far = NaiveDate::MAX;
    for (at, known) in held.iter_mut().enumerate() {
        if known.party_id != told.party_id || known.role != told.role {
            continue;
        }
        if known.valid_from == told.valid_from {
            if told.valid_until.is_none() || known.valid_until == told.valid_until {
                return Said::Nothing;
            }
            known.valid_until = told.valid_until;
            known.version += 1;
            known.updated_at = taker.now;
            return Said::Ends(at);
        }
        let apart =
            told.valid_until.unwrap_or(far) <= known.valid_from || known.valid_until.unwrap_or(far) <= told.valid_from;
        if !apart {
            return Said::Overlap;
        }
    }
    match Occupancy::new(taker.run.estate_id, told, taker.run.created_by, taker.now) {
        Ok(made) => Said::New(Box::new(made.record)),
        Err(_) => Said::Overlap,
    }
}

async fn known(conn: &mut Conn, taker: &Taker<'_>, rows: &[(i32, OccupancyRow)]) -> Result<Known, Failure> {
    let estate = taker.run.estate_id;
    let numbers: Vec<String> = rows.iter().map(|(_, row)| row.door.to_string()).collect();
    let houses = house_rows::by_no(conn, estate, numbers).await?;
    let wanted = party_rows::Wanted {
        numbers: rows.iter().filter_map(|(_, row)| row.party.no.clone()).collect(),
        identities: rows
            .iter()
            .filter_map(|(_, row)| Some(row.party.identity.as_ref()?.digest(taker.key, Purpose::Search)))
            .collect(),
        phones: Vec::new(),
        // A name means somebody only where nothing says more: many have the same one.
        names: rows
            .iter()
            .filter(|(_, row)| row.party.no.is_none() && row.party.identity.is_none())
            .filter_map(|(_, row)| row.party.name.clone())
            .collect(),
    };
    let parties = party_rows::wanted(conn, estate, &wanted).await?;
    let ids: Vec<Uuid> = houses.iter().map(|house| house.id.0).collect();
    let mut occupancies: HashMap<HouseId, Vec<Occupancy>> = HashMap::new();
    for occupancy in occupancy_rows::of_houses(conn, &ids).await? {
        occupancies.entry(occupancy.house_id).or_default().push(occupancy);
    }
    Ok(Known {
        houses: houses.into_iter().map(|house| (house.no, house.id)).collect(),
        parties,
        occupancies,
    })
}

/// The parties by what a row may name them.
struct Index {
    by_no: HashMap<String, usize>,
    by_identity: HashMap<String, usize>,
    by_name: HashMap<String, Vec<(usize, Vec<String>)>>,
}

type Refused = (&'static str, &'static str, Text);

impl Index {
    fn of(taker: &Taker<'_>, parties: &[Party]) -> Self {
        let mut index = Self {
            by_no: HashMap::new(),
            by_identity: HashMap::new(),
            by_name: HashMap::new(),
        };
        for (at, party) in parties.iter().enumerate() {
            index.by_no.insert(party.no.clone(), at);
            if let Some(number) = &party.identity {
                index.by_identity.insert(number.digest(taker.key, Purpose::Search), at);
            }
            let phones = party
                .phones
                .iter()
                .map(|p| p.digest(taker.key, Purpose::Search))
                .collect();
            index.by_name.entry(party.name.clone()).or_default().push((at, phones));
        }
        index
    }

    fn find(&self, taker: &Taker<'_>, key: &PartyKey) -> Result<usize, Refused> {
        if let Some(no) = &key.no {
            let found = self.by_no.get(no).copied();
            return found.ok_or_else(|| unknown("编号"));
        }
        if let Some(number) = &key.identity {
            let found = self
                .by_identity
                .get(&number.digest(taker.key, Purpose::Search))
                .copied();
            return found.ok_or_else(|| unknown("证件号码"));
        }
        let named = key.name.as_ref().and_then(|name| self.by_name.get(name));
        let mut candidates: Vec<&(usize, Vec<String>)> = named.into_iter().flatten().collect();
        if let Some(phone) = &key.phone {
            let digest = phone.digest(taker.key, Purpose::Search);
            candidates.retain(|(_, phones)| phones.contains(&digest));
        }
        match candidates.as_slice() {
            [] => Err(unknown("姓名")),
            [(at, _)] => Ok(*at),
            several => {
                let count = several.len();
                Err((
                    "姓名",
                    "ambiguous",
                    wuye_domain::text!(
                        "有{count}位同名的人，请补充编号、证件号码或电话",
                        "{count} people have this name: add a number, identity number or phone"
                    ),
                ))
            }
        }
    }
}

fn unknown(column: &'static str) -> Refused {
    let message = Text::new(
        "档案中没有此人，请先导入业主与住户",
        "nobody of this kind is on file: import the parties first",
    );
    (column, "unknown_reference", message)
}

async fn write(
    conn: &mut Conn,
    taker: &Taker<'_>,
    new: Vec<Occupancy>,
    ended: Vec<Occupancy>,
    outcome: &mut Outcome,
) -> Result<(), Failure> {
    let as_json = |occupancy: &Occupancy| {
        let mut row = json!(occupancy);
        row["import_run_id"] = json!(taker.run.id);
        row
    };
    recordset(conn, INSERT, new.iter().map(as_json).collect()).await?;
    recordset(conn, END, ended.iter().map(as_json).collect()).await?;
    open_files(conn, taker, &new, outcome).await?;
    let run = json!({"import_run": [null, taker.run.id]});
    outcome.entries.extend(new.iter().map(|one| one.entry("imported")));
    outcome.entries.extend(
        ended
            .iter()
            .map(|one| one.entry("changed_by_import").changes(run.clone())),
    );
    Ok(())
}

/// A house handed over to an owner gets its file (POS-RECEPT-05), unless it has one.
async fn open_files(
    conn: &mut Conn,
    taker: &Taker<'_>,
    new: &[Occupancy],
    outcome: &mut Outcome,
) -> Result<(), Failure> {
    let mut handed: HashMap<HouseId, NaiveDate> = HashMap::new();
    for owner in new
        .iter()
        .filter(|one| one.role == OccupancyRole::Owner && one.holds_on(taker.today))
    {
        let first = handed.entry(owner.house_id).or_insert(owner.valid_from);
        *first = (*first).min(owner.valid_from);
    }
    let ids: Vec<Uuid> = handed.keys().map(|house| house.0).collect();
    let filed: Vec<Uuid> = files::table
        .filter(files::house_id.eq_any(&ids).and(files::state.ne("archived")))
        .select(files::house_id)
        .load(conn)
        .await?;
    handed.retain(|house, _| !filed.contains(&house.0));
    let mut handed: Vec<(HouseId, NaiveDate)> = handed.into_iter().collect();
    handed.sort_unstable();
    let fresh = numbers::take(conn, taker.run.estate_id, "DA", taker.today, handed.len()).await?;
    let mut opened = Vec::new();
    for ((house, on), no) in handed.into_iter().zip(fresh) {
        let of = (taker.run.estate_id, house);
        let step = HouseFile::open(of, no, String::new(), on, taker.run.created_by, taker.now);
        opened.push(step.record);
        outcome.entries.push(step.entry);
    }
    house_files::insert_all(conn, &opened).await
}

const INSERT: &str = "\
INSERT INTO occupancies (id, estate_id, party_id, house_id, role, valid_from, valid_until, import_run_id, version, \
created_by, created_at, updated_at)
SELECT id, estate_id, party_id, house_id, role, valid_from, valid_until, import_run_id, version, created_by, created_at, \
updated_at
FROM jsonb_to_recordset($1) AS r(id uuid, estate_id uuid, party_id uuid, house_id uuid, role text, valid_from date, \
valid_until date, import_run_id uuid, version integer, created_by uuid, created_at timestamptz, updated_at timestamptz)";

const END: &str = "\
UPDATE occupancies o SET valid_until = r.valid_until, version = r.version, updated_at = r.updated_at
FROM jsonb_to_recordset($1) AS r(id uuid, valid_until date, version integer, updated_at timestamptz)
WHERE o.id = r.id";
