//! The staff of the test estate: somebody at every post, two at some.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::access::PostCode;
use wuye_persistence::{
    Conn,
    accounts::{self, Account},
    db,
    estates::{self, Estate},
    manual, org, plans,
    schema::{assignments, employees},
};

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";
/// Hashed once for all.
static HASH: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();

/// Who works here: login name and post. Company-wide posts have no estate.
pub const STAFF: &[(&str, PostCode)] = &[
    ("board", PostCode::Board),
    ("gm", PostCode::Gm),
    ("cscmgr", PostCode::Cscmgr),
    ("depmgr", PostCode::Depmgr),
    ("asstmgr", PostCode::Asstmgr),
    ("guardcapt", PostCode::Guardcapt),
    ("guardlead", PostCode::Guardlead),
    ("guardlead2", PostCode::Guardlead),
    ("guard", PostCode::Guard),
    ("pubsup", PostCode::Pubsup),
    ("recept", PostCode::Recept),
    ("recept2", PostCode::Recept),
    ("renoadm", PostCode::Renoadm),
    ("cleanlead", PostCode::Cleanlead),
    ("cleaner", PostCode::Cleaner),
    ("tech", PostCode::Tech),
    ("tech2", PostCode::Tech),
    ("tech3", PostCode::Tech),
    ("finsup", PostCode::Finsup),
    ("cashier", PostCode::Cashier),
    ("feecol", PostCode::Feecol),
    ("ticket", PostCode::Ticket),
];

/// One member of the staff, by ids that are the same in every test database.
#[derive(Clone, Copy, Debug)]
pub struct Staff {
    pub employee: Uuid,
    pub assignment: Uuid,
    pub account: Uuid,
}

impl Staff {
    /// The person of this login name.
    pub fn of(username: &str) -> Self {
        let place = STAFF
            .iter()
            .position(|(name, _)| *name == username)
            .expect("a member of the staff");
        let id =
            |kind: u128| Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | kind << 16 | (place as u128 + 1));
        Self {
            employee: id(1),
            assignment: id(2),
            account: id(3),
        }
    }
}

/// The estate that everybody works in.
pub fn estate() -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_000e_0001)
}

/// Another estate, for tries to reach what is not one's own.
pub fn other_estate() -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_000e_0002)
}

/// Fills the template database.
pub async fn fill(url: &str) {
    let mut conn = db::establish(url.to_owned()).await.expect("the template");
    let now: chrono::DateTime<chrono::Utc> = "2026-01-01T00:00:00Z".parse().expect("a time");
    org::seed(&mut conn, now).await.expect("the seed");
    manual::seed(&mut conn, now.date_naive()).await.expect("the clauses");
    plans::rules::seed(&mut conn, now).await.expect("the rules");
    for (id, code, name) in [(estate(), "E1", "翠湖花园"), (other_estate(), "E2", "东篱小区")] {
        let mut row = Estate::new(code, name, &format!("public{}", code.to_lowercase()), now);
        row.id = id;
        estates::insert(&mut conn, &row).await.expect("an estate");
    }
    // Tests of one-time codes switch them on themselves.
    let (by, off) = (
        Staff::of("cscmgr").account,
        wuye_domain::shared::SettingKey::TotpRequired,
    );
    wuye_persistence::settings::set(&mut conn, None, off, 0, "tests", by, now)
        .await
        .expect("a setting");
    for (place, (username, post)) in STAFF.iter().enumerate() {
        let staff = Staff::of(username);
        person(&mut conn, place, username, *post, staff).await;
    }
}

async fn person(conn: &mut Conn, place: usize, username: &str, post: PostCode, staff: Staff) {
    let now: chrono::DateTime<chrono::Utc> = "2026-01-01T00:00:00Z".parse().expect("a time");
    let since = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date");
    let name = format!("员工{username}");
    diesel::insert_into(employees::table)
        .values((
            employees::id.eq(staff.employee),
            employees::no.eq(format!("T{:03}", place + 1)),
            employees::name.eq(&name),
            employees::phone.eq(format!("1380000{:04}", place + 1)),
            employees::status.eq("active"),
            employees::hired_on.eq(since),
            employees::created_at.eq(now),
            employees::updated_at.eq(now),
        ))
        .execute(conn)
        .await
        .expect("an employee");
    let company = matches!(post, PostCode::Board | PostCode::Gm);
    diesel::insert_into(assignments::table)
        .values((
            assignments::id.eq(staff.assignment),
            assignments::employee_id.eq(staff.employee),
            assignments::post.eq(post.code()),
            assignments::estate_id.eq((!company).then(estate)),
            assignments::kind.eq("primary"),
            assignments::valid_from.eq(since),
            assignments::state.eq("approved"),
            assignments::created_at.eq(now),
            assignments::updated_at.eq(now),
        ))
        .execute(conn)
        .await
        .expect("an assignment");
    let hash = HASH
        .get_or_init(|| async { wuye_api::hash_password(PASSWORD.to_owned()).await.expect("a hash") })
        .await
        .clone();
    let mut account = Account::person(staff.account, username, &name, hash, now);
    account.employee_id = Some(staff.employee);
    accounts::insert(conn, &account).await.expect("an account");
}
