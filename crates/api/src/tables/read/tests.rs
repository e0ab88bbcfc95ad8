//! Files as people and attackers make them.

use std::io::{Seek, SeekFrom, Write};

use super::*;

#[derive(Default)]
struct Kept {
    headers: Vec<String>,
    rows: Vec<(i32, Vec<String>)>,
}

impl Sink for Kept {
    fn headers(&mut self, headers: &[String]) -> Result<(), Problem> {
        self.headers = headers.to_vec();
        Ok(())
    }

    fn row(&mut self, number: i32, cells: Vec<String>) -> Result<(), Problem> {
        self.rows.push((number, cells));
        Ok(())
    }
}

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).expect("written");
    file.seek(SeekFrom::Start(0)).expect("at its start");
    file
}

fn read(bytes: &[u8]) -> Result<(Found, Kept), Problem> {
    let mut kept = Kept::default();
    table(file(bytes), &mut kept).map(|found| (found, kept))
}

const TABLE: &str = "房号,姓名\r\n3-2-501,\"张三,\n李四\"\r\n\r\n3-2-502,王五\r\n";

#[test]
fn der_x_5_csv_is_read_in_every_usual_encoding() {
    let gbk = encoding_rs::GBK.encode(TABLE).0.into_owned();
    let marked = ["\u{feff}".as_bytes(), TABLE.as_bytes()].concat();
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(TABLE.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    for (bytes, encoding) in [
        (TABLE.as_bytes().to_vec(), "utf-8"),
        (marked, "utf-8"),
        (gbk, "gbk"),
        (utf16, "utf-16"),
    ] {
        let (found, kept) = read(&bytes).expect("a table");
        assert_eq!((found.encoding, found.rows), (encoding, 2));
        assert_eq!(kept.headers, ["房号", "姓名"], "{encoding}");
        assert_eq!(kept.rows[0], (2, vec!["3-2-501".to_owned(), "张三,\n李四".to_owned()]));
        assert_eq!(kept.rows[1].0, 4, "the blank line is a row of the sheet");
    }
    let (_, kept) = read("\n\n房号\n\"3-2-\n501\"\r\n3-2-502\n\n\n3-2-503".as_bytes()).expect("gaps");
    let rows: Vec<i32> = kept.rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(rows, [4, 5, 8]);
    let (_, kept) = read("房号;姓名\n3-2-501;张三\n".as_bytes()).expect("semicolons");
    assert_eq!(kept.rows[0].1, ["3-2-501", "张三"]);
}

#[test]
fn der_x_5_long_files_keep_every_character_at_the_seams() {
    let line = "3-2-501,张三丰与李四光\n";
    let text = format!("房号,姓名\n{}", line.repeat(20_000));
    for bytes in [text.as_bytes().to_vec(), encoding_rs::GBK.encode(&text).0.into_owned()] {
        let (found, kept) = read(&bytes).expect("a table");
        assert_eq!(found.rows, 20_000);
        assert!(kept.rows.iter().all(|(_, cells)| cells[1] == "张三丰与李四光"));
    }
}

#[test]
fn der_x_5_a_workbook_is_read_as_it_looks() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    page.write_row(0, 0, ["房号", "面积", "电话", "日期"])
        .expect("headings");
    page.write_string(2, 0, "3-2-501").expect("text");
    page.write_number(2, 1, 89.57).expect("a number");
    page.write_number(2, 2, 13_812_345_678.0).expect("a phone as number");
    page.write_datetime_with_format(
        2,
        3,
        rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 6, 1).expect("a day"),
        &day,
    )
    .expect("a date");
    let bytes = book.save_to_buffer().expect("a workbook");
    let (found, kept) = read(&bytes).expect("a table");
    assert_eq!((found.format, found.rows), ("xlsx", 1));
    assert_eq!(
        kept.rows,
        [(
            3,
            ["3-2-501", "89.57", "13812345678", "2024-06-01"]
                .map(String::from)
                .to_vec()
        )]
    );
}

#[test]
fn der_x_5_what_is_no_table_is_refused_in_words() {
    let jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 0x4A, 0x46, 0x49, 0x46, 0x00, 0x01];
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    for bytes in [&jpeg[..], &old[..], b"", b"PK\x03\x04not a zip", "房号\n".as_bytes()] {
        assert_eq!(
            read(bytes).map(|_| ()).expect_err("refused").code,
            ProblemCode::FileRefused,
            "{bytes:?}"
        );
    }
}

#[test]
fn der_x_5_a_bursting_workbook_is_refused_before_it_is_opened() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("xl/worksheets/sheet1.xml", options).expect("a part");
    let zeros = vec![b' '; 1024 * 1024];
    for _ in 0..64 {
        archive.write_all(&zeros).expect("written");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    assert!(bytes.len() < 200_000, "small outside: {}", bytes.len());
    let refused = read(&bytes).map(|_| ()).expect_err("large inside");
    assert!(refused.detail.zh.contains("压缩比"), "{}", refused.detail.zh);
}
