//! The rows of the demo while they are made: ids, numbers, chance and the trail.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    service_desk::{RepairCategory, categories::Category},
    shared::{
        SubjectKind,
        deadline::Clockwork,
        workdays::WorkdayCalendar,
        zone::{DEFAULT_ZONE, business_date, start_of},
    },
};

use super::Plan;

/// Tables in the order their references ask for.
const TABLES: &[&str] = &[
    "estates",
    "settings",
    "squads",
    "areas",
    "employees",
    "assignments",
    "accounts",
    "shifts",
    "qualifications",
    "absences",
    "acting_periods",
    "roster_entries",
    "tasks",
    "blocks",
    "units",
    "houses",
    "parking_spaces",
    "places",
    "structure_changes",
    "parties",
    "occupancies",
    "house_files",
    "house_file_items",
    "consultations",
    "repair_requests",
    "work_orders",
    "work_order_dispatches",
    "work_order_results",
    "work_order_costs",
    "cases",
    "case_contacts",
    "case_findings",
    "case_measures",
    "disputes",
    "dispute_parties",
    "dispute_steps",
    "visits",
    "assistances",
    "resident_reports",
    "goal_sets",
    "goals",
    "goal_measurements",
    "briefings",
    "briefing_points",
    "number_series",
    "trail",
];

/// A member of the staff.
#[derive(Clone, Debug)]
pub struct Person {
    pub employee: Uuid,
    pub assignment: Uuid,
    pub account: Uuid,
    pub post: PostCode,
    pub squad: Option<Uuid>,
    pub area: Option<Uuid>,
}

/// A house with who lives there.
#[derive(Clone, Debug)]
pub struct House {
    pub id: Uuid,
    pub no: String,
    pub party: Option<Uuid>,
    pub name: String,
    pub phone: String,
}

/// One act for the trail.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    pub kind: SubjectKind,
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub by: &'a Person,
    pub action: &'a str,
    pub from: Option<&'a str>,
    pub to: &'a str,
    pub clauses: &'a [&'a str],
}

/// Everything made so far.
pub struct Book {
    pub plan: Plan,
    pub now: DateTime<Utc>,
    pub today: NaiveDate,
    pub start: NaiveDate,
    pub estate: Uuid,
    pub staff: Vec<Person>,
    pub houses: Vec<House>,
    calendar: WorkdayCalendar,
    chance: u64,
    numbers: BTreeMap<(String, i32), i32>,
    rows: BTreeMap<&'static str, Vec<Value>>,
}

impl Book {
    /// An empty one whose present is `now`.
    pub fn new(plan: Plan, now: DateTime<Utc>) -> Self {
        let today = business_date(now, DEFAULT_ZONE);
        let start = today
            .checked_sub_months(chrono::Months::new(super::MONTHS))
            .unwrap_or(today);
        let mut book = Self {
            plan,
            now,
            today,
            start,
            estate: Uuid::nil(),
            staff: Vec::new(),
            houses: Vec::new(),
            calendar: WorkdayCalendar::built_in(),
            chance: plan.seed ^ 0x9e37_79b9_7f4a_7c15,
            numbers: BTreeMap::new(),
            rows: BTreeMap::new(),
        };
        book.estate = book.id(book.opened());
        book
    }

    /// When the centre began its work here: before the history.
    pub fn opened(&self) -> DateTime<Utc> {
        self.at(
            NaiveDate::from_ymd_opt(self.start.year() - 4, 3, 1).unwrap_or(self.start),
            540,
        )
    }

    /// The instant `minute` minutes after midnight of `day`.
    pub fn at(&self, day: NaiveDate, minute: i64) -> DateTime<Utc> {
        start_of(day, DEFAULT_ZONE) + TimeDelta::minutes(minute)
    }

    /// The next number of the seeded sequence (SplitMix64).
    pub fn roll(&mut self) -> u64 {
        self.chance = self.chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.chance;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of `from..until`.
    pub fn pick(&mut self, from: i64, until: i64) -> i64 {
        let span = u64::try_from((until - from).max(1)).unwrap_or(1);
        from + i64::try_from(self.roll() % span).unwrap_or(0)
    }

    /// An index below `length`.
    pub fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(length.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    /// Whether something happens that happens `percent` times in a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.pick(0, 100) < percent
    }

    /// One of these.
    pub fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.index(of.len())]
    }

    /// How many times something happens in a day that happens `rate_e2` hundredths of times on average.
    pub fn times(&mut self, rate_e2: i64) -> i64 {
        let spread = self.pick(60, 141);
        let wanted = rate_e2 * spread / 100;
        wanted / 100 + i64::from(self.chance(wanted % 100))
    }

    /// An id of the time `at`, random by the seed.
    pub fn id(&mut self, at: DateTime<Utc>) -> Uuid {
        let mut random = [0_u8; 10];
        random[..8].copy_from_slice(&self.roll().to_le_bytes());
        random[8..].copy_from_slice(&self.roll().to_le_bytes()[..2]);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// The next business number of a series.
    pub fn number(&mut self, series: &str, at: DateTime<Utc>) -> String {
        let year = business_date(at, DEFAULT_ZONE).year();
        let last = self.numbers.entry((series.to_owned(), year)).or_insert(0);
        *last += 1;
        format!("{series}{year}-{last:06}")
    }

    /// Keeps a row.
    pub fn put(&mut self, table: &'static str, row: Value) {
        self.rows.entry(table).or_default().push(row);
    }

    /// Keeps a line of the trail.
    pub fn act(&mut self, act: Act<'_>) {
        let id = self.id(act.at);
        let row = json!({
            "id": id, "occurred_at": act.at, "recorded_at": act.at, "estate_id": self.estate,
            "account_id": act.by.account, "employee_id": act.by.employee, "acting_for": null,
            "post": act.by.post.code(), "subject_kind": act.kind.code(), "subject_id": act.id, "action": act.action,
            "from_state": act.from, "to_state": act.to, "reason": null, "changes": {}, "clauses": act.clauses,
        });
        self.put("trail", row);
    }

    /// Everybody at a post.
    pub fn at_post(&self, post: PostCode) -> Vec<Person> {
        self.staff
            .iter()
            .filter(|person| person.post == post)
            .cloned()
            .collect()
    }

    /// Somebody at a post.
    pub fn someone(&mut self, post: PostCode) -> Person {
        let people = self.at_post(post);
        let at = self.index(people.len());
        people[at].clone()
    }

    /// A house that somebody lives in, or any.
    pub fn house(&mut self) -> House {
        let at = self.index(self.houses.len());
        self.houses[at].clone()
    }

    /// The end of work `days` working days after `at`.
    pub fn working_days(&self, at: DateTime<Utc>, days: u32) -> DateTime<Utc> {
        let clockwork = Clockwork {
            calendar: &self.calendar,
            zone: DEFAULT_ZONE,
            end_of_work: chrono::NaiveTime::from_hms_opt(17, 30, 0).unwrap_or_default(),
        };
        clockwork.working_days_after(at, days)
    }

    /// Whether the desk works on that day.
    pub fn workday(&self, day: NaiveDate) -> bool {
        self.calendar.is_workday(day)
    }

    /// `at`, or the next opening of the desk.
    pub fn desk_open(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let day = business_date(at, DEFAULT_ZONE);
        let (opens, closes) = (self.at(day, 510), self.at(day, 1050));
        if self.workday(day) && at < closes {
            return at.max(opens);
        }
        self.at(self.calendar.add_workdays(day, 1), 510)
    }

    /// The limits the product ships for a category.
    pub fn category(code: RepairCategory) -> Category {
        Category::shipped(code)
    }

    /// Every day of the history.
    pub fn days(&self) -> Vec<NaiveDate> {
        self.start.iter_days().take_while(|day| *day <= self.today).collect()
    }

    /// Writes down where the number series stand; the trail in its order of time.
    pub fn close(&mut self) {
        for ((series, year), last) in std::mem::take(&mut self.numbers) {
            let row = json!({ "estate_id": self.estate, "series": series, "year": year, "last": last });
            self.put("number_series", row);
        }
        if let Some(lines) = self.rows.get_mut("trail") {
            lines.sort_by_cached_key(|line| line["id"].as_str().map(ToOwned::to_owned));
        }
    }

    /// The file of the first house.
    pub fn first_file(&self) -> serde_json::Value {
        let files = self.rows.get("house_files").and_then(|rows| rows.first());
        files.map_or(Value::Null, |row| row["id"].clone())
    }

    /// The rows by table, in the order to put them in.
    pub fn tables(&self) -> impl Iterator<Item = (&'static str, &Vec<Value>)> {
        TABLES
            .iter()
            .filter_map(|table| self.rows.get(table).map(|rows| (*table, rows)))
    }

    /// How many rows there are by table.
    pub fn counts(&self) -> Vec<(&'static str, usize)> {
        self.tables().map(|(table, rows)| (table, rows.len())).collect()
    }
}
