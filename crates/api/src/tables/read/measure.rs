//! Measuring a workbook before it is opened: a small file can unfold into gigabytes.

use std::{
    fs::File,
    io::{Read, sink},
};

use wuye_domain::shared::Problem;
use zip::ZipArchive;

use super::{refused, unreadable};

/// Parts a workbook may have.
const MOST_PARTS: usize = 2_000;
/// All parts together, unfolded.
const MOST_BYTES: u64 = 768 * 1024 * 1024;
/// The table of texts is held in memory while a sheet is read.
const MOST_TEXT: u64 = 192 * 1024 * 1024;
/// Honest sheets shrink to a tenth or a thirtieth; what shrinks to less is made to burst.
const STEEPEST: u64 = 200;
/// Small parts may shrink as they like.
const SMALL: u64 = 4 * 1024 * 1024;

/// Unfolds every part into nothing and counts; what the archive says of itself is not believed.
pub(super) fn measure(file: &File) -> Result<(), Problem> {
    let mut archive = ZipArchive::new(file).map_err(|_| unreadable())?;
    if archive.len() > MOST_PARTS {
        return Err(bloated());
    }
    let mut left = MOST_BYTES;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| unreadable())?;
        let folded = part.compressed_size().max(1);
        let own = if part.name().ends_with("sharedStrings.xml") {
            MOST_TEXT
        } else {
            MOST_BYTES
        };
        let limit = left.min(own).min((folded.saturating_mul(STEEPEST)).max(SMALL));
        let unfolded = std::io::copy(&mut part.take(limit + 1), &mut sink()).map_err(|_| unreadable())?;
        if unfolded > limit {
            return Err(bloated());
        }
        left -= unfolded;
    }
    Ok(())
}

fn bloated() -> Problem {
    refused(
        "工作簿解压后过大或压缩比异常，已拒绝。请只保留要导入的工作表，或另存为 .csv。",
        "The workbook unfolds to too much and is refused: keep only the sheet to import, or save it as .csv.",
    )
}
