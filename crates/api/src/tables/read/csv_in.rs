//! CSV in UTF-8 with or without BOM, GBK (GB 18030) or UTF-16; comma, semicolon or tab.

use std::{
    fs::File,
    io::{BufReader, Read, Seek, SeekFrom},
};

use encoding_rs::{CoderResult, Decoder, Encoding, GB18030, UTF_8};
use wuye_domain::shared::Problem;

use super::{Found, Gather, Sink, refused, unreadable};

pub(super) fn read(mut file: File, sink: &mut dyn Sink) -> Result<Found, Problem> {
    let encoding = encoding(&mut file)?;
    let text = Decoding::new(BufReader::with_capacity(64 * 1024, &file), encoding);
    let delimiter = delimiter(&mut Decoding::new(&file, encoding))?;
    (&file).seek(SeekFrom::Start(0)).map_err(|_| unreadable())?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text);
    let mut gather = Gather::new(sink);
    let (mut number, mut record) = (0_u64, csv::StringRecord::new());
    loop {
        let before = reader.position().line();
        if !reader.read_record(&mut record).map_err(|_| unreadable())? {
            break;
        }
        // Rows as a spreadsheet counts them: a blank line is one, a line break inside a cell is none.
        let lines = reader.position().line() - before;
        let inside: u64 = record
            .iter()
            .map(|cell| cell.bytes().filter(|byte| *byte == b'\n').count() as u64)
            .sum();
        number += 1 + lines.saturating_sub(inside + 1);
        let row = u32::try_from(number).map_err(|_| unreadable())?;
        gather.line(row, record.iter().map(ToOwned::to_owned).collect())?;
    }
    if reader.get_ref().damaged {
        return Err(unknown());
    }
    Ok(gather.found("csv", name(encoding)))
}

fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-8" => "utf-8",
        "gb18030" => "gbk",
        _ => "utf-16",
    }
}

/// By its mark, else UTF-8 when every byte fits, else GB 18030 (which holds GBK and GB 2312).
fn encoding(file: &mut File) -> Result<&'static Encoding, Problem> {
    let mut first = [0_u8; 3];
    let length = file.read(&mut first).map_err(|_| unreadable())?;
    file.seek(SeekFrom::Start(0)).map_err(|_| unreadable())?;
    if let Some((marked, _)) = Encoding::for_bom(&first[..length]) {
        return Ok(marked);
    }
    for candidate in [UTF_8, GB18030] {
        let mut text = Decoding::new(BufReader::with_capacity(64 * 1024, &*file), candidate);
        let mut piece = [0_u8; 64 * 1024];
        while !text.damaged && text.read(&mut piece).map_err(|_| unreadable())? > 0 {}
        let fits = !text.damaged && !text.binary;
        file.seek(SeekFrom::Start(0)).map_err(|_| unreadable())?;
        if fits {
            return Ok(candidate);
        }
    }
    Err(unknown())
}

fn unknown() -> Problem {
    refused(
        "不是表格文件，或文字编码无法识别。请另存为 .xlsx，或编码为 UTF-8、GBK 的 .csv。",
        "This is no table, or its encoding is not known: save it as .xlsx, or as .csv in UTF-8 or GBK.",
    )
}

/// The mark that the first line has most of.
fn delimiter(text: &mut impl Read) -> Result<u8, Problem> {
    let mut first = [0_u8; 4096];
    let mut length = 0;
    // The decoder wants room for a whole character.
    while length + 4 <= first.len() {
        match text.read(&mut first[length..]).map_err(|_| unreadable())? {
            0 => break,
            more => length += more,
        }
    }
    let line = first[..length].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| line.iter().filter(|byte| **byte == mark).count();
    Ok([b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|mark| count(*mark))
        .unwrap_or(b','))
}

/// Any encoding read as UTF-8.
struct Decoding<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    from: usize,
    to: usize,
    ended: bool,
    /// The decoder has given its last.
    finished: bool,
    /// The last line has no line break yet.
    open: bool,
    /// The byte before was a carriage return: a line feed after it says the same.
    returned: bool,
    /// Bytes that the encoding does not know.
    damaged: bool,
    /// Bytes that no text holds.
    binary: bool,
}

impl<R: Read> Decoding<R> {
    fn new(source: R, encoding: &'static Encoding) -> Self {
        Self {
            source,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; 16 * 1024],
            from: 0,
            to: 0,
            ended: false,
            finished: false,
            open: false,
            returned: false,
            damaged: false,
            binary: false,
        }
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        // A character takes up to four bytes; csv and the loops above always give more.
        if out.len() < 4 {
            return Err(std::io::ErrorKind::InvalidInput.into());
        }
        while !self.finished {
            if self.from == self.to && !self.ended {
                self.to = self.source.read(&mut self.raw)?;
                self.from = 0;
                self.ended = self.to == 0;
                self.binary |= self.raw[..self.to].contains(&0) && self.decoder.encoding().is_ascii_compatible();
            }
            let (result, used, written, replaced) =
                self.decoder
                    .decode_to_utf8(&self.raw[self.from..self.to], out, self.ended);
            self.from += used;
            self.damaged |= replaced;
            self.finished = self.ended && result == CoderResult::InputEmpty;
            let kept = self.one_line_break(&mut out[..written]);
            if kept > 0 {
                return Ok(kept);
            }
        }
        // A last line without its line break gets one: lines are counted by them.
        if std::mem::take(&mut self.open) {
            out[0] = b'\n';
            return Ok(1);
        }
        Ok(0)
    }
}

impl<R> Decoding<R> {
    /// Makes every line break one `\n`, so that lines can be counted whatever program wrote them. Gives how many bytes are
    /// left.
    fn one_line_break(&mut self, text: &mut [u8]) -> usize {
        let mut kept = 0;
        for at in 0..text.len() {
            let byte = text[at];
            if byte == b'\n' && self.returned {
                self.returned = false;
                continue;
            }
            self.returned = byte == b'\r';
            text[kept] = if self.returned { b'\n' } else { byte };
            kept += 1;
        }
        if let Some(last) = text[..kept].last() {
            self.open = *last != b'\n';
        }
        kept
    }
}
