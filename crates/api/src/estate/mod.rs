//! The estate: inventory (POS-CLEANLEAD-03, DER-X-5), archive (POS-PUBSUP-06, POS-RECEPT-05, -06a, -06b), imports.

mod consultations;
mod elements;
mod house_files;
mod houses;
mod imports;
mod inventory;
mod occupancies;
mod papers;
mod parties;
mod structure_changes;
mod tabular;

use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;
use wuye_domain::{
    access::{Actor, Permission, Scope},
    estate::HouseId,
    shared::{AreaId, EstateId, Note, Problem, Subject, SubjectKind, private::DigestKey},
};
use wuye_persistence::{Conn, Failure, accounts, estate as rows};

use crate::{App, estates::today, routes::Routes, sort_key};

pub use imports::{JOB as IMPORT_JOB, run as run_import};
pub use papers::may_open;
use wuye_domain::estate::filter::{ByTime, HouseSort, PartySort};

sort_key!(HouseSort, No, Ascending);
sort_key!(PartySort, Name, Ascending);
sort_key!(ByTime, At, Descending);

/// The routes of this context. An export stands before the record of its list, whose id it would be taken for.
pub fn configure(config: &mut Routes<'_>) {
    elements::configure(config);
    houses::configure(config);
    structure_changes::configure(config);
    inventory::configure(config);
    parties::configure(config);
    occupancies::configure(config);
    house_files::configure(config);
    consultations::configure(config);
    imports::configure(config);
}

/// Whether this context answers for records of this kind.
pub const fn knows(kind: SubjectKind) -> bool {
    use SubjectKind as K;
    matches!(
        kind,
        K::Estate
            | K::Area
            | K::Block
            | K::Unit
            | K::House
            | K::ParkingSpace
            | K::Place
            | K::StructureChange
            | K::Party
            | K::Occupancy
            | K::HouseFile
            | K::Consultation
            | K::ImportRun
    )
}

/// Whether the actor may read this record: it is read under their scope.
///
/// # Errors
/// `not_found` when it is not there or not theirs to see.
pub async fn may_read(conn: &mut Conn, actor: &Actor, subject: Subject) -> Result<(), Failure> {
    use SubjectKind as K;
    let scope = |permission| actor.scope(permission).map_err(|_| Problem::not_found());
    let id = subject.id;
    match subject.kind {
        K::Area => drop(rows::areas::find(conn, &scope(Permission::EstateRead)?, id).await?),
        K::Block => drop(rows::blocks::find(conn, &scope(Permission::EstateRead)?, id).await?),
        K::Unit => drop(rows::units::find(conn, &scope(Permission::EstateRead)?, id).await?),
        K::House => drop(rows::houses::find(conn, &scope(Permission::EstateRead)?, id).await?),
        K::ParkingSpace => drop(rows::parking_spaces::find(conn, &scope(Permission::EstateRead)?, id).await?),
        K::Place => drop(rows::places::find(conn, &scope(Permission::EstateRead)?, id).await?),
        K::StructureChange => {
            drop(rows::structure_changes::find(conn, &scope(Permission::EstateRead)?, id).await?);
        }
        K::Party => drop(rows::parties::find(conn, &scope(Permission::PartyRead)?, id.into()).await?),
        K::Occupancy => drop(rows::occupancies::find(conn, &scope(Permission::PartyRead)?, id).await?),
        K::HouseFile => drop(rows::house_files::find(conn, &scope(Permission::PartyRead)?, id.into()).await?),
        K::Consultation => {
            let scope = consultations::readable(actor, scope(Permission::ArchiveConsult)?, None);
            drop(rows::consultations::find(conn, &scope, id).await?);
        }
        K::ImportRun => drop(rows::import::find(conn, &scope(Permission::ImportRun)?, id.into()).await?),
        K::Estate if scope(Permission::EstateRead)?.touches(id.into()) => {}
        _ => return Err(Problem::not_found().into()),
    }
    Ok(())
}

/// Why something is done.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Because {
    /// Why.
    pub reason: Note,
}

/// What is said to a decision; may be left out.
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Remarked {
    /// What is said to it.
    #[serde(default)]
    pub note: Option<Note>,
}

impl Remarked {
    fn words(&self) -> &str {
        self.note.as_deref().unwrap_or_default()
    }
}

impl App {
    /// The key of digests of personal data.
    pub(crate) fn digest_key(&self) -> DigestKey {
        DigestKey::new(<[u8; 32]>::try_from(self.shared.digest_key.as_slice()).unwrap_or_default())
    }
}

/// 412 unless the caller saw the present version.
fn same_version(present: i32, seen: i32) -> Result<(), Problem> {
    if present == seen {
        return Ok(());
    }
    Err(accounts::version_conflict())
}

/// Whether an area named by the caller lies in the same estate; one of another estate is unknown here.
async fn area_fits(conn: &mut Conn, scope: &Scope, estate: EstateId, area: Option<AreaId>) -> Result<(), Failure> {
    let Some(area) = area else { return Ok(()) };
    match rows::areas::find(conn, scope, area).await {
        Ok(found) if found.estate_id == estate => Ok(()),
        Ok(_) => Err(Problem::unknown_reference("/area_id").into()),
        Err(Failure::Problem(_)) => Err(Problem::unknown_reference("/area_id").into()),
        Err(failure) => Err(failure),
    }
}

/// The same for a house.
async fn house_fits(conn: &mut Conn, scope: &Scope, estate: EstateId, house: Option<HouseId>) -> Result<(), Failure> {
    let Some(house) = house else { return Ok(()) };
    match rows::houses::find(conn, scope, house).await {
        Ok(found) if found.estate_id == estate => Ok(()),
        Ok(_) | Err(Failure::Problem(_)) => Err(Problem::unknown_reference("/house_id").into()),
        Err(failure) => Err(failure),
    }
}
