//! Who may open the papers of a person or of a house: scans show what is masked everywhere else (POS-RECEPT-06b).

use wuye_domain::{
    access::{Actor, Permission},
    estate::HouseFileId,
    shared::{Problem, Subject, SubjectKind},
};
use wuye_persistence::{Conn, Failure, estate as rows};

/// Whether the actor may open the files on this record, beyond reading the record itself: those on a person with the right
/// to see identity numbers, those in a house file as its keeper or with an approved consultation.
///
/// # Errors
/// `not_found` when they may not.
pub async fn may_open(conn: &mut Conn, actor: &Actor, subject: Subject) -> Result<(), Failure> {
    match subject.kind {
        SubjectKind::Party => {
            let scope = actor
                .scope(Permission::PartyIdentityRead)
                .map_err(|_| Problem::not_found())?;
            rows::parties::find(conn, &scope, subject.id.into()).await.map(drop)
        }
        SubjectKind::HouseFile if open_file(conn, actor, subject.id.into()).await? => Ok(()),
        SubjectKind::HouseFile => Err(Problem::not_found().into()),
        _ => Ok(()),
    }
}

/// Whether the papers of this file are open to the actor.
pub(super) async fn open_file(conn: &mut Conn, actor: &Actor, file: HouseFileId) -> Result<bool, Failure> {
    if let Ok(scope) = actor.scope(Permission::PartyEdit)
        && rows::house_files::find(conn, &scope, file).await.is_ok()
    {
        return Ok(true);
    }
    match actor.employee {
        Some(reader) => rows::consultations::opens(conn, file, reader).await,
        None => Ok(false),
    }
}
