//! Photos that belong to no record yet.

use std::{
    io::Cursor,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use image::{ImageFormat, Rgb, RgbImage};

use super::{
    Shared,
    worker::{Faulty, Worker},
};

/// The desk with a camera.
pub async fn work(shared: Arc<Shared>) {
    if let Err(fault) = uploads(&shared).await {
        shared.ledger.fault(format!("uploads: {fault}"));
    }
}

async fn uploads(shared: &Arc<Shared>) -> Faulty<()> {
    let mut desk = Worker::enter(shared, "recept").await?;
    while !shared.stopping() {
        desk.upload(photo(96)).await?;
    }
    Ok(())
}

/// A square photo unlike any other before it.
pub fn photo(side: u32) -> Vec<u8> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut noise = number.wrapping_mul(0x9e37_79b9) | 1;
    let picture = RgbImage::from_fn(side, side, |_, _| {
        // Xorshift: nothing that a picture format can make small.
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        let [red, green, blue, _] = noise.to_le_bytes();
        Rgb([red, green, blue])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}
