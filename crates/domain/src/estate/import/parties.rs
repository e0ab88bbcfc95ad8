//! A row of the import of parties.

use super::{
    Headers, ImportKind, RowError,
    read::{RowReader, one_of, words},
};
use crate::{
    estate::PartyKind,
    shared::{
        Issue, Text,
        private::{IdentityNumber, Phone, Private},
    },
};

/// A party as a row tells it. What is absent stays as it is in a party that exists.
#[derive(Clone, Debug, PartialEq)]
pub struct PartyRow {
    /// The number it has in an older ledger, or in this one.
    pub no: Option<String>,
    /// Name.
    pub name: String,
    /// What it mainly is.
    pub kind: Option<PartyKind>,
    /// Number of the identity document.
    pub identity: Option<Private<IdentityNumber>>,
    /// Phones, each once.
    pub phones: Vec<Private<Phone>>,
    /// Remark.
    pub note: Option<String>,
}

const KINDS: &[(PartyKind, &[&str])] = &[
    (PartyKind::Owner, &["业主", "owner", "产权人"]),
    (PartyKind::Tenant, &["租户", "tenant", "租客"]),
    (PartyKind::User, &["使用人", "user", "住户", "家属"]),
];

impl PartyRow {
    /// Reads a row.
    ///
    /// # Errors
    /// Every cell that cannot be taken; a row without number, document and phone says of nobody in particular.
    pub fn read(headers: &Headers, cells: &[String]) -> Result<Self, RowError> {
        let mut row = RowReader::new(ImportKind::Parties, headers, cells);
        let no = row.optional("no", words(40));
        let name = row.required("name", words(100));
        let kind = row.optional("kind", one_of(KINDS));
        let identity = row.optional("identity", identity);
        let mut phones: Vec<Private<Phone>> = Vec::new();
        for key in ["phone", "phone2"] {
            for phone in row.optional(key, all_phones).unwrap_or_default() {
                if !phones.contains(&phone) {
                    phones.push(phone);
                }
            }
        }
        if phones.len() > crate::estate::MOST_PHONES {
            row.refuse(
                "phone",
                Issue::new("too_many", Text::new("最多五个电话", "at most five phones")),
            );
        }
        let note = row.optional("note", words(500));
        if ["no", "identity", "phone", "phone2"]
            .iter()
            .all(|key| row.text(key).is_none())
        {
            row.refuse(
                "phone",
                Issue::new(
                    "not_identified",
                    Text::new(
                        "编号、证件号码、联系电话至少填一项，否则无法判断是否同一人",
                        "give a number, an identity number or a phone: otherwise nobody can tell who it is",
                    ),
                ),
            );
        }
        row.finish(name.map(|name| Self {
            no,
            name,
            kind,
            identity,
            phones,
            note,
        }))
    }
}

pub(super) fn identity(text: &str) -> Result<Private<IdentityNumber>, Issue> {
    IdentityNumber::parse(text).map(Private::new).ok_or_else(|| {
        Issue::new(
            "invalid_format",
            Text::new(
                "证件号码有误，请核对位数与校验码",
                "is not a valid document number: check its digits",
            ),
        )
    })
}

pub(super) fn phone(text: &str) -> Result<Private<Phone>, Issue> {
    Phone::parse(text).map(Private::new).ok_or_else(|| {
        Issue::new(
            "invalid_format",
            Text::new("电话号码有误，请核对", "is not a valid phone number: check the digits"),
        )
    })
}

/// Several phones in one cell, as old ledgers have them.
fn all_phones(text: &str) -> Result<Vec<Private<Phone>>, Issue> {
    text.split(['/', '、', ',', '，', ';', '；', '\n'])
        .filter(|part| !part.trim().is_empty())
        .map(phone)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Result<PartyRow, RowError> {
        let names = ["姓名", "类别", "身份证号", "手机"].map(String::from);
        let headers = Headers::find(ImportKind::Parties, &names).expect("fits");
        PartyRow::read(&headers, &cells.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn pos_recept_05_a_row_becomes_a_party() {
        let row = read(&["张三", "业主", "11010519491231002x", "138 1234 5678、010-62345678"]).expect("a good row");
        assert_eq!(row.kind, Some(PartyKind::Owner));
        assert_eq!(row.phones.len(), 2);
    }

    #[test]
    fn pos_recept_05_an_error_never_repeats_the_number() {
        let errors = read(&["张三", "", "110105194912310021", "1381234567x"]).expect_err("two bad cells");
        assert_eq!(errors.len(), 2);
        let shown = format!("{errors:?}");
        assert!(!shown.contains("110105") && !shown.contains("13812"), "{shown}");
        assert_eq!(
            read(&["李四", "", "", ""]).expect_err("nobody")[0].code,
            "not_identified"
        );
    }
}
