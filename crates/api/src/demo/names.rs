//! Names, phones and identity numbers that look real and belong to nobody.

use super::book::Book;

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾",
    "彭", "吕", "欧阳", "上官",
];
const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀兰", "霞",
    "平", "刚", "桂英", "建国", "建华", "志强", "海燕", "晓东", "文博", "子涵", "雨桐", "思远", "浩然", "梓萱", "嘉怡",
    "俊杰", "雪梅", "国栋", "玉兰", "春生", "秋菊", "永康", "佳宁", "一鸣", "若彤", "振宇", "慧敏", "立新", "红梅",
];

/// A Chinese name.
pub fn name(book: &mut Book) -> String {
    format!("{}{}", book.one(SURNAMES), book.one(GIVEN))
}

/// A mobile number.
pub fn phone(book: &mut Book) -> String {
    let prefix = book.one(&[
        "138", "139", "136", "137", "150", "151", "158", "186", "187", "188", "199",
    ]);
    format!("{prefix}{:08}", book.pick(10_000_000, 100_000_000))
}

/// A resident identity number with its check digit.
pub fn identity(book: &mut Book) -> String {
    let area = book.one(&["330106", "330104", "320102", "310115", "340103"]);
    let (year, month, day) = (book.pick(1945, 2002), book.pick(1, 13), book.pick(1, 29));
    let digits = format!("{area}{year}{month:02}{day:02}{:03}", book.pick(1, 1000));
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = digits
        .bytes()
        .zip(weights)
        .map(|(digit, weight)| usize::from(digit - b'0') * weight)
        .sum();
    let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11];
    format!("{digits}{check}")
}
