//! A table's file on its way in: bounded in bytes and time, never whole in memory.

use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
};

use actix_web::{http::header::HeaderMap, web};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::{sync::mpsc, task::spawn_blocking};
use utoipa::ToSchema;
use wuye_domain::shared::{Problem, ProblemCode, Text};
use wuye_persistence::Failure;

use crate::{
    ApiError,
    arrival::{Pace, announced},
    config::Config,
};

const MEGABYTE: u64 = 1024 * 1024;

/// The bytes of a table's file, as the contract describes them.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "the body is read as it comes in")]
pub struct TableBytes(Vec<u8>);

/// A file that has come in, at its beginning.
pub struct Received {
    /// The file; nobody else can open it.
    pub file: File,
    /// Its content's hash in hexadecimal digits.
    pub sha256: String,
}

impl Received {
    /// What the content is known by.
    #[must_use]
    pub const fn hash(&self) -> &[u8] {
        self.sha256.as_bytes()
    }
}

/// Takes the body into a temporary file.
///
/// # Errors
/// `body_too_large` above so many megabytes, `request_timeout`, `bad_request` when it does not arrive whole.
pub async fn receive(
    headers: &HeaderMap,
    mut payload: web::Payload,
    config: &Config,
    megabytes: u64,
) -> Result<Received, ApiError> {
    let most = megabytes * MEGABYTE;
    announced(headers, most, too_large)?;
    let pace = Pace::of_table(config);
    let (sender, mut receiver) = mpsc::channel::<Bytes>(8);
    let writer = spawn_blocking(move || -> std::io::Result<Received> {
        let mut file = tempfile::tempfile()?;
        let mut hash = Sha256::new();
        while let Some(piece) = receiver.blocking_recv() {
            hash.update(&piece);
            file.write_all(&piece)?;
        }
        file.seek(SeekFrom::Start(0))?;
        let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Received { file, sha256 })
    });
    let arriving = async {
        let mut size = 0_u64;
        while let Some(piece) = pace.next(&mut payload).await? {
            let piece = piece.map_err(|_| broken())?;
            size += piece.len() as u64;
            if size > most {
                return Err(too_large(most));
            }
            if sender.send(piece).await.is_err() {
                return Err(broken());
            }
        }
        Ok(())
    };
    pace.all(arriving).await?;
    drop(sender);
    let received = writer.await.map_err(Failure::internal)?;
    Ok(received.map_err(Failure::internal)?)
}

fn too_large(most: u64) -> Problem {
    let megabytes = most / MEGABYTE;
    Problem::new(
        ProblemCode::BodyTooLarge,
        wuye_domain::text!(
            "文件超过{megabytes} MB。请分成几个文件上传。",
            "The file is over {megabytes} MB: upload it in several parts."
        ),
    )
}

/// The body, or what is made of it, did not come through whole.
#[must_use]
pub fn broken() -> Problem {
    Problem::new(
        ProblemCode::BadRequest,
        Text::new("文件没有传完。请重试。", "The file did not arrive whole. Try again."),
    )
}
