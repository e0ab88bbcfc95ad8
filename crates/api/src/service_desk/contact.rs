//! Names and phones given at the desk: personal data, open to who may see owners' phones.

use wuye_domain::{
    access::{Actor, Permission},
    shared::{
        EstateId, Problem, Text,
        private::{Clearance, Disclosed, Personal, Phone, Private},
    },
};

/// How much of residents' contacts this caller sees in this estate.
pub fn clearance(actor: &Actor, estate: EstateId) -> Clearance {
    match actor.scope(Permission::PartyContactRead) {
        Ok(scope) if scope.covers(estate) => Clearance::Open,
        _ => Clearance::Masked,
    }
}

struct GivenName(String);

impl Personal for GivenName {
    /// The family name stays, so that people can still talk about the matter.
    fn masked(&self) -> String {
        self.0.chars().take(1).chain("**".chars()).collect()
    }

    fn plain(&self) -> &str {
        &self.0
    }
}

/// A name, as far as the clearance goes.
pub fn name(value: Option<String>, clearance: Clearance) -> Option<Disclosed> {
    value.map(|name| Private::new(GivenName(name)).open(clearance))
}

/// A phone, as far as the clearance goes.
pub fn phone(value: Option<&str>, clearance: Clearance) -> Option<Disclosed> {
    value
        .and_then(Phone::parse)
        .map(|phone| Private::new(phone).open(clearance))
}

/// Reads a phone in any spelling.
///
/// # Errors
/// `validation_failed` at `pointer`.
pub fn read_phone(text: Option<&str>, pointer: &str) -> Result<Option<String>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let message = Text::new("不是电话号码", "it is not a phone number");
    match Phone::parse(text) {
        Some(phone) => Ok(Some(phone.as_str().to_owned())),
        None => Err(Problem::field(pointer, "not_a_phone", message)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_not_see_contacts_gets_the_family_name_and_the_ends_of_the_phone() {
        let masked = name(Some("王小明".to_owned()), Clearance::Masked).expect("a name");
        assert_eq!((masked.value.as_deref(), masked.masked), (Some("王**"), true));
        let open = phone(Some("138 0000 1234"), Clearance::Open).expect("a phone");
        assert_eq!((open.value.as_deref(), open.masked), (Some("13800001234"), false));
        assert_eq!(
            read_phone(Some("王"), "/phone").expect_err("no phone").errors[0].code,
            "not_a_phone"
        );
    }
}
