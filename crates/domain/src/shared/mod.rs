//! Words that every context uses: ids, problems, pages, transitions, texts with limits.

pub mod calendar;
mod code_enum;
pub mod deadline;
pub mod holidays;
pub mod house_no;
mod ids;
pub mod money;
pub mod natural;
pub mod numerals;
mod page;
pub mod period;
pub mod private;
mod problem;
pub mod search;
mod settings;
mod text;
mod trail_words;
mod transition;
pub mod workdays;
pub mod written;
pub mod zone;

pub use ids::{AccountId, AreaId, AssignmentId, EmployeeId, EstateId, FileId, SquadId, Subject, UnknownCode};
pub use page::{ListRequest, Page, SortOrder};
pub use problem::{FieldDocument, FieldProblem, Problem, ProblemCode, ProblemDocument, Text};
pub use settings::{SETTINGS, SettingKey, SettingValue, Settings};
pub use text::{Issue, LongText, Minutes, Name, Note, SearchText, ShortCode, Username, checked_text};
pub use trail_words::deed;
pub use transition::{SubjectKind, TrailEntry, Transition};
