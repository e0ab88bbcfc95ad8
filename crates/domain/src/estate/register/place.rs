//! Roads, green areas, shared places and fixtures (POS-CLEANLEAD-03).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    code_enum,
    estate::{ElementState, FixtureCount, Milli, PlaceId, Remark, Where, change::change},
    shared::{AreaId, EmployeeId, EstateId, Name, Problem, ShortCode, Text, natural::natural_key, search::Tokens},
};

code_enum! {
    /// What sort of place it is.
    pub enum PlaceKind {
        /// 道路: has a length and an area.
        Road = "road",
        /// 绿地: has an area.
        Green = "green",
        /// 公共场所: a lobby, a square, a playground.
        Shared = "shared",
        /// 设施: counted things that stand somewhere.
        Fixture = "fixture",
    }
}

code_enum! {
    /// What sort of fixture.
    pub enum FixtureKind {
        /// 座椅.
        Bench = "bench",
        /// 路灯.
        LampPost = "lamp_post",
        /// 雕塑.
        Sculpture = "sculpture",
        /// 小品.
        SmallStructure = "small_structure",
    }
}

impl PlaceKind {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Road => Text::new("道路", "road"),
            Self::Green => Text::new("绿地", "green area"),
            Self::Shared => Text::new("公共场所", "shared place"),
            Self::Fixture => Text::new("设施小品", "fixture"),
        }
    }
}

impl FixtureKind {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Bench => Text::new("座椅", "bench"),
            Self::LampPost => Text::new("路灯", "lamp post"),
            Self::Sculpture => Text::new("雕塑", "sculpture"),
            Self::SmallStructure => Text::new("小品建筑", "small structure"),
        }
    }
}

/// A road, green area, shared place or fixture.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// The estate.
    pub estate_id: EstateId,
    /// The area it lies in.
    pub area_id: Option<AreaId>,
    /// What sort of place.
    pub kind: PlaceKind,
    /// What sort of fixture; only fixtures have it.
    pub fixture_kind: Option<FixtureKind>,
    /// Its number, where it has one.
    pub no: String,
    /// Name.
    pub name: String,
    /// Length in thousandths of a metre.
    pub length_milli: Option<i64>,
    /// Area in thousandths of a square metre.
    pub area_milli: Option<i64>,
    /// How many there are; 1 for what is not counted.
    pub quantity: i32,
    /// Where it is.
    pub location: String,
    /// Remark.
    pub note: String,
    /// Lists sort by it.
    #[serde(skip)]
    pub sort_key: String,
    /// Where it stands.
    pub state: ElementState,
    /// For If-Match.
    pub version: i32,
    /// Who keyed it.
    pub created_by: Option<EmployeeId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
}

/// A new road, green area, shared place or fixture.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewPlace {
    /// The estate.
    pub estate_id: EstateId,
    /// The area it lies in.
    pub area_id: Option<AreaId>,
    /// What sort of place.
    pub kind: PlaceKind,
    /// What sort of fixture; required for fixtures, refused for others.
    pub fixture_kind: Option<FixtureKind>,
    /// Its number, where it has one.
    pub no: Option<ShortCode>,
    /// Name.
    pub name: Name,
    /// Length in thousandths of a metre; roads only.
    pub length_milli: Option<Milli>,
    /// Area in thousandths of a square metre.
    pub area_milli: Option<Milli>,
    /// How many there are; 1 when left out.
    pub quantity: Option<FixtureCount>,
    /// Where it is.
    #[serde(default)]
    pub location: Where,
    /// Remark.
    #[serde(default)]
    pub note: Remark,
}

change! {
    /// A change of a place; measures, numbers and area are confirmed by the supervisor.
    ChangePlace of Place {
        plain {
            /// Where it is.
            location: Where,
            /// Remark.
            note: Remark,
        }
        plain nullable {}
        structural {
            /// Name.
            name: Name,
            /// How many there are.
            quantity: FixtureCount,
        }
        structural nullable {
            /// The area it lies in.
            area_id: AreaId,
            /// Length in thousandths of a metre; roads only.
            length_milli: Milli,
            /// Area in thousandths of a square metre.
            area_milli: Milli,
        }
    }
}

impl Place {
    /// The draft of a new place.
    ///
    /// # Errors
    /// `validation_failed` when the kind of fixture is missing or too much, or a length stands at what has none.
    pub fn draft(new: NewPlace, by: Option<EmployeeId>, now: DateTime<Utc>) -> Result<Self, Problem> {
        let mut place = Self {
            id: PlaceId::generate(),
            estate_id: new.estate_id,
            area_id: new.area_id,
            kind: new.kind,
            fixture_kind: new.fixture_kind,
            no: new.no.map(Into::into).unwrap_or_default(),
            name: new.name.into(),
            length_milli: new.length_milli.map(Into::into),
            area_milli: new.area_milli.map(Into::into),
            quantity: new.quantity.map_or(1, Into::into),
            location: new.location.into(),
            note: new.note.into(),
            sort_key: String::new(),
            state: ElementState::Draft,
            version: 1,
            created_by: by,
            created_at: now,
            updated_at: now,
        };
        place.fits()?;
        place.refresh();
        Ok(place)
    }

    /// Whether its parts fit together.
    fn fits(&self) -> Result<(), Problem> {
        let fixture = self.kind == PlaceKind::Fixture;
        if fixture != self.fixture_kind.is_some() {
            let message = if fixture {
                Text::new("设施须选择种类", "a fixture needs its kind")
            } else {
                Text::new("只有设施才有设施种类", "only a fixture has a kind of fixture")
            };
            return Err(Problem::field("/fixture_kind", "fixture_only", message));
        }
        if self.length_milli.is_some() && self.kind != PlaceKind::Road {
            return Err(Problem::field(
                "/length_milli",
                "road_only",
                Text::new("只有道路才填长度", "only a road has a length"),
            ));
        }
        Ok(())
    }

    /// What a search finds it by.
    #[must_use]
    pub fn tokens(&self) -> Vec<String> {
        let tokens = Tokens::new().name(&self.name).text(&self.no).text(&self.location);
        tokens.into_vec()
    }

    fn refresh(&mut self) {
        let kind = self.kind as usize;
        let fixture = self.fixture_kind.map_or(0, |kind| kind as usize);
        self.sort_key = format!("{kind}{fixture}-{}-{}", natural_key(&self.no), natural_key(&self.name));
    }
}

super::element!(
    Place,
    ChangePlace,
    Place,
    |it| if it.no.is_empty() {
        it.name.clone()
    } else {
        format!("{} {}", it.no, it.name)
    },
    |made| made.refresh(),
    Place::fits
);
