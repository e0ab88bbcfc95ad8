//! The columns of every list of this context, once for CSV and XLSX.

use wuye_domain::{
    estate::{
        Area, Block, House, ParkingSpace, Place, StructureAction, StructureChange, StructureChangeState, Unit,
        check::EstateCheck,
    },
    shared::Text,
};
use wuye_persistence::estate::import::ErrorLine;

use super::{
    consultations::ConsultationLine, house_files::HouseFileLine, imports::ImportLine, occupancies::OccupancyLine,
    parties::PartyLine,
};
use crate::{
    org::named::Named,
    tables::{Cell, tabular},
};

tabular!(Area, "辖区" / "areas" {
    "编号" / "Code" => |it| (&it.code).into(),
    "名称" / "Name" => |it| (&it.name).into(),
    "状态" / "State" => |it| it.state.title().into(),
    "备注" / "Note" => |it| (&it.note).into(),
});

tabular!(Block, "楼栋" / "blocks" {
    "栋号" / "Block" => |it| (&it.no).into(),
    "名称" / "Name" => |it| (&it.name).into(),
    "类型" / "Kind" => |it| it.kind.title().into(),
    "位置" / "Where" => |it| (&it.location).into(),
    "地上层数" / "Floors above" => |it| it.floors_above.into(),
    "地下层数" / "Floors below" => |it| it.floors_below.into(),
    "状态" / "State" => |it| it.state.title().into(),
    "备注" / "Note" => |it| (&it.note).into(),
});

tabular!(Unit, "单元" / "units" {
    "单元号" / "Unit" => |it| (&it.no).into(),
    "电梯" / "Lifts" => |it| it.lifts.into(),
    "状态" / "State" => |it| it.state.title().into(),
    "备注" / "Note" => |it| (&it.note).into(),
});

// Headings of the import's template where it has the column, so that an export can be edited and imported again.
tabular!(House, "房屋" / "houses" {
    "房号" / "House" => |it| (&it.no).into(),
    "楼层" / "Floor" => |it| it.floor.into(),
    "建筑面积" / "Area m2" => |it| Cell::milli(it.area_milli),
    "用途" / "Use" => |it| it.use_.title().into(),
    "状态" / "Status" => |it| it.status.title().into(),
    "资料状态" / "State" => |it| it.state.title().into(),
    "备注" / "Note" => |it| (&it.note).into(),
    "更新时间" / "Updated" => |it| it.updated_at.into(),
});

tabular!(ParkingSpace, "车位" / "parking spaces" {
    "车位号" / "Number" => |it| (&it.no).into(),
    "类型" / "Kind" => |it| it.kind.title().into(),
    "位置" / "Where" => |it| (&it.location).into(),
    "面积" / "Area m2" => |it| Cell::milli(it.area_milli),
    "状态" / "State" => |it| it.state.title().into(),
    "备注" / "Note" => |it| (&it.note).into(),
});

tabular!(Place, "道路绿地设施" / "places and fixtures" {
    "类别" / "Kind" => |it| it.kind.title().into(),
    "设施种类" / "Fixture" => |it| it.fixture_kind.map(|kind| kind.title()).into(),
    "编号" / "Number" => |it| (&it.no).into(),
    "名称" / "Name" => |it| (&it.name).into(),
    "长度（米）" / "Length m" => |it| Cell::milli(it.length_milli),
    "面积（平方米）" / "Area m2" => |it| Cell::milli(it.area_milli),
    "数量" / "Quantity" => |it| it.quantity.into(),
    "位置" / "Where" => |it| (&it.location).into(),
    "状态" / "State" => |it| it.state.title().into(),
    "备注" / "Note" => |it| (&it.note).into(),
});

tabular!(StructureChange, "资料变动" / "structure changes" {
    "提出时间" / "Proposed" => |it| it.proposed_at.into(),
    "对象" / "Element" => |it| (&it.title).into(),
    "变动" / "Change" => |it| action(it.kind).into(),
    "原值" / "Before" => |it| values(&serde_json::Value::Object(it.before.clone())),
    "新值" / "Proposed values" => |it| values(&it.proposed),
    "理由" / "Reason" => |it| (&it.reason).into(),
    "状态" / "State" => |it| decided(it.state).into(),
    "处理时间" / "Decided" => |it| it.decided_at.into(),
    "处理意见" / "Decision" => |it| (&it.decision_note).into(),
});

fn action(kind: StructureAction) -> Text {
    match kind {
        StructureAction::Create => Text::new("新增", "create"),
        StructureAction::Alter => Text::new("变更", "alter"),
        StructureAction::Retire => Text::new("停用", "retire"),
        StructureAction::Import => Text::new("导入", "import"),
    }
}

fn decided(state: StructureChangeState) -> Text {
    state.title()
}

fn values(of: &serde_json::Value) -> Cell {
    let pairs = of.as_object().into_iter().flatten();
    let text: Vec<String> = pairs.map(|(field, value)| format!("{field}: {value}")).collect();
    text.join("; ").as_str().into()
}

tabular!(Named<EstateCheck>, "年度核对" / "yearly checks" {
    "年度" / "Year" => |it| it.row.year.into(),
    "小区" / "Estate" => |it| it.estate(Some(it.row.estate_id)),
    "状态" / "State" => |it| it.row.state.title().into(),
    "开始人" / "Opened by" => |it| it.person(it.row.opened_by),
    "开始时间" / "Opened" => |it| it.row.opened_at.into(),
    "核对发现" / "Findings" => |it| (&it.row.findings).into(),
    "结束人" / "Closed by" => |it| it.person(it.row.closed_by),
    "结束时间" / "Closed" => |it| it.row.closed_at.into(),
});

tabular!(PartyLine, "业主与住户" / "owners and residents" {
    "编号" / "No" => |it| (&it.party.no).into(),
    "姓名" / "Name" => |it| (&it.party.name).into(),
    "类别" / "Kind" => |it| it.party.kind.title().into(),
    "证件号码" / "Identity number" => |it| it.party.identity_number.as_ref().and_then(|shown| shown.value.as_deref()).into(),
    "联系电话" / "Phone" => |it| it.party.phones.first().and_then(|shown| shown.value.as_deref()).into(),
    "备用电话" / "Second phone" => |it| Cell::list(it.party.phones.iter().skip(1).filter_map(|shown| shown.value.as_deref())),
    "现有房屋" / "Houses now" => |it| Cell::list(it.homes.iter().map(|home| &home.house_no)),
    "备注" / "Note" => |it| (&it.party.note).into(),
});

tabular!(OccupancyLine, "入住关系" / "occupancies" {
    "房号" / "House" => |it| (&it.house_no).into(),
    "编号" / "No" => |it| (&it.party_no).into(),
    "姓名" / "Name" => |it| (&it.party_name).into(),
    "关系" / "Role" => |it| it.occupancy.role.title().into(),
    "起始日" / "From" => |it| it.occupancy.valid_from.into(),
    "截止日" / "To" => |it| Cell::last_day(it.occupancy.valid_until),
    "结束原因" / "Reason" => |it| it.occupancy.end_reason.as_deref().into(),
});

tabular!(HouseFileLine, "房屋档案" / "house files" {
    "档案号" / "File" => |it| (&it.file.no).into(),
    "房号" / "House" => |it| (&it.house_no).into(),
    "存放位置" / "Location" => |it| (&it.file.location).into(),
    "状态" / "State" => |it| it.file.state.title().into(),
    "缺少资料" / "Missing" => |it| Cell::words(it.file.missing.iter().map(|kind| kind.title())),
    "建档日" / "Opened" => |it| it.file.opened_on.into(),
    "核对时间" / "Checked" => |it| it.file.checked_at.into(),
    "归档日" / "Archived" => |it| it.file.archived_on.into(),
    "归档原因" / "Reason" => |it| it.file.archive_reason.as_deref().into(),
});

tabular!(ConsultationLine, "档案查阅登记" / "consultations" {
    "编号" / "No" => |it| (&it.consultation.no).into(),
    "档案号" / "File" => |it| (&it.file_no).into(),
    "房号" / "House" => |it| (&it.house_no).into(),
    "查阅人" / "Reader" => |it| it.reader_name.as_deref().into(),
    "岗位" / "Post" => |it| it.post.clone().into(),
    "用途" / "Purpose" => |it| (&it.consultation.purpose).into(),
    "状态" / "State" => |it| it.consultation.state.title().into(),
    "申请时间" / "Requested" => |it| it.consultation.requested_at.into(),
    "本岗职责" / "Own duty" => |it| it.consultation.own_duty.into(),
    "批准人" / "Decided by" => |it| it.decided_by_name.as_deref().into(),
    "批准时间" / "Decided" => |it| it.consultation.decided_at.into(),
    "审批意见" / "Decision" => |it| (&it.consultation.decision_note).into(),
    "借出时间" / "Out" => |it| it.consultation.out_at.into(),
    "应还日" / "Due" => |it| it.consultation.due_on.into(),
    "归还时间" / "Returned" => |it| it.consultation.returned_at.into(),
});

tabular!(ImportLine, "导入记录" / "imports" {
    "文件" / "File" => |it| (&it.run.file_name).into(),
    "种类" / "Kind" => |it| it.run.kind.title().into(),
    "状态" / "State" => |it| it.run.state.title().into(),
    "行数" / "Rows" => |it| it.run.total_rows.into(),
    "新增" / "New" => |it| it.run.added.into(),
    "变更" / "Changed" => |it| it.run.changed.into(),
    "无变化" / "Unchanged" => |it| it.run.unchanged.into(),
    "出错" / "Rejected" => |it| it.run.rejected.into(),
    "上传人" / "Uploaded by" => |it| it.created_by_name.as_ref().into(),
    "上传时间" / "Uploaded" => |it| it.run.created_at.into(),
    "完成时间" / "Finished" => |it| it.run.finished_at.into(),
});

tabular!(ErrorLine, "导入错误" / "import errors" {
    "行" / "Row" => |it| it.row_no.into(),
    "列" / "Column" => |it| (&it.column_name).into(),
    "错误代码" / "Code" => |it| (&it.code).into(),
    "原因" / "Reason (zh)" => |it| (&it.message_zh).into(),
    "原因（英文）" / "Reason" => |it| (&it.message_en).into(),
});
