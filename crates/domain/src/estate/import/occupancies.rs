//! A row of the import of occupancies.

use chrono::{Days, NaiveDate};

use super::{
    Headers, ImportKind, RowError,
    houses::door,
    parties::{identity, phone},
    read::{RowReader, one_of, words},
};
use crate::{
    estate::OccupancyRole,
    shared::{
        Issue, Text,
        house_no::HouseRef,
        private::{IdentityNumber, Phone, Private},
        written::date,
    },
};

/// By what a row names a party that is in the archive already; the first that is there counts.
#[derive(Clone, Debug, PartialEq)]
pub struct PartyKey {
    /// Its number.
    pub no: Option<String>,
    /// Its identity number.
    pub identity: Option<Private<IdentityNumber>>,
    /// Its name, alone or with a phone.
    pub name: Option<String>,
    /// One of its phones.
    pub phone: Option<Private<Phone>>,
}

/// An occupancy as a row tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct OccupancyRow {
    /// Which house.
    pub door: HouseRef,
    /// Who.
    pub party: PartyKey,
    /// As what.
    pub role: OccupancyRole,
    /// First day.
    pub valid_from: NaiveDate,
    /// First day on which it no longer holds: the day after the last one in the file.
    pub valid_until: Option<NaiveDate>,
}

const ROLES: &[(OccupancyRole, &[&str])] = &[
    (OccupancyRole::Owner, &["业主", "owner", "产权人", "房主"]),
    (OccupancyRole::Tenant, &["租户", "tenant", "租客", "承租人"]),
    (OccupancyRole::User, &["使用人", "user", "住户", "家属"]),
];

impl OccupancyRow {
    /// Reads a row. An empty role is an owner.
    ///
    /// # Errors
    /// Every cell that cannot be taken.
    pub fn read(headers: &Headers, cells: &[String]) -> Result<Self, RowError> {
        let mut row = RowReader::new(ImportKind::Occupancies, headers, cells);
        let door = row.required("house", door);
        let party = PartyKey {
            no: row.optional("party_no", words(40)),
            identity: row.optional("identity", identity),
            name: row.optional("name", words(100)),
            phone: row.optional("phone", phone),
        };
        if ["party_no", "identity", "name"]
            .iter()
            .all(|key| row.text(key).is_none())
        {
            row.refuse(
                "name",
                Issue::new(
                    "not_identified",
                    Text::new(
                        "编号、证件号码、姓名至少填一项",
                        "give a number, an identity number or a name",
                    ),
                ),
            );
        }
        let role = row.optional("role", one_of(ROLES));
        let valid_from = row.required("from", date);
        let last = row.optional("to", date);
        if let (Some(from), Some(last)) = (valid_from, last)
            && last < from
        {
            row.refuse(
                "to",
                Issue::new(
                    "order",
                    Text::new("截止日早于起始日", "the last day lies before the first"),
                ),
            );
        }
        let read = door.zip(valid_from).map(|(door, valid_from)| Self {
            door,
            party,
            role: role.unwrap_or(OccupancyRole::Owner),
            valid_from,
            valid_until: last.and_then(|last| last.checked_add_days(Days::new(1))),
        });
        row.finish(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Result<OccupancyRow, RowError> {
        let names = ["房号", "姓名", "电话", "关系", "起始日", "截止日"].map(String::from);
        let headers = Headers::find(ImportKind::Occupancies, &names).expect("fits");
        OccupancyRow::read(&headers, &cells.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn pos_recept_05_the_last_day_of_a_file_is_still_in() {
        let row = read(&["3#2-501", "张三", "13812345678", "租客", "2024/6/1", "2025年5月31日"]).expect("a good row");
        assert_eq!(row.role, OccupancyRole::Tenant);
        assert_eq!(row.valid_until, NaiveDate::from_ymd_opt(2025, 6, 1));
    }

    #[test]
    fn pos_recept_05_bad_cells_of_an_occupancy_are_named() {
        let errors = read(&["501", "", "x", "", "2024-06-01", "2024-05-01"]).expect_err("four bad cells");
        let found: Vec<_> = errors.iter().map(|e| (e.column, e.code.as_str())).collect();
        assert_eq!(
            found,
            [
                ("房号", "no_block"),
                ("联系电话", "invalid_format"),
                ("姓名", "not_identified"),
                ("截止日", "order")
            ]
        );
    }
}
