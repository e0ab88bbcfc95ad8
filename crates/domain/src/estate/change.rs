//! Partial changes: an absent field stays, `null` clears, and what changes the structure is told from what does not.

use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};

/// A partial change of an element of the inventory.
pub trait Change: Clone + Default + PartialEq + Serialize + DeserializeOwned {
    /// What it changes.
    type Of;

    /// Writes every field that is there.
    fn apply(&self, to: &mut Self::Of);

    /// Only the fields that the desk may set by itself.
    #[must_use]
    fn plain(&self) -> Self;

    /// Only the fields that the supervisor confirms.
    #[must_use]
    fn structural(&self) -> Self;

    /// Whether no field is there.
    #[must_use]
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Tells `null` from an absent field.
///
/// # Errors
/// As the value says.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// Declares a change: `plain` and `structural` fields, each also as `nullable`.
macro_rules! change {
    ($(#[$meta:meta])* $name:ident of $entity:ident {
        plain { $($(#[$pm:meta])* $p:ident: $pt:ty),* $(,)? }
        plain nullable { $($(#[$pnm:meta])* $pn:ident: $pnt:ty),* $(,)? }
        structural { $($(#[$sm:meta])* $s:ident: $st:ty),* $(,)? }
        structural nullable { $($(#[$snm:meta])* $sn:ident: $snt:ty),* $(,)? }
    }) => {
        $(#[$meta])*
        ///
        /// A field left out stays as it is; `null` clears a field that may be empty.
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema, validator::Validate)]
        #[serde(deny_unknown_fields, default)]
        pub struct $name {
            $($(#[$pm])* #[serde(skip_serializing_if = "Option::is_none")] pub $p: Option<$pt>,)*
            $($(#[$pnm])* #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::estate::present")]
              #[schema(value_type = Option<$pnt>)] pub $pn: Option<Option<$pnt>>,)*
            $($(#[$sm])* #[serde(skip_serializing_if = "Option::is_none")] pub $s: Option<$st>,)*
            $($(#[$snm])* #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::estate::present")]
              #[schema(value_type = Option<$snt>)] pub $sn: Option<Option<$snt>>,)*
        }

        impl $crate::estate::Change for $name {
            type Of = $entity;

            #[allow(clippy::useless_conversion, reason = "some fields are newtypes, some are not")]
            fn apply(&self, to: &mut $entity) {
                $(if let Some(value) = self.$p.clone() { to.$p = value.into(); })*
                $(if let Some(value) = self.$pn.clone() { to.$pn = value.map(Into::into); })*
                $(if let Some(value) = self.$s.clone() { to.$s = value.into(); })*
                $(if let Some(value) = self.$sn.clone() { to.$sn = value.map(Into::into); })*
            }

            fn plain(&self) -> Self {
                #[allow(clippy::needless_update, reason = "not every element has fields of each sort")]
                Self {
                    $($p: self.$p.clone(),)*
                    $($pn: self.$pn.clone(),)*
                    ..Self::default()
                }
            }

            fn structural(&self) -> Self {
                #[allow(clippy::needless_update, reason = "not every element has fields of each sort")]
                Self {
                    $($s: self.$s.clone(),)*
                    $($sn: self.$sn.clone(),)*
                    ..Self::default()
                }
            }
        }
    };
}

pub(super) use change;
