//! Taking an estate on, and what of it may change afterwards (DER-X-5).

use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::Where;
use crate::shared::{Name, ShortCode, zone::ZoneName};

/// An estate to be taken on.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewEstate {
    /// Short code, unique in the company.
    pub code: ShortCode,
    /// Name.
    pub name: Name,
    /// Postal address.
    #[serde(default)]
    pub address: Where,
    /// IANA zone in which its days are counted; the company's when left out. It stays: every date on record was counted in
    /// it.
    pub time_zone: Option<ZoneName>,
}

/// A change of an estate. A field left out stays as it is.
#[derive(Clone, Debug, Default, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeEstate {
    /// Short code, unique in the company.
    pub code: Option<ShortCode>,
    /// Name.
    pub name: Option<Name>,
    /// Postal address.
    pub address: Option<Where>,
}
