//! The words of the trail, in both languages: kinds of record, and what was done to them.

use super::{SubjectKind, Text};

macro_rules! kinds {
    ($($kind:ident => $zh:literal, $en:literal;)+) => {
        impl SubjectKind {
            /// Its name.
            #[must_use]
            pub const fn title(self) -> Text {
                match self { $(Self::$kind => Text::new($zh, $en)),+ }
            }
        }
    };
}

kinds! {
    Department => "部门", "Department";
    Post => "岗位", "Post";
    Employee => "员工", "Employee";
    Assignment => "任岗", "Assignment";
    ReportingEdge => "汇报关系", "Reporting edge";
    ActingPeriod => "代职", "Acting period";
    EntrustedDuty => "交办职责", "Entrusted duty";
    Squad => "班组", "Squad";
    Shift => "班次", "Shift";
    RosterEntry => "排班", "Roster entry";
    Absence => "请假", "Absence";
    Qualification => "技能", "Qualification";
    Task => "交办任务", "Task";
    Account => "账号", "Account";
    AccessToken => "访问令牌", "Access token";
    Computer => "计算机", "Computer";
    AccountRequest => "账号申请", "Request for an account";
    DataCorrection => "数据更正", "Data correction";
    DataCheck => "数据核对", "Data check";
    Backup => "备份", "Backup";
    Setting => "参数", "Setting";
    CalendarYear => "工作日历", "Calendar of a year";
    Estate => "小区", "Estate";
    Area => "片区", "Area";
    Block => "楼栋", "Block";
    Unit => "单元", "Unit";
    House => "房屋", "House";
    ParkingSpace => "车位", "Parking space";
    Place => "场所设施", "Place or fixture";
    StructureChange => "小区结构变动", "Structure change";
    Party => "业主与住户", "Owner or resident";
    Occupancy => "房屋使用关系", "Occupancy";
    HouseFile => "房屋档案", "House file";
    Consultation => "档案查阅", "Consultation";
    ImportRun => "导入", "Import";
    Case => "投诉与建议", "Case";
    Dispute => "纠纷", "Dispute";
    RepairRequest => "报修", "Repair request";
    WorkOrder => "工单", "Work order";
    Visit => "回访", "Return visit";
    Assistance => "排忧解难", "Help log";
    ResidentReport => "公开报事", "Public report";
    Obligation => "履职", "Duty";
    ObligationRule => "履职规则", "Rule of a duty";
    SupervisionNote => "督导记录", "Supervision note";
    Briefing => "每日汇报", "Morning briefing";
    BriefingPoint => "汇报事项", "Point of a briefing";
    GoalSet => "年度目标", "Goals of a year";
    Goal => "目标", "Goal";
    Measurement => "目标测算", "Measurement";
    Notice => "通知", "Notice";
    NoticeDelivery => "通知发送", "Sending of a notice";
    NoticeRobot => "群机器人", "Group robot";
    File => "文件", "File";
}

macro_rules! deeds {
    ($($action:literal => $zh:literal, $en:literal;)+) => {
        /// The words for an action of the trail; none for one that only programs read.
        #[must_use]
        pub fn deed(action: &str) -> Option<Text> {
            match action {
                $($action => Some(Text::new($zh, $en)),)+
                _ => None,
            }
        }
    };
}

deeds! {
    "accepted" => "接单", "accepted";
    "acknowledged" => "确认", "acknowledged";
    "acting_cancelled" => "撤回代职", "took the stand-in back";
    "acting_confirmed" => "确认代职", "confirmed the stand-in";
    "acting_ended" => "结束代职", "ended the acting";
    "acting_proposed" => "提出代职", "proposed a stand-in";
    "acting_rejected" => "驳回代职", "rejected the stand-in";
    "added" => "添加", "added";
    "alias_added" => "增加别名", "added another name";
    "alias_removed" => "删除别名", "removed another name";
    "approved" => "批准", "approved";
    "archived" => "归档", "archived";
    "arrived" => "到场", "arrived";
    "assigned" => "指派", "assigned";
    "attempted" => "尝试联系", "tried";
    "box_covered" => "调整架构图负责岗位", "set who covers a box";
    "briefing_changed" => "补充汇报", "added to the briefing";
    "briefing_heard" => "听取汇报", "heard the briefing";
    "briefing_prepared" => "备好汇报", "prepared the briefing";
    "briefing_reported" => "作出汇报", "reported";
    "calendar_confirmed" => "确认工作日历", "confirmed the calendar";
    "calendar_changed" => "更正工作日历", "changed the calendar";
    "calendar_entered" => "录入工作日历", "entered the calendar";
    "cancelled" => "取消", "cancelled";
    "changed" => "修改", "changed";
    "changed_by_import" => "导入时修改", "changed by import";
    "check_closed" => "结束清查", "closed a check";
    "check_opened" => "开始清查", "opened a check";
    "checked" => "核对", "checked";
    "cleared" => "清除", "cleared";
    "closed" => "办结", "closed";
    "closing_checked" => "复核办结", "checked the closing";
    "closing_returned" => "退回办结", "returned the closing";
    "concluded" => "登记结论", "concluded";
    "confirmed" => "确认", "confirmed";
    "corrected" => "更正", "corrected";
    "cost_approved" => "批准费用", "approved the cost";
    "cost_refused" => "不批准费用", "refused the cost";
    "covered" => "调整由谁负责", "cover changed";
    "created" => "建立", "created";
    "deleted" => "删除", "deleted";
    "disabled" => "停用", "disabled";
    "dismissed" => "不予受理", "dismissed";
    "dispatched" => "派工", "dispatched";
    "document_filed" => "归档文件", "filed a document";
    "document_voided" => "作废文件", "voided a document";
    "dropped" => "作废", "dropped";
    "due" => "到期", "fell due";
    "duplicate_linked" => "关联重复件", "linked a duplicate";
    "duplicate_unlinked" => "取消重复件关联", "unlinked a duplicate";
    "ended" => "终止", "ended";
    "endorsed" => "审核", "endorsed";
    "entered" => "登记", "entered";
    "entrusted" => "交办", "entrusted";
    "escalated" => "上报", "escalated";
    "exceptions" => "核对有差错", "Checked, with faults";
    "exported" => "导出", "exported";
    "figure_entered" => "填报数字", "entered a figure";
    "files_attached" => "添加附件", "attached files";
    "filled" => "排班", "filled";
    "finished" => "完工", "finished";
    "fixed" => "处理", "fixed";
    "followed_up" => "跟进", "followed up";
    "goals_approved" => "批准目标", "approved the goals";
    "goals_drafted" => "草拟目标", "drafted the goals";
    "goals_frozen" => "冻结目标", "froze the goals";
    "goals_measured" => "测算目标", "measured the goals";
    "goals_measured_provisionally" => "暂计存档", "kept a provisional measurement";
    "goals_revised" => "修改目标", "changed the goals";
    "granted" => "批准", "granted";
    "handed_out" => "借出", "handed out";
    "handed_over" => "移交", "handed over";
    "held" => "暂停等待", "Put on hold";
    "imported" => "导入", "imported";
    "issued" => "签发", "issued";
    "late_act_noted" => "补记操作", "noted a late act";
    "late_note" => "补记", "noted late";
    "leaving_announced" => "预告离职", "announced the leaving";
    "linked" => "关联", "linked";
    "failure_logged" => "登记失败", "logged a failure";
    "evidence_counted" => "计入凭证", "counted as evidence";
    "explained" => "说明原因", "explained";
    "fulfilled" => "完成", "fulfilled";
    "missed" => "到期未完成", "missed";
    "confirmed_missed" => "确认未履行", "confirmed as missed";
    "point_raised" => "提出事项", "raised a point";
    "records_checked" => "抽查记录", "sampled a record";
    "waived" => "免除", "waived";
    "rule_changed" => "修改规则", "changed the rule";
    "noted" => "记录", "noted";
    "logged" => "登记", "logged";
    "logged_in" => "登录", "logged in";
    "logged_out_everywhere" => "退出所有设备", "logged out everywhere";
    "measure_added" => "登记措施", "added a measure";
    "not_reached" => "未联系上", "Nobody reached";
    "notice_settings_changed" => "修改通知设置", "changed the notice settings";
    "opened" => "登记", "opened";
    "overdue_reported" => "报告逾期", "reported overdue";
    "pair_added" => "增加代职对应", "added a stand-in pair";
    "pair_ended" => "终止代职对应", "ended a stand-in pair";
    "parties_exported" => "导出业主资料", "exported owners";
    "password_changed" => "修改密码", "changed the password";
    "password_reset" => "重置密码", "reset the password";
    "paused" => "暂停", "paused";
    "proposed" => "提议", "proposed";
    "public_code_renewed" => "更换报事二维码", "QR code renewed";
    "reassigned" => "改派", "reassigned";
    "received" => "受理", "received";
    "reclassified" => "重新分类", "reclassified";
    "recorded" => "登记", "recorded";
    "referred" => "转介", "referred";
    "refused" => "拒绝", "refused";
    "registered" => "登记", "registered";
    "rejected" => "驳回", "rejected";
    "relocated" => "变更位置", "relocated";
    "remeasured" => "重新测算", "measured again";
    "reminded" => "到期提醒", "reminded";
    "removed" => "移除", "removed";
    "reopened" => "重新打开", "reopened";
    "repair_category_changed" => "修改报修类别", "changed a repair category";
    "replied" => "答复", "replied";
    "requested" => "申请", "requested";
    "resumed" => "恢复", "resumed";
    "retired" => "报废", "retired";
    "robot_set" => "设置群机器人", "set the group robot";
    "returned" => "归还", "returned";
    "returned_to_work" => "退回返工", "returned to work";
    "resend_asked" => "要求重新发送", "asked to send it again";
    "revoked" => "收回", "took back";
    "roster_set" => "排班", "Roster set";
    "service_created" => "建立接口账号", "made a service account";
    "service_standard_changed" => "修改服务标准", "changed the service standard";
    "session_ended" => "退出登录", "logged out";
    "set_up" => "初始设置", "set up";
    "settled" => "调解成功", "settled";
    "started" => "开始", "started";
    "status_changed" => "变更状态", "changed the status";
    "step_added" => "记录调解", "added a step";
    "superseded" => "由新版替代", "superseded";
    "taken_in" => "接收", "took in";
    "task_accepted" => "接受任务", "accepted the task";
    "task_cancelled" => "撤销任务", "cancelled the task";
    "task_changed" => "调整任务", "changed the task";
    "task_closed" => "确认办结", "took it as done";
    "task_given" => "交办任务", "gave the task";
    "task_reported_done" => "报告完成", "reported it done";
    "task_returned" => "退回续办", "returned it";
    "task_started" => "开始办理", "began the task";
    "test_asked" => "测试通知渠道", "tested a channel";
    "totp_disabled" => "停用动态验证码", "switched off one-time codes";
    "totp_enabled" => "启用动态验证码", "switched on one-time codes";
    "uploaded" => "上传", "uploaded";
    "validity_confirmed" => "确认有效性", "confirmed the validity";
    "validity_inherited" => "沿用有效性认定", "inherited the validity";
    "validity_proposed" => "提出有效性认定", "proposed the validity";
    "validity_returned" => "退回有效性认定", "returned the validity";
    "verified" => "核验", "verified";
    "verified_backup" => "核实备份", "checked a backup";
    "visited" => "回访", "visited";
    "withdrawn" => "撤回", "withdrawn";
}
