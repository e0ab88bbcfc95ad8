//! Words that every context uses: ids, problems, pages, transitions, texts with limits.

mod code_enum;
mod ids;
mod page;
mod problem;
mod settings;
mod text;
mod transition;

pub use ids::{AccountId, AreaId, AssignmentId, EmployeeId, EstateId, FileId, SquadId, Subject, UnknownCode};
pub use page::{ListRequest, Page, SortOrder};
pub use problem::{FieldDocument, FieldProblem, Problem, ProblemCode, ProblemDocument, Text};
pub use settings::{SETTINGS, SettingKey, SettingValue, Settings};
pub use text::{Issue, LongText, Minutes, Name, Note, ShortCode, Username, checked_text};
pub use transition::{SubjectKind, TrailEntry, Transition};
