//! What proves a duty: the record that each leaves.
//!
//! One record has one code, whoever files it. No post has two duties of one code: a fact counts for whichever duty of
//! its kind falls due next.

use crate::code_enum;
use crate::shared::Text;

code_enum! {
    /// What proves that a duty was done.
    pub enum EvidenceKind {
        /// 周界红外测试记录: a run over all zones with a result for each.
        AlarmTest = "alarm_test",
        /// 交接班记录, signed by both sides.
        Handover = "handover",
        /// 巡查签到: a round of a route, signed in at its checkpoints.
        PatrolRun = "patrol_run",
        /// 巡视检查记录: an unscheduled walk, or how people do their duties.
        SpotCheck = "spot_check",
        /// 晨会汇报: what the day before brought, to the superior.
        Briefing = "briefing",
        /// 记录抽查: a note on the records sampled.
        RecordCheck = "record_check",
        /// 责任区保洁单 of one cleaner.
        ZoneSheet = "zone_sheet",
        /// 保洁单复核 by the squad leader.
        ZoneCheck = "zone_check",
        /// 设备运行记录 of a round over the equipment.
        RunningLog = "running_log",
        /// 装修现场巡查记录 of one site.
        SitePatrol = "site_patrol",
        /// 当日考勤 of the centre.
        AttendanceDay = "attendance_day",
        /// 现金日报: both journals written up, the cash counted.
        CashDaySheet = "cash_day_sheet",
        /// 临时停车收入单: what was handed in against what was expected.
        TakingsSheet = "takings_sheet",
        /// 缴款单: a collector's cash and stubs of the day.
        HandInSheet = "hand_in_sheet",
        /// 备份记录 of the charging data.
        Backup = "backup",
        /// 门卫室清扫单.
        GuardRoomChecklist = "guard_room_checklist",
        /// 周例会材料: what a head presents, or the comments of deputy and assistant.
        WeeklyMaterial = "weekly_material",
        /// 周情况, from a squad or post to its head.
        WeeklyInput = "weekly_input",
        /// 周例会纪要 with the tasks given.
        MeetingMinutes = "meeting_minutes",
        /// 绿化检查记录.
        GreeningInspection = "greening_inspection",
        /// 保洁评估.
        CleaningEvaluation = "cleaning_evaluation",
        /// 月度总结, of a department or the centre.
        MonthlyReport = "monthly_report",
        /// 月度计划, issued to the heads.
        MonthlyPlan = "monthly_plan",
        /// 月度财务报告.
        FinancialReport = "financial_report",
        /// 财务审核意见 on the monthly report.
        AuditNote = "audit_note",
        /// 抄表单 of the private meters.
        ReadingSheet = "reading_sheet",
        /// 票据批次, printed from the month's bills.
        ReceiptBatch = "receipt_batch",
        /// 票据发放单: checked receipts to the collectors.
        ReceiptHandover = "receipt_handover",
        /// 收费清单: the unpaid of an area, worked through.
        CollectionList = "collection_list",
        /// 欠费清单 with the statistics of the fees.
        ArrearsList = "arrears_list",
        /// 车位费有效清单 for the gate.
        ValidityList = "validity_list",
        /// 票据结算单 of the monthly closing.
        ReceiptSettlement = "receipt_settlement",
        /// 银行存款余额调节表.
        BankReconciliation = "bank_reconciliation",
        /// 账账账实核对: books against each other and against the facts.
        AgreementCheck = "agreement_check",
        /// 用量对比: water, power and gas against the month before.
        ConsumptionComparison = "consumption_comparison",
        /// 保洁用品使用评估.
        SuppliesEvaluation = "supplies_evaluation",
        /// 治安消防检查记录.
        SafetyInspection = "safety_inspection",
        /// 排班表, published.
        Roster = "roster",
        /// 月度情况, from a squad or post to its head.
        MonthlyInput = "monthly_input",
        /// 公共收益公布表 for the owners' committee.
        RevenueStatement = "revenue_statement",
        /// 演练记录.
        DrillRecord = "drill_record",
        /// 考核表.
        Appraisal = "appraisal",
        /// 管理评审纪要 with its decisions.
        ReviewMinutes = "review_minutes",
        /// 管理评审提交件: a department's systemic problems, or guidance on them.
        ReviewSubmission = "review_submission",
        /// 手册修订页: the yearly set of revised pages.
        ManualRevision = "manual_revision",
        /// 年度目标与计划 of the centre.
        AnnualPlan = "annual_plan",
        /// 计划分解: the department's annual plan, down to each post.
        PlanBreakdown = "plan_breakdown",
        /// 培训计划, of the centre or a department.
        TrainingPlan = "training_plan",
        /// 社区文化活动计划.
        ActivityPlan = "activity_plan",
        /// 年度总结, of a department or the centre.
        AnnualReport = "annual_report",
        /// 满意度调查结果.
        SurveyResult = "survey_result",
        /// 目标终评: the five goals, frozen.
        GoalMeasurement = "goal_measurement",
        /// 手册有效性检查记录, the distribution list included.
        ManualValidityCheck = "manual_validity_check",
        /// 应急预案复审, the key points included.
        EmergencyPlanReview = "emergency_plan_review",
        /// 维保计划 of the year.
        MaintenancePlan = "maintenance_plan",
        /// 工作日历 of the next year.
        WorkdayCalendar = "workday_calendar",
        /// 行业动态摘记.
        IndustryNote = "industry_note",
        /// 谈心, of which only the number counts.
        CareTalk = "care_talk",
        /// 年度情况, from a squad or post to its head.
        AnnualInput = "annual_input",
        /// 计划签收 by each post.
        PlanAcknowledgement = "plan_acknowledgement",
        /// 体系性问题, from a squad or post to its head.
        SystemicIssueInput = "systemic_issue_input",
    }
}

impl EvidenceKind {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::AlarmTest => Text::new("周界红外测试记录", "perimeter test record"),
            Self::Handover => Text::new("交接班记录", "signed handover"),
            Self::PatrolRun => Text::new("巡查签到", "patrol round with sign-ins"),
            Self::SpotCheck => Text::new("巡视检查记录", "walk or performance check"),
            Self::Briefing => Text::new("晨会汇报", "briefing"),
            Self::RecordCheck => Text::new("记录抽查", "sample of records"),
            Self::ZoneSheet => Text::new("责任区保洁单", "zone sheet"),
            Self::ZoneCheck => Text::new("保洁单复核", "checked zone sheet"),
            Self::RunningLog => Text::new("设备运行记录", "running log"),
            Self::SitePatrol => Text::new("装修现场巡查记录", "site patrol"),
            Self::AttendanceDay => Text::new("当日考勤", "attendance of the day"),
            Self::CashDaySheet => Text::new("现金日报", "cash day sheet"),
            Self::TakingsSheet => Text::new("临时停车收入单", "takings sheet"),
            Self::HandInSheet => Text::new("缴款单", "hand-in sheet"),
            Self::Backup => Text::new("备份记录", "backup record"),
            Self::GuardRoomChecklist => Text::new("门卫室清扫单", "guard-room cleaning checklist"),
            Self::WeeklyMaterial => Text::new("周例会材料", "weekly meeting material"),
            Self::WeeklyInput => Text::new("周情况", "weekly input"),
            Self::MeetingMinutes => Text::new("周例会纪要", "minutes of the weekly meeting"),
            Self::GreeningInspection => Text::new("绿化检查记录", "greening inspection"),
            Self::CleaningEvaluation => Text::new("保洁评估", "cleaning evaluation"),
            Self::MonthlyReport => Text::new("月度总结", "monthly summary"),
            Self::MonthlyPlan => Text::new("月度计划", "monthly plan"),
            Self::FinancialReport => Text::new("月度财务报告", "monthly financial report"),
            Self::AuditNote => Text::new("财务审核意见", "audit note"),
            Self::ReadingSheet => Text::new("抄表单", "meter reading sheet"),
            Self::ReceiptBatch => Text::new("票据批次", "receipt batch"),
            Self::ReceiptHandover => Text::new("票据发放单", "receipt hand-over slip"),
            Self::CollectionList => Text::new("收费清单", "collection list"),
            Self::ArrearsList => Text::new("欠费清单", "arrears list"),
            Self::ValidityList => Text::new("车位费有效清单", "parking validity list"),
            Self::ReceiptSettlement => Text::new("票据结算单", "receipt settlement"),
            Self::BankReconciliation => Text::new("银行存款余额调节表", "bank reconciliation"),
            Self::AgreementCheck => Text::new("账账账实核对", "agreement check of the books"),
            Self::ConsumptionComparison => Text::new("用量对比", "consumption comparison"),
            Self::SuppliesEvaluation => Text::new("保洁用品使用评估", "supplies usage evaluation"),
            Self::SafetyInspection => Text::new("治安消防检查记录", "security and fire inspection"),
            Self::Roster => Text::new("排班表", "roster"),
            Self::MonthlyInput => Text::new("月度情况", "monthly input"),
            Self::RevenueStatement => Text::new("公共收益公布表", "common revenue statement"),
            Self::DrillRecord => Text::new("演练记录", "drill record"),
            Self::Appraisal => Text::new("考核表", "appraisal"),
            Self::ReviewMinutes => Text::new("管理评审纪要", "minutes of the management review"),
            Self::ReviewSubmission => Text::new("管理评审提交件", "submission to the management review"),
            Self::ManualRevision => Text::new("手册修订页", "manual revision set"),
            Self::AnnualPlan => Text::new("年度目标与计划", "annual goals and plan"),
            Self::PlanBreakdown => Text::new("计划分解", "plan breakdown"),
            Self::TrainingPlan => Text::new("培训计划", "training plan"),
            Self::ActivityPlan => Text::new("社区文化活动计划", "community activity plan"),
            Self::AnnualReport => Text::new("年度总结", "annual summary"),
            Self::SurveyResult => Text::new("满意度调查结果", "satisfaction survey result"),
            Self::GoalMeasurement => Text::new("目标终评", "frozen goal measurement"),
            Self::ManualValidityCheck => Text::new("手册有效性检查记录", "validity check of the manual"),
            Self::EmergencyPlanReview => Text::new("应急预案复审", "emergency plan review"),
            Self::MaintenancePlan => Text::new("维保计划", "maintenance plan"),
            Self::WorkdayCalendar => Text::new("工作日历", "working-day calendar"),
            Self::IndustryNote => Text::new("行业动态摘记", "industry note"),
            Self::CareTalk => Text::new("谈心", "care talk"),
            Self::AnnualInput => Text::new("年度情况", "annual input"),
            Self::PlanAcknowledgement => Text::new("计划签收", "plan acknowledgement"),
            Self::SystemicIssueInput => Text::new("体系性问题", "systemic issue input"),
        }
    }
}
