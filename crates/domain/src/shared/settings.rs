//! Values that the manual leaves open. Each is a setting with the default that `capabilities.md` proposes.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{Problem, Text};

macro_rules! settings {
    ($($variant:ident = $code:literal, $default:expr, $min:literal..=$max:literal, $zh:literal, $en:literal, [$($clause:literal),*];)+) => {
        $crate::code_enum! {
            /// A setting. Whole numbers; the unit stands in the name (`…_days` working days, `…_minutes`, `…_fen`), and
            /// 0/1 stand for off/on where the range is 0 to 1.
            pub enum SettingKey {
                $(#[doc = $en] $variant = $code),+
            }
        }

        /// What the product ships for each setting.
        pub const SETTINGS: &[SettingValue] = &[
            $(SettingValue {
                key: SettingKey::$variant,
                default: $default,
                min: $min,
                max: $max,
                title: Text::new($zh, $en),
                clauses: &[$($clause),*],
            }),+
        ];
    };
}

/// A setting with its default, limits and meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingValue {
    /// Which one.
    pub key: SettingKey,
    /// The value that holds until somebody changes it.
    pub default: i64,
    /// Smallest value taken.
    pub min: i64,
    /// Largest value taken.
    pub max: i64,
    /// Its meaning.
    pub title: Text,
    /// The clauses that leave it open.
    pub clauses: &'static [&'static str],
}

settings! {
    ReplyDays = "case.reply_days", 3, 0..=60, "投诉与建议答复时限（工作日）", "Working days until a case is answered", ["POS-RECEPT-07a"];
    AcknowledgeMinutes = "case.acknowledge_minutes", 60, 0..=10080, "受理确认时限（分钟）", "Minutes until a case is acknowledged", ["POS-RECEPT-07a"];
    EscalationDays = "case.escalation_days", 1, 1..=30, "逾期后每上升一级的工作日", "Working days overdue per step up the line", ["POS-RECEPT-07a"];
    OverdueGraceMinutes = "overdue.grace_minutes", 15, 0..=10080, "逾期提醒本人后报直接上级前的分钟数", "Minutes overdue, after the reminder, until the line superior is told", ["POS-RECEPT-07a", "POS-PUBSUP-09", "PROC-PUBSUP-5.4"];
    DisputeStepDays = "dispute.step_days", 3, 1..=60, "纠纷每级调解时限（工作日）", "Working days per level of mediation", ["PROC-PUBSUP-5.4"];
    VisitDays = "visit.days", 3, 0..=60, "办结后回访时限（工作日）", "Working days from closing to the return visit", ["POS-RECEPT-07b", "POS-RECEPT-09b"];
    WarrantyVisitDays = "visit.warranty_days", 30, 1..=365, "保修维修再回访（天）", "Days until a warranty repair is visited again", ["POS-RECEPT-09b"];
    VisitRetries = "visit.retries", 3, 1..=10, "联系不上时的重试次数", "Tries before a visit ends as unreachable", ["POS-RECEPT-07b"];
    OrderCostLimitFen = "order.cost_limit_fen", 20000, 0..=100000000, "材料或有偿服务须审批的金额（分）", "Cost in fen above which an order needs approval", ["POS-PUBSUP-09"];
    CountDuplicates = "goal.count_duplicates", 0, 0..=1, "目标二按重复件分别计数", "Count linked duplicates of a case one by one (goal 2)", ["GOAL-2"];
    HandlingValidOnly = "goal.handling_valid_only", 0, 0..=1, "目标三仅计有效投诉", "Only valid complaints in the handling rate (goal 3)", ["GOAL-3"];
    VoidBallotsOut = "goal.void_ballots_out", 0, 0..=1, "目标一剔除作废调查表", "Leave void ballots out of those returned (goal 1)", ["GOAL-1"];
    LowestReturnPercent = "goal.lowest_return_percent", 30, 0..=100, "目标一收回率低于此值时提示（%）", "Warn when fewer ballots than this come back, in percent (goal 1)", ["GOAL-1"];
    ViolationsAllSources = "goal.violations_all_sources", 0, 0..=1, "目标四计入投诉和自报发现的违章", "Count violations known from complaints and self-reports too (goal 4)", ["GOAL-4"];
    ViolationsPerItem = "goal.violations_per_item", 0, 0..=1, "目标四按违章项数计", "Count each item found, not each person at a check (goal 4)", ["GOAL-4"];
    GoalApprovalDay = "goal.approval_january_day", 15, 1..=31, "年度目标批准截止日（当年1月）", "Day of January until which the year's goals are approved", ["POS-DEPMGR-02a"];
    GoalFinalDay = "goal.final_january_day", 31, 1..=31, "年度终测截止日（次年1月）", "Day of January until which the year is measured for good", ["GOAL-1", "GOAL-2", "GOAL-3", "GOAL-4", "GOAL-5"];
    GoalCutoffDay = "goal.cutoff_january_day", 31, 1..=31, "目标三办结截止日（次年1月）", "Day of January until which a case of the year may be closed to count as handled (goal 3)", ["GOAL-3"];
    EndOfWorkMinute = "time.end_of_work_minute", 1050, 0..=1439, "下班时间（零点起分钟数）", "End of work, minutes after midnight", ["POS-RECEPT-03a"];
    TotpRequired = "access.totp_required", 1, 0..=1, "管理员与标明的岗位须用动态验证码登录", "Administrators and the posts marked so log in with a one-time code", ["DER-COMPUTER-2"];
    ReportsPerHour = "public.reports_per_hour", 6, 1..=1000, "同一来源每小时公开报事上限", "Public reports per hour from one address", ["POS-RECEPT-07a"];
    EstateReportsPerHour = "public.estate_reports_per_hour", 120, 1..=100000, "全小区每小时公开报事上限", "Public reports per hour in one estate", ["POS-RECEPT-07a"];
    PhotosPerHour = "public.photos_per_hour", 30, 1..=1000, "同一来源每小时公开上传照片上限", "Public photos per hour from one address", ["POS-RECEPT-07a"];
    StartOfWorkMinute = "time.start_of_work_minute", 510, 0..=1439, "上班时间（零点起分钟数）", "Start of work, minutes after midnight", ["POS-GUARDLEAD-05b"];
    DispatchMinutes = "order.dispatch_minutes", 30, 1..=1440, "接报后派工时限（分钟）", "Minutes from a repair request to its dispatch", ["POS-RECEPT-09a"];
    OrderEscalationHours = "order.escalation_hours", 24, 1..=720, "工单逾期后再上升一级的小时数", "Hours overdue until an order climbs from PUBSUP to DEPMGR", ["POS-PUBSUP-09"];
    ExpenseLimitFen = "order.expense_limit_fen", 200000, 0..=100000000, "须另报支出审批的金额（分）", "Cost in fen above which an order also needs an expense approval", ["POS-PUBSUP-09"];
    DispatchWeekPercent = "dispatch.week_percent", 100, 0..=1000, "派工：本周已派每分钟的权重（%）", "Dispatch: weight of a minute assigned this week, in percent", ["POS-RECEPT-09c"];
    DispatchNormalPercent = "dispatch.normal_percent", 50, 0..=1000, "派工：未完一般单每分钟的权重（%）", "Dispatch: weight of an open minute of a normal order, in percent", ["POS-RECEPT-09c"];
    DispatchUrgentPercent = "dispatch.urgent_percent", 100, 0..=1000, "派工：未完加急单每分钟的权重（%）", "Dispatch: weight of an open minute of an urgent order, in percent", ["POS-RECEPT-09c"];
    DispatchEmergencyPercent = "dispatch.emergency_percent", 150, 0..=1000, "派工：未完紧急单每分钟的权重（%）", "Dispatch: weight of an open minute of an emergency, in percent", ["POS-RECEPT-09c"];
    DispatchAreaMinutes = "dispatch.area_minutes", 10, 0..=480, "派工：熟悉片区减计的分钟数", "Dispatch: minutes taken off the load of who knows the area", ["POS-RECEPT-09c"];
    LooksPerHour = "public.looks_per_hour", 120, 10..=10000, "同一来源每小时凭查询码查询上限", "Looks at tracking codes per hour from one address", ["POS-RECEPT-07a"];
    KeyedLateMinutes = "order.keyed_late_minutes", 10, 1..=1440, "超过多少分钟算补录", "Minutes between deed and record after which it shows as keyed late", ["POS-TECH-06b"];
    DormantDays = "account.dormant_days", 90, 1..=3650, "多少天未登录算闲置账号", "Days without a login after which an account is dormant", ["DER-COMPUTER-2"];
    RestoreTestDays = "backup.restore_test_days", 92, 1..=3650, "恢复测试的最长间隔（天）", "Days from one restore test to the next at most", ["DER-COMPUTER-4"];
    BackupMinute = "backup.due_minute", 1080, 0..=1439, "每日备份的截止时间（零点起分钟数）", "Until when a day's backup is made, minutes after midnight", ["DER-COMPUTER-4", "DER-TICKET-7"];
    CoverNoticeDays = "acting.cover_notice_days", 7, 1..=60, "节假日代职须提前多少天安排", "Days before a public holiday on which a stand-in must be named", ["PROC-DEPMGR-5.9", "PROC-ASSTMGR-5.10"];
    DeviceHours = "order.device_hours", 72, 1..=720, "离线操作最多可补录的小时数", "Hours a device may send an action after it happened", ["POS-TECH-06b"];
    TaskEscalationDays = "task.escalation_days", 1, 1..=30, "交办任务逾期后每上升一级的工作日", "Working days a task is overdue per step, from the giver up the line", ["POS-CSCMGR-12", "POS-DEPMGR-09", "POS-ASSTMGR-09", "POS-GUARDCAPT-12", "POS-PUBSUP-16", "POS-FINSUP-06"];
    NoticeQuietFrom = "notice.quiet_from_minute", 1260, 0..=1439, "免打扰开始（零点起分钟数）", "Beginning of the quiet hours, minutes after midnight", ["PROC-DEPMGR-4.2"];
    NoticeQuietUntil = "notice.quiet_until_minute", 450, 0..=1439, "免打扰结束，与开始相同即不设（零点起分钟数）", "End of the quiet hours, the same as their beginning for none, minutes after midnight", ["PROC-DEPMGR-4.2"];
    NoticeDigest = "notice.digest_minute", 465, 0..=1439, "晨报发送时间（零点起分钟数）", "When the morning digest goes out, minutes after midnight", ["PROC-DEPMGR-4.2"];
    NoticeTries = "notice.tries", 6, 1..=20, "通知外发的最多尝试次数", "Tries before an outward message is given up", ["PROC-DEPMGR-4.2"];
    NoticeRemindMinutes = "notice.remind_minutes", 120, 0..=10080, "到期前多少分钟提醒承办人（0 为不提醒）", "Minutes before a deadline at which whoever owes it is reminded; 0: not at all", ["PROC-DEPMGR-4.2", "PROC-PUBSUP-4.2", "PROC-GUARDCAPT-4.2", "PROC-FINSUP-4.2"];
    BriefingMissingMinute = "briefing.missing_minute", 720, 0..=1439, "未作的每日汇报自何时起显示缺报（零点起分钟数）", "From when a briefing that was not given shows as missing, minutes after midnight", ["PROC-DEPMGR-5.1", "PROC-GUARDCAPT-5.1a", "PROC-PUBSUP-5.1a"];
}

/// The settings of one estate at one moment: what was changed, over the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Settings(HashMap<SettingKey, i64>);

impl Settings {
    /// From the stored values; unknown keys were dropped before.
    #[must_use]
    pub fn of(changed: impl IntoIterator<Item = (SettingKey, i64)>) -> Self {
        Self(changed.into_iter().collect())
    }

    /// The value in force.
    #[must_use]
    pub fn get(&self, key: SettingKey) -> i64 {
        self.0
            .get(&key)
            .copied()
            .unwrap_or_else(|| SettingKey::description(key).default)
    }

    /// Whether a 0/1 setting is on.
    #[must_use]
    pub fn on(&self, key: SettingKey) -> bool {
        self.get(key) != 0
    }
}

impl SettingKey {
    /// Default, limits and meaning.
    #[must_use]
    pub fn description(self) -> &'static SettingValue {
        &SETTINGS[self as usize]
    }

    /// Checks a new value.
    ///
    /// # Errors
    /// `validation_failed` naming the limits.
    pub fn check(self, value: &Value) -> Result<i64, Problem> {
        let SettingValue { min, max, .. } = self.description();
        match value.as_i64() {
            Some(number) if (*min..=*max).contains(&number) => Ok(number),
            _ => Err(Problem::field(
                "/value",
                "out_of_range",
                crate::text!(
                    "须为{min}至{max}之间的整数，收到{value}",
                    "must be a whole number from {min} to {max}, got {value}"
                ),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_described_in_place_and_its_default_is_taken() {
        for (place, setting) in SETTINGS.iter().enumerate() {
            assert_eq!(setting.key as usize, place);
            assert_eq!(setting.key.check(&setting.default.into()), Ok(setting.default));
            assert!(setting.key.check(&(setting.max + 1).into()).is_err());
        }
    }
}
