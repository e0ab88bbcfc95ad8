//! What residents say.

use wuye_domain::{access::PostCode, service_desk::RepairCategory};

/// Category, weight, and what is told at the desk.
pub const REPAIRS: &[(RepairCategory, i64, &[&str])] = &[
    (
        RepairCategory::Water,
        30,
        &[
            "厨房水槽下水管漏水，地面有积水",
            "卫生间马桶堵塞，水排不下去",
            "阳台地漏返水，有异味",
            "水龙头关不紧一直滴水",
            "进户水压很小，热水器打不着",
            "楼上渗水，客厅吊顶有水渍",
        ],
    ),
    (
        RepairCategory::Power,
        22,
        &[
            "客厅跳闸，合上又跳",
            "楼道灯不亮，晚上看不清",
            "厨房插座没电",
            "配电箱有焦糊味，请尽快来看",
            "卫生间排风扇不转",
        ],
    ),
    (
        RepairCategory::Gas,
        4,
        &["燃气灶打不着火", "厨房燃气阀门处有异味", "燃气表不走字"],
    ),
    (RepairCategory::Tv, 4, &["有线电视没有信号", "机顶盒总是黑屏"]),
    (RepairCategory::Phone, 3, &["对讲门铃听不到声音", "单元门对讲无法开门"]),
    (
        RepairCategory::Network,
        8,
        &["弱电箱里网线接口松动，经常断网", "楼道光纤箱门掉了"],
    ),
    (
        RepairCategory::SharedFacility,
        20,
        &[
            "单元门关不上，闭门器坏了",
            "电梯厅地砖破损，容易绊倒",
            "地下车库照明坏了三盏",
            "儿童乐园滑梯螺丝松动",
            "消防通道常闭门关不严",
            "楼顶天台门锁坏了",
        ],
    ),
    (
        RepairCategory::Other,
        9,
        &["入户门锁转不动，钥匙拔不出来", "窗户铰链脱落，关不上", "晾衣架摇不上去"],
    ),
];

/// Cause and work, by category.
pub const WORK: &[(RepairCategory, &str, &str)] = &[
    (RepairCategory::Water, "密封圈老化", "更换密封圈并试水，无渗漏"),
    (RepairCategory::Power, "空气开关老化", "更换空气开关，通电测试正常"),
    (RepairCategory::Gas, "接口松动", "紧固接口并检漏，已合格"),
    (RepairCategory::Tv, "接头氧化", "重做接头，信号正常"),
    (RepairCategory::Phone, "线路虚接", "重新接线，通话正常"),
    (RepairCategory::Network, "水晶头松动", "更换水晶头，网络恢复"),
    (RepairCategory::SharedFacility, "部件磨损", "更换部件并调试"),
    (RepairCategory::Other, "零件松脱", "加固并润滑，使用正常"),
];

/// Field and what is complained of.
pub const COMPLAINTS: &[(&str, &str)] = &[
    ("security", "外来车辆夜间停在消防通道，无人管理"),
    ("security", "陌生人推销上门，门岗没有登记"),
    ("cleaning", "三楼楼道两天没有打扫，垃圾堆在门口"),
    ("cleaning", "电梯轿厢有异味，地面有污渍"),
    ("greening", "中心花园草坪长期没有修剪"),
    ("engineering", "报修一周了还没有人来"),
    ("renovation", "楼上中午装修，影响休息"),
    ("renovation", "装修垃圾堆在单元门口"),
    ("fees", "停车费多收了一个月"),
    ("staff", "前台接电话态度生硬"),
    ("other", "宠物随地便溺无人清理"),
];

/// Field and what is suggested.
pub const SUGGESTIONS: &[(&str, &str)] = &[
    ("security", "建议东门增加一台人行闸机"),
    ("cleaning", "建议增加分类垃圾桶的清运次数"),
    ("greening", "建议在儿童乐园旁多种几棵遮阴树"),
    ("engineering", "建议把地下车库照明换成感应灯"),
    ("other", "希望业主活动室周末也开放"),
];

/// Field and what is praised or asked.
pub const OTHERS: &[(&str, &str, &str)] = &[
    ("praise", "staff", "维修师傅雨天上门，态度很好，特此感谢"),
    ("praise", "security", "门岗捡到钱包及时归还"),
    ("enquiry", "fees", "咨询物业费可以按季度缴纳吗"),
    ("enquiry", "renovation", "装修需要办理哪些手续"),
    ("enquiry", "other", "咨询电动自行车充电位怎么申请"),
];

/// What was answered.
pub const REPLIES: &[&str] = &[
    "已安排专人处理并加强巡查，感谢您的反映。",
    "问题已整改完毕，现场照片已留存，欢迎继续监督。",
    "经核实已向您说明情况，后续如有问题请随时联系。",
];

/// What was done.
pub const MEASURES: &[&str] = &[
    "现场查看并责成班组当日整改",
    "约谈相关人员并复查",
    "增加巡查频次，一周后复核",
];

/// How a dispute begins.
pub const DISPUTES: &[(&str, &str)] = &[
    ("owner_owner", "楼上漏水损坏楼下吊顶，赔偿金额未谈妥"),
    ("owner_owner", "相邻车位开门剐蹭，双方说法不一"),
    ("owner_owner", "夜间噪音影响休息，多次沟通无果"),
    ("owner_management", "业主认为公共维修费分摊不合理"),
];

/// A courtesy help.
pub const HELP: &[(&str, &str)] = &[
    ("carrying", "帮老人把米面搬上楼"),
    ("escort", "雨天护送孩子回家"),
    ("errand", "代取快递并送到家中"),
    ("access", "业主忘带钥匙，协助联系开锁"),
    ("small_repair", "顺手修好松动的晾衣架"),
    ("search", "协助寻找走失的宠物"),
    ("emergency", "协助突发不适的老人联系急救"),
];

/// What a leader gives a post, and what is reported when it is done.
pub const TASKS: &[(PostCode, PostCode, &str, &str)] = &[
    (
        PostCode::Pubsup,
        PostCode::Tech,
        "检查地下车库照明并更换损坏灯管",
        "已全部检查，更换灯管七支",
    ),
    (
        PostCode::Pubsup,
        PostCode::Recept,
        "整理上月投诉台账并核对回访记录",
        "台账已核对，补登回访两件",
    ),
    (
        PostCode::Pubsup,
        PostCode::Renoadm,
        "复查三户装修现场的垃圾堆放",
        "三户均已清运，现场已拍照",
    ),
    (
        PostCode::Pubsup,
        PostCode::Cleanlead,
        "雨后组织清扫天井与排水口",
        "已清扫，排水通畅",
    ),
    (
        PostCode::Cleanlead,
        PostCode::Cleaner,
        "清洗五幢大堂地毯",
        "已清洗晾干并铺回",
    ),
    (
        PostCode::Guardcapt,
        PostCode::Guardlead,
        "组织消防器材外观检查",
        "检查完毕，一具压力不足已送检",
    ),
    (
        PostCode::Guardlead,
        PostCode::Guard,
        "补充东门岗登记簿与笔",
        "已领取并放置到位",
    ),
    (
        PostCode::Depmgr,
        PostCode::Pubsup,
        "拟定春季绿化补种方案",
        "方案已提交，附预算",
    ),
    (
        PostCode::Depmgr,
        PostCode::Guardcapt,
        "提出夜间巡逻路线调整意见",
        "已提交新路线图",
    ),
    (
        PostCode::Depmgr,
        PostCode::Finsup,
        "汇总上季度停车费收缴情况",
        "已汇总成表",
    ),
    (
        PostCode::Depmgr,
        PostCode::Asstmgr,
        "协助筹备业主座谈会",
        "场地与议程已落实",
    ),
    (
        PostCode::Cscmgr,
        PostCode::Depmgr,
        "牵头制定节前安全检查计划",
        "计划已下发各部门",
    ),
    (PostCode::Cscmgr, PostCode::Asstmgr, "整理经理办公会纪要", "纪要已印发"),
    (PostCode::Gm, PostCode::Cscmgr, "提交年度经营情况说明", "说明已报送"),
    (
        PostCode::Finsup,
        PostCode::Feecol,
        "上门核对欠费户联系方式",
        "已核对，更新九户",
    ),
    (
        PostCode::Finsup,
        PostCode::Ticket,
        "校对本月收费通知单",
        "已校对，更正两处",
    ),
];

/// What came in from the public page.
pub const REPORTS: &[(&str, &str, &str)] = &[
    ("repair", "单元门禁刷卡没反应", "3幢2单元门口"),
    ("suggestion", "希望快递柜旁边装一盏灯", "东门快递柜"),
    ("repair", "地下车库B区有积水", "地下车库B区"),
    ("complaint", "夜里有人在楼下大声喧哗", "5幢楼下"),
];
