//! What a file is, by what is in it. Name and declared type are not believed.

use wuye_domain::shared::{Problem, ProblemCode, Text};

use super::picture::{self, Picture};

/// What may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    /// Photos only: residents without an account.
    Pictures,
    /// Photos, PDF and office documents.
    Documents,
}

/// A file that may be kept.
#[derive(Debug)]
pub struct Checked {
    /// The bytes to keep; pictures are written anew, so that nothing rides along in them.
    pub bytes: Vec<u8>,
    /// Its type.
    pub media_type: &'static str,
    /// Width and height of a picture.
    pub size: Option<(u32, u32)>,
    /// The small picture.
    pub thumbnail: Option<Vec<u8>>,
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Looks into a file. Takes time for pictures: run it off the async threads.
///
/// # Errors
/// `file_refused` naming what it looks like.
pub fn check(bytes: Vec<u8>, accept: Accept) -> Result<Checked, Problem> {
    let found = infer::get(&bytes).map(|kind| kind.mime_type());
    match found {
        Some("image/jpeg" | "image/png" | "image/webp") => {
            let Picture {
                bytes,
                media_type,
                size,
                thumbnail,
            } = picture::rewrite(&bytes)?;
            Ok(Checked {
                bytes,
                media_type,
                size: Some(size),
                thumbnail: Some(thumbnail),
            })
        }
        Some("application/pdf") if accept == Accept::Documents && ends_as_pdf(&bytes) => {
            Ok(document(bytes, "application/pdf"))
        }
        Some(DOCX) if accept == Accept::Documents => Ok(document(bytes, DOCX)),
        Some(XLSX) if accept == Accept::Documents => Ok(document(bytes, XLSX)),
        other => Err(refused(other, accept)),
    }
}

fn document(bytes: Vec<u8>, media_type: &'static str) -> Checked {
    Checked {
        bytes,
        media_type,
        size: None,
        thumbnail: None,
    }
}

/// A PDF begins with its mark and ends soon after its end mark: nothing else hangs on it.
fn ends_as_pdf(bytes: &[u8]) -> bool {
    const END: &[u8] = b"%%EOF";
    let end = bytes.windows(END.len()).rposition(|window| window == END);
    bytes.starts_with(b"%PDF-") && end.is_some_and(|at| bytes.len() - at - END.len() <= 64)
}

fn refused(found: Option<&str>, accept: Accept) -> Problem {
    let found = found.unwrap_or("?");
    let (zh, en) = match accept {
        Accept::Pictures => ("JPEG、PNG、WebP 照片", "JPEG, PNG and WebP photos"),
        Accept::Documents => (
            "JPEG、PNG、WebP 照片和 PDF、DOCX、XLSX 文件",
            "JPEG, PNG and WebP photos, PDF, DOCX and XLSX documents",
        ),
    };
    Problem::new(
        ProblemCode::FileRefused,
        Text::of(
            format!("文件内容不是可接收的类型（识别为 {found}）。可接收：{zh}。"),
            format!("The content is not of a type that is taken (it looks like {found}). Taken are {en}."),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8], accept: Accept) -> Result<&'static str, ProblemCode> {
        check(bytes.to_vec(), accept)
            .map(|checked| checked.media_type)
            .map_err(|problem| problem.code)
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(width, height, image::Rgb([200, 30, 30]))
            .write_to(&mut bytes, image::ImageFormat::Png)
            .expect("a picture");
        bytes.into_inner()
    }

    #[test]
    fn scripts_in_disguise_are_refused_whatever_they_are_called() {
        for bytes in [
            &b"<html><script>alert(1)</script></html>"[..],
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
            b"<?xml version=\"1.0\"?><svg/>",
            b"#!/bin/sh\nrm -rf /\n",
            b"MZ\x90\x00",
            b"",
            b"\xff\xd8\xff<script>alert(1)</script>",
        ] {
            assert_eq!(
                code(bytes, Accept::Documents),
                Err(ProblemCode::FileRefused),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn what_rides_along_in_a_picture_does_not_stay() {
        let mut polyglot = png(40, 30);
        polyglot.extend_from_slice(b"<script>alert(1)</script>PK\x03\x04");
        let kept = check(polyglot, Accept::Pictures).expect("a picture");
        assert_eq!(kept.size, Some((40, 30)));
        assert!(!kept.bytes.windows(7).any(|window| window == b"<script"));
        assert!(kept.thumbnail.is_some());
    }

    #[test]
    fn a_document_comes_from_the_staff_only_and_ends_where_it_ends() {
        let pdf = b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n";
        assert_eq!(code(pdf, Accept::Documents), Ok("application/pdf"));
        assert_eq!(code(pdf, Accept::Pictures), Err(ProblemCode::FileRefused));
        let mut polyglot = pdf.to_vec();
        polyglot.extend_from_slice(&[b'<'; 100]);
        assert_eq!(code(&polyglot, Accept::Documents), Err(ProblemCode::FileRefused));
    }

    #[test]
    fn a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked() {
        // A PNG header that claims 60,000 × 60,000 pixels.
        let mut bomb = png(4, 4);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        assert_eq!(code(&bomb, Accept::Pictures), Err(ProblemCode::FileRefused));
    }
}
