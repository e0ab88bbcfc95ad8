//! The capabilities of the product: which part of it serves a clause.

macro_rules! capabilities {
    ($($variant:ident = $code:literal, $zh:literal, $en:literal;)+) => {
        $crate::code_enum! {
            /// What of the product serves a clause; a clause names one, built or to come.
            pub enum Capability {
                $(#[doc = $en] $variant = $code),+
            }
        }

        impl Capability {
            /// Its name.
            #[must_use]
            pub const fn title(self) -> $crate::shared::Text {
                match self { $(Self::$variant => $crate::shared::Text::new($zh, $en)),+ }
            }
        }
    };
}

capabilities! {
    OrgStructure = "org_structure", "组织机构", "posts, people and reporting lines";
    DelegationActing = "delegation_acting", "代为履行职责", "acting for one another";
    DirectiveTasks = "directive_tasks", "领导交办的任务", "tasks given by leaders";
    ComputerManagement = "computer_management", "计算机管理", "computers and accounts";
    ManualControl = "manual_control", "手册编制与修订", "writing and revising the manual";
    ManualDistribution = "manual_distribution", "手册发放", "issuing the manual";
    AnnualGoals = "annual_goals", "年度管理目标", "goals of the year";
    SatisfactionSurvey = "satisfaction_survey", "业主满意度调查", "satisfaction survey";
    WorkPlanning = "work_planning", "工作计划", "work plans";
    WorkReports = "work_reports", "工作总结", "work summaries";
    DailyBriefing = "daily_briefing", "每日汇报", "morning briefing";
    WeeklyMeeting = "weekly_meeting", "周例会/行政会议", "weekly meeting";
    IssueCoordination = "issue_coordination", "问题协调", "problems between departments";
    ObligationTracking = "obligation_tracking", "履职检查督促", "duties and supervision";
    EstateRegister = "estate_register", "小区基础资料", "estate inventory";
    OwnerArchive = "owner_archive", "物业与业主档案", "owners' archive";
    ComplaintHandling = "complaint_handling", "投诉与建议", "complaints and suggestions";
    DisputeMediation = "dispute_mediation", "物业纠纷调解", "mediation of disputes";
    RepairDispatch = "repair_dispatch", "报修与派工", "repairs and dispatch";
    ReturnVisits = "return_visits", "回访", "return visits";
    ResidentAssistance = "resident_assistance", "排忧解难", "courtesy help";
    RenovationPermits = "renovation_permits", "装修审批与验收", "renovation permits and acceptance";
    RenovationPatrol = "renovation_patrol", "装修巡查", "renovation patrols";
    GateAccess = "gate_access", "出入登记", "entry of people, vehicles and goods";
    SecurityPatrol = "security_patrol", "巡查签到", "patrols with checkpoints";
    ShiftDuty = "shift_duty", "值班与交接班", "shifts and hand-over";
    PerimeterAlarmTest = "perimeter_alarm_test", "周界红外测试", "perimeter alarm test";
    SecurityPosts = "security_posts", "重点部位布防", "key points and deployment";
    IncidentResponse = "incident_response", "突发事件处理", "incidents";
    EmergencyPlansDrills = "emergency_plans_drills", "应急预案与演练", "emergency plans and drills";
    HazardInspection = "hazard_inspection", "安全隐患检查整改", "safety inspections and hazards";
    MailParcels = "mail_parcels", "报刊信件包裹", "mail and parcels";
    LostFound = "lost_found", "拾物登记", "found property";
    CleaningOperations = "cleaning_operations", "保洁作业", "cleaning";
    CleaningEvaluation = "cleaning_evaluation", "保洁评估", "evaluation of cleaning";
    GreeningSupervision = "greening_supervision", "绿化外包监督", "contracted greening";
    AnomalyReporting = "anomaly_reporting", "异常情况报告", "reports of anomalies";
    EquipmentMaintenance = "equipment_maintenance", "设施设备维护保养", "equipment and its maintenance";
    EquipmentInspection = "equipment_inspection", "设备运行巡检", "running inspection of equipment";
    UtilityConsumption = "utility_consumption", "能耗对比分析", "use of water, power and gas";
    EmergencyRepair = "emergency_repair", "紧急抢修", "urgent repairs";
    WorkSafety = "work_safety", "作业安全", "safety at work";
    MaterialsManagement = "materials_management", "物资管理", "stores and supplies";
    ToolCustody = "tool_custody", "工具保管", "tools in custody";
    FeeBilling = "fee_billing", "计费与账单", "tariffs and bills";
    MeterReading = "meter_reading", "抄表", "meter reading";
    ReceiptControl = "receipt_control", "收费票据", "receipts and their numbers";
    FeeCollection = "fee_collection", "收费", "collecting fees";
    ArrearsDunning = "arrears_dunning", "欠费催收", "arrears";
    CashBank = "cash_bank", "出纳业务", "cash and bank";
    AccountingLedger = "accounting_ledger", "会计核算", "vouchers and ledgers";
    FinancialReporting = "financial_reporting", "月度财务报告", "monthly financial report";
    RevenueDisclosure = "revenue_disclosure", "公共收益公布", "disclosure of common revenue";
    ExpenseApproval = "expense_approval", "收支审批", "approval of income and expenditure";
    ParkingManagement = "parking_management", "车辆停放管理", "parking spaces and permits";
    TempParkingFees = "temp_parking_fees", "临时停车费", "temporary parking takings";
    PersonnelFiles = "personnel_files", "人力资源档案", "personnel files";
    AttendanceLeave = "attendance_leave", "考勤与请假", "attendance and leave";
    RecruitmentDecisions = "recruitment_decisions", "聘用与解聘", "hiring and dismissal";
    StaffingDeployment = "staffing_deployment", "岗位设置与人员调整", "posts and deployment";
    PerformanceAppraisal = "performance_appraisal", "业绩考核", "appraisal";
    TrainingManagement = "training_management", "培训与考核", "training and tests";
    EmployeeCare = "employee_care", "员工思想动态", "care for staff";
    RewardPunishment = "reward_punishment", "奖惩", "rewards and penalties";
    DressConduct = "dress_conduct", "着装与行为规范", "dress and conduct";
    CommunityActivities = "community_activities", "社区文化活动", "community activities";
    LegalPublicity = "legal_publicity", "法制宣传", "legal publicity";
    ExternalLiaison = "external_liaison", "对外联系", "outside contacts";
    IndustryIntelligence = "industry_intelligence", "行业动态", "news of the trade";
    SpotChecks = "spot_checks", "不定期巡视与抽查", "spot checks";
    NonconformityHandling = "nonconformity_handling", "不合格项处理", "nonconformities";
    ManagementReview = "management_review", "管理评审", "management review";
    RecordsArchive = "records_archive", "资料归档", "archive of records";
}
