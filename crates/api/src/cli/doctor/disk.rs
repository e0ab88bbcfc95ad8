//! Room for data and files, and whether they can be written.

use std::path::Path;

use nix::sys::statvfs::statvfs;
use object_store::{ObjectStoreExt, path::Path as StorePath};
use wuye_domain::text;

use super::Finding;
use crate::{config::Config, server};

const MIB: u64 = 1024 * 1024;
/// Less than this, and the next large import or backup may not fit.
const SCARCE: u64 = 2048 * MIB;
/// Less than this, and the database may stop in the middle of a day's work.
const OUT: u64 = 256 * MIB;

pub(super) async fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    if config.database_url.is_none() || config.s3_bucket.is_none() {
        findings.push(room(&config.data_dir));
    }
    findings.push(files(config).await);
    findings
}

fn room(folder: &Path) -> Finding {
    const CHECK: &str = "disk.room";
    let shown = folder.display();
    // Before the first start the folder is not there yet.
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let existing = absolute.ancestors().find(|step| step.exists());
    match existing.map(statvfs) {
        Some(Ok(disk)) => {
            let free = disk.blocks_available().saturating_mul(disk.fragment_size());
            judged(CHECK, &shown.to_string(), free)
        }
        _ => Finding::fault(
            CHECK,
            text!("无法读取 {shown} 所在磁盘", "the disk of {shown} cannot be read"),
            text!("请核对 --data-dir。", "Check --data-dir."),
        ),
    }
}

fn judged(check: &'static str, shown: &str, free: u64) -> Finding {
    let mib = free / MIB;
    let says = text!("{shown} 剩余 {mib} MiB", "{mib} MiB are free at {shown}");
    let advice = || {
        text!(
            "请清理或扩大磁盘；旧备份请移到其他机器。",
            "Free some, or enlarge the disk; old backups belong on another machine."
        )
    };
    match free {
        ..OUT => Finding::fault(check, says, advice()),
        OUT..SCARCE => Finding::warning(check, says, advice()),
        _ => Finding::ok(check, says),
    }
}

/// Writes a file where uploaded ones go, reads it and takes it away again.
async fn files(config: &Config) -> Finding {
    const CHECK: &str = "disk.files";
    let place = match &config.s3_bucket {
        Some(bucket) => format!("s3://{bucket}"),
        None => config.files_folder().display().to_string(),
    };
    match write(config).await {
        Ok(()) => Finding::ok(CHECK, text!("{place} 可以写入", "files can be written at {place}")),
        Err(cause) => Finding::fault(
            CHECK,
            text!(
                "{place} 无法写入：{cause}",
                "nothing can be written at {place}: {cause}"
            ),
            text!(
                "上传的照片和文件会失败。请核对文件夹的所有者和权限，或对象存储的密钥。",
                "Uploads fail. Check owner and rights of the folder, or the keys of the object store."
            ),
        ),
    }
}

async fn write(config: &Config) -> Result<(), Box<dyn std::error::Error>> {
    const CONTENT: &[u8] = b"written by wuye doctor";
    let store = server::files(config)?;
    let name = StorePath::from(format!("doctor-{}", uuid::Uuid::new_v4()));
    store.put(&name, CONTENT.into()).await?;
    let read = store.get(&name).await?.bytes().await;
    store.delete(&name).await?;
    if read?.as_ref() == CONTENT {
        Ok(())
    } else {
        Err("another content came back than was written".into())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Level, *};

    #[test]
    fn a_disk_is_judged_by_what_is_left() {
        for (free, level) in [
            (0, Level::Fault),
            (OUT - 1, Level::Fault),
            (OUT, Level::Warning),
            (SCARCE - 1, Level::Warning),
            (SCARCE, Level::Ok),
        ] {
            assert_eq!(judged("disk.room", "here", free).level, level, "{free}");
        }
    }
}
