//! Typed identifiers: uuid v7 on the inside, so that they sort by time of making and cannot be guessed from outside.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A stored code that no variant has: the row was written by a newer version or by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    /// The enum that was asked.
    pub kind: &'static str,
    /// The code it does not know.
    pub code: String,
}

impl std::fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} is not a code of {}", self.code, self.kind)
    }
}

impl std::error::Error for UnknownCode {}

/// Declares typed ids, so that the id of a house cannot be passed where an employee is asked for.
#[macro_export]
macro_rules! typed_ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            ::serde::Serialize, ::serde::Deserialize, ::utoipa::ToSchema,
        )]
        #[serde(transparent)]
        #[schema(value_type = ::uuid::Uuid)]
        pub struct $name(pub ::uuid::Uuid);

        impl $name {
            /// A new id, later than all made before it on this machine.
            #[must_use]
            pub fn generate() -> Self {
                Self(::uuid::Uuid::now_v7())
            }
        }

        impl From<::uuid::Uuid> for $name {
            fn from(id: ::uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for ::uuid::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

typed_ids! {
    /// An estate (小区): the scope of one service centre and of its goals.
    EstateId,
    /// An area (辖区) of an estate.
    AreaId,
    /// A squad (班) of order officers, cleaners or technicians.
    SquadId,
    /// A person who works, has worked or may come to work here.
    EmployeeId,
    /// One person holding one post from one date until another.
    AssignmentId,
    /// A login: of a person or of a service.
    AccountId,
    /// An uploaded file.
    FileId,
}

/// A typed reference to any record: what kind it is and which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Subject {
    /// The kind of record.
    pub kind: super::SubjectKind,
    /// Its id.
    pub id: Uuid,
}

impl Subject {
    /// A reference to the record `id` of `kind`.
    pub fn new(kind: super::SubjectKind, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into() }
    }
}
