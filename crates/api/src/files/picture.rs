//! Pictures: unpacked within bounds, turned upright, written anew. What rode along (place of the shot, scripts, archives)
//! does not survive that.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};
use wuye_domain::shared::{Problem, ProblemCode};

/// Longest side taken in, in pixels.
const LONGEST: u32 = 12_000;
/// Memory that unpacking may take.
const MEMORY: u64 = 400 * 1024 * 1024;
/// Longest side kept: enough to read a meter on a photo.
const KEPT: u32 = 2_560;
/// Longest side of the small picture.
const SMALL: u32 = 320;

/// A picture written anew.
pub struct Picture {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its type.
    pub media_type: &'static str,
    /// Width and height.
    pub size: (u32, u32),
    /// The small picture, JPEG.
    pub thumbnail: Vec<u8>,
}

/// Unpacks and writes anew. PNG stays PNG (signatures are transparent), everything else becomes JPEG.
///
/// # Errors
/// `file_refused` for a broken or oversized picture.
pub fn rewrite(bytes: &[u8]) -> Result<Picture, Problem> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| refused())?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let format = reader.format();
    let mut picture = unpack(reader).map_err(|_| refused())?;
    let longest = picture.width().max(picture.height());
    if longest > 2 * KEPT {
        // The better filter takes twice the memory of the picture itself; of one this large only averages are seen anyway.
        picture = picture.thumbnail(KEPT, KEPT);
    } else if longest > KEPT {
        picture = picture.resize(KEPT, KEPT, FilterType::Triangle);
    }
    let small = picture.thumbnail(SMALL, SMALL);
    let size = (picture.width(), picture.height());
    let (bytes, media_type) = if format == Some(ImageFormat::Png) {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, ImageFormat::Png).map_err(|_| refused())?;
        (out.into_inner(), "image/png")
    } else {
        (jpeg(&picture, 86)?, "image/jpeg")
    };
    Ok(Picture {
        bytes,
        media_type,
        size,
        thumbnail: jpeg(&small, 78)?,
    })
}

fn unpack(reader: ImageReader<Cursor<&[u8]>>) -> Result<DynamicImage, ImageError> {
    let mut decoder = reader.into_decoder()?;
    // Phones store the picture as the sensor saw it and say which way is up.
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, Problem> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, quality)
        .encode_image(&on_white(picture))
        .map_err(|_| refused())?;
    Ok(out)
}

/// JPEG knows no transparency: what was transparent becomes white, not black.
fn on_white(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.to_rgb8());
    }
    let mut white = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(
        picture.width(),
        picture.height(),
        image::Rgba([255; 4]),
    ));
    image::imageops::overlay(&mut white, &picture.to_rgba8(), 0, 0);
    DynamicImage::ImageRgb8(white.to_rgb8())
}

fn refused() -> Problem {
    Problem::new(
        ProblemCode::FileRefused,
        wuye_domain::text!(
            "照片已损坏、无法打开，或过大（最长边 {LONGEST} 像素）。请重新拍摄或另存为 JPEG。",
            "The picture is damaged or too large (longest side {LONGEST} pixels): take it again, or save it as JPEG."
        ),
    )
}
