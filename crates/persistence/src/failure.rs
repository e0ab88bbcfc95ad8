//! What can go wrong on the way to a row, and the one table that gives named constraints their words.

use diesel::result::{DatabaseErrorKind, Error};
use wuye_domain::shared::{Problem, ProblemCode, Text, UnknownCode};

/// Why a query function gave no answer.
#[derive(Debug)]
pub enum Failure {
    /// A refusal with words for the caller.
    Problem(Box<Problem>),
    /// The answer to this very request exists already (Idempotency-Key): send it again.
    Replay(Box<crate::idempotency::StoredAnswer>),
    /// The database cannot be reached, or gave up; another try may work.
    Unavailable(String),
    /// A fault of the product: logged once, never shown.
    Internal(String),
}

impl Failure {
    /// A fault of the product, with its cause for the log.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// Whether a full disk is the cause: waiting alone does not help then.
    #[must_use]
    pub fn is_disk_full(&self) -> bool {
        matches!(self, Self::Unavailable(cause) if cause.contains(DISK_FULL))
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<UnknownCode> for Failure {
    fn from(unknown: UnknownCode) -> Self {
        Self::internal(unknown)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match &error {
            Error::NotFound => Problem::not_found().into(),
            Error::BrokenTransactionManager => Self::Unavailable(error.to_string()),
            Error::DatabaseError(kind, info) => match kind {
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                    Self::Unavailable(info.message().to_owned())
                }
                DatabaseErrorKind::SerializationFailure => Self::Unavailable(info.message().to_owned()),
                DatabaseErrorKind::UniqueViolation
                | DatabaseErrorKind::ExclusionViolation
                | DatabaseErrorKind::ForeignKeyViolation
                | DatabaseErrorKind::CheckViolation => match info.constraint_name().and_then(constraint_problem) {
                    Some(problem) => problem.into(),
                    None => Self::Internal(format!("{error} (constraint {:?})", info.constraint_name())),
                },
                _ if will_pass(info.message()) => Self::Unavailable(info.message().to_owned()),
                // exclusion_violation has no kind of its own in every version of diesel.
                _ => match info.constraint_name().and_then(constraint_problem) {
                    Some(problem) => problem.into(),
                    None => Self::Internal(error.to_string()),
                },
            },
            _ => Self::Internal(error.to_string()),
        }
    }
}

/// What the system says when a disk is full, and the database and the file store with it.
const DISK_FULL: &str = "No space left on device";

/// Whether the same request may work later.
fn will_pass(message: &str) -> bool {
    [
        DISK_FULL,
        "terminating connection",
        "shutting down",
        "starting up",
        "statement timeout",
        "lock timeout",
        "connection closed",
    ]
    .iter()
    .any(|sign| message.contains(sign))
}

impl From<diesel_async::pooled_connection::deadpool::PoolError> for Failure {
    fn from(error: diesel_async::pooled_connection::deadpool::PoolError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Problem(problem) => problem.fmt(f),
            Self::Replay(_) => f.write_str("answered before"),
            Self::Unavailable(cause) | Self::Internal(cause) => f.write_str(cause),
        }
    }
}

impl std::error::Error for Failure {}

/// The words of a named constraint: which field, and what to do. A constraint that is not here is a fault (500), so a
/// new migration adds its line.
fn constraint_problem(name: &str) -> Option<Problem> {
    let conflict = |pointer: &str, zh: &'static str, en: &'static str| {
        Some(Problem::new(ProblemCode::Conflict, Text::new(zh, en)).and_field(pointer, "taken", Text::new(zh, en)))
    };
    let unknown = |pointer: &str| Some(Problem::unknown_reference(pointer));
    match name {
        "notice_robots_channel_key" => conflict(
            "/channel",
            "他人刚设置了该小区的此群机器人，请刷新",
            "Somebody has just set this robot of the estate: reload",
        ),
        "estates_code_key" => conflict("/code", "小区编号已存在", "An estate with this code exists"),
        "departments_code_key" => conflict("/code", "部门编号已存在", "A department with this code exists"),
        "employees_no_key" => conflict("/no", "工号已存在", "An employee with this number exists"),
        "squads_estate_name_key" => conflict("/name", "该小区已有同名班组", "The estate has a squad of this name"),
        "accounts_username_key" => conflict("/username", "用户名已被使用", "The user name is taken"),
        "assignments_no_overlap" => conflict(
            "/valid_from",
            "该员工在此期间已担任同一岗位",
            "The person holds this post already in that period",
        ),
        "assignments_one_primary" => conflict(
            "/kind",
            "该员工在此期间已有主岗；请改为兼任或先结束原任职",
            "The person has a primary post in that period; make it concurrent or end the other first",
        ),
        "reporting_edges_one_line_parent" => conflict(
            "/valid_from",
            "该岗位在此期间已有直接上级；请先结束原汇报线",
            "The post has a line superior in that period; end that edge first",
        ),
        "acting_periods_no_overlap" => conflict(
            "/starts_at",
            "此期间已有确认的代职人",
            "Somebody is confirmed to act in that period already",
        ),
        "calendar_years_estate_year_key" | "calendar_days_estate_date_key" => conflict(
            "/days",
            "他人刚录入了该年度的日历，请刷新",
            "Somebody has just entered the calendar of this year: reload",
        ),
        "goal_sets_year_key" => conflict("/year", "该小区已有本年度目标", "The estate has goals for this year"),
        "goal_measurements_supersedes_key" => conflict(
            "/reason",
            "此测量已有后续的重新测量，请刷新",
            "This measurement was measured again already: reload",
        ),
        "acting_periods_vacancy_no_overlap" => conflict(
            "/from",
            "此期间已有人代行该空缺岗位",
            "Somebody acts in the vacant post in that period already",
        ),
        "absences_no_overlap" => conflict(
            "/from",
            "该员工此期间已有离岗登记",
            "The person is away at that time already",
        ),
        "roster_entries_no_overlap" => conflict(
            "/entries",
            "同一员工的班次时间重叠",
            "A person would be on two shifts at once",
        ),
        "qualifications_no_overlap" => conflict(
            "/category_code",
            "该员工此期间已有此项资质",
            "The person has this qualification in that period",
        ),
        "vacancy_covers_no_overlap" => conflict("/posts", "同一岗位只能列一次", "A post can be named once only"),
        "stand_in_pairs_no_overlap" => conflict(
            "/stand_in_post",
            "此代职关系在此期间已存在",
            "These two posts are a pair in that period already",
        ),
        "shifts_estate_code_key" => conflict("/code", "该小区已有此班次代码", "The estate has a shift of this code"),
        "name_aliases_alias_key" => conflict("/alias", "此别名已登记", "This name is on the list already"),
        "computers_estate_no_key" => conflict("/no", "此编号的计算机已登记", "A computer of this number is registered"),
        "account_requests_open_key" => conflict(
            "/employee_id",
            "该员工的同类申请正在等待审批",
            "The same is asked for this person already",
        ),
        "data_checks_estate_period_area_key" => conflict(
            "/period",
            "该月此项数据已开始核对",
            "This data of that month is being checked already",
        ),
        "shifts_minutes_check" => Some(Problem::field(
            "/ends_minute",
            "out_of_range",
            Text::new(
                "开始0至1439分，结束0至1440分，且两者不同",
                "start 0 to 1439, end 0 to 1440, and not the same",
            ),
        )),
        "data_checks_period_check" => Some(Problem::field(
            "/period",
            "wrong_type",
            Text::new("月份须写作 YYYY-MM", "a month is written YYYY-MM"),
        )),
        "absences_times_check" => Some(Problem::field(
            "/until",
            "order",
            Text::new("截止须晚于起始", "the end must lie after the start"),
        )),
        "entrusted_duties_dates_check"
        | "stand_in_pairs_dates_check"
        | "qualifications_dates_check"
        | "box_coverages_dates_check"
        | "assignments_dates_check"
        | "reporting_edges_dates_check" => Some(Problem::field(
            "/valid_until",
            "order",
            Text::new("截止日须晚于起始日", "the end must lie after the start"),
        )),
        "acting_periods_times_check" => Some(Problem::field(
            "/ends_at",
            "order",
            Text::new("截止须晚于起始", "the end must lie after the start"),
        )),
        "acting_periods_self_check" => Some(Problem::field(
            "/stand_in_id",
            "self",
            Text::new("不能由本人代职", "nobody stands in for themselves"),
        )),
        "reporting_edges_self_check" => Some(Problem::field(
            "/parent_post",
            "self",
            Text::new("岗位不能汇报给自己", "a post cannot report to itself"),
        )),
        "areas_code_key" => conflict("/code", "该小区已有此辖区编号", "The estate has an area of this code"),
        "blocks_no_key" => conflict("/no", "该小区已有此栋号", "The estate has a block of this label"),
        "units_no_key" => conflict("/no", "该栋已有此单元号", "The block has a unit of this label"),
        "houses_no_key" => conflict("/room", "该房号已登记", "This house is registered already"),
        "parking_spaces_no_key" => conflict(
            "/no",
            "该小区已有此车位号",
            "The estate has a parking space of this number",
        ),
        "parties_no_key" => conflict(
            "/no",
            "该小区已有此编号的业主或住户",
            "The estate has a party of this number",
        ),
        "parties_identity_key" => conflict(
            "/identity_number",
            "该证件号码已登记在另一人名下",
            "The identity number is on file under another party",
        ),
        "occupancies_no_overlap" => conflict(
            "/valid_from",
            "此人在该房屋已有同一关系且日期重叠的记录",
            "The person has an entry of the same role in the house at that time",
        ),
        "house_files_house_key" => conflict("/house_id", "该房屋已有在用档案", "The house has a living file"),
        "consultations_out_key" => conflict(
            "/house_file_id",
            "档案已借给他人，归还后才能再借",
            "The file is out with another reader and must come back first",
        ),
        "estate_checks_year_key" => conflict("/year", "该年度的核对已建立", "The check of this year exists"),
        "occupancies_dates_check" => Some(Problem::field(
            "/valid_until",
            "order",
            Text::new("截止日须晚于起始日", "the end must lie after the start"),
        )),
        _ => crate::failure::reference(name).map_or_else(|| None, unknown),
    }
}

/// The field behind a foreign key, by the naming rule `<table>_<field>_fk`.
fn reference(name: &str) -> Option<&'static str> {
    let field = name.strip_suffix("_fk")?;
    [
        ("_origin_case", "/origin_case"),
        ("_owner", "/owner_id"),
        ("_master", "/master_id"),
        ("_estate", "/estate_id"),
        ("_from_employee", "/from_employee_id"),
        ("_to_employee", "/to_employee_id"),
        ("_custodian_employee", "/custodian_id"),
        ("_shift", "/shift_id"),
        ("_absence", "/absence_id"),
        ("_employee", "/employee_id"),
        ("_post", "/post"),
        ("_child", "/child_post"),
        ("_parent", "/parent_post"),
        ("_squad", "/squad_id"),
        ("_area", "/area_id"),
        ("_department", "/department_id"),
        ("_stand_in", "/stand_in_id"),
        ("_principal", "/principal_assignment"),
        ("_house", "/house_id"),
        ("_party", "/party_id"),
        ("_block", "/block_id"),
        ("_unit", "/unit_id"),
        ("_file", "/file_id"),
    ]
    .iter()
    .find(|(suffix, _)| field.ends_with(suffix))
    .map(|(_, pointer)| *pointer)
}
