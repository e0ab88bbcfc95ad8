//! The disk is full: whoever writes is told so, nothing is torn, and freeing space is all that is needed.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use reqwest::Method;
use serde_json::json;
use wuye_stage::{Answer, Person};

use crate::{
    ground::Ground,
    load::{Mode, photo},
    sound,
    sql::Sql,
};

/// A small disk of its own for the data of a place.
struct Disk<'a>(&'a Path);

/// What a private database needs to begin, and some room to work in.
const SIZE: &str = "size=256m";

impl<'a> Disk<'a> {
    fn mount(at: &'a Path) -> Self {
        fs::create_dir_all(at).expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", SIZE, "tmpfs"])
            .arg(at)
            .status();
        assert!(mounted.is_ok_and(|status| status.success()), "a small disk");
        Self(at)
    }

    /// Fills it to the last byte.
    fn fill(&self) {
        let mut ballast = File::options()
            .create(true)
            .append(true)
            .open(self.ballast())
            .expect("a ballast");
        for size in [1 << 20, 1 << 12] {
            let block = vec![0_u8; size];
            while ballast.write_all(&block).is_ok() {}
        }
    }

    fn free(&self) {
        fs::remove_file(self.ballast()).expect("a ballast");
    }

    fn ballast(&self) -> std::path::PathBuf {
        self.0.join("ballast")
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0).status();
    }
}

/// Why a small disk cannot be had here.
pub fn missing() -> Option<String> {
    let place = wuye_stage::Place::new();
    let tried = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(place.folder())
        .output();
    if tried.is_ok_and(|tried| tried.status.success()) {
        let _ = Command::new("umount").arg(place.folder()).status();
        None
    } else {
        Some("only root can mount the small disk".to_owned())
    }
}

/// Works on a disk that fills up and is freed again.
pub async fn to_the_last_byte() {
    let mut ground = Ground::new();
    let data = ground.place.data();
    let disk = Disk::mount(&data);
    let (demo, load) = ground.loaded_unavailable().await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let recept = ground.server().person("recept").await;
    disk.fill();
    let refused = until_refused(&recept).await;
    assert_eq!(refused.status, 503, "{refused:?}");
    let detail = refused.body["detail"].as_str().unwrap_or_default();
    assert!(
        detail.contains("disk") && detail.contains("full"),
        "the cause is named: {detail}"
    );
    // Long enough for the database itself to run out of room for its log.
    tokio::time::sleep(Duration::from_secs(4)).await;
    disk.free();
    let freed = Instant::now();
    drop(load.pause().await);
    let back = freed.elapsed();
    let account = load.stop().await;
    let sql = Sql::connect(&ground.database()).await;
    sound::rows(&sql, &demo).await;
    let objects = sound::objects(&sql, &ground.files()).await;
    account.ledger.confirm(ground.server(), Mode::All).await;
    println!(
        "  disk full: {:?}; every request answered {back:.1?} after space was freed; {} files without a row, {} broken off",
        account.ledger.figures(),
        objects.orphans.len(),
        objects.unfinished.len()
    );
    ground.take().stop();
    drop(disk);
}

/// Uploads and reports until one of them is refused.
async fn until_refused(recept: &Person) -> Answer {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        let upload = recept
            .attempt(recept.uploading("photo.png", photo(400)))
            .await
            .expect("an answer");
        if !upload.status.is_success() {
            return upload;
        }
        let case = json!({ "kind": "praise", "channel": "desk", "field": "other", "text": "好".repeat(900) });
        let answer = recept
            .attempt(recept.request(Method::POST, "/cases").json(&case))
            .await
            .expect("an answer");
        if !answer.status.is_success() {
            return answer;
        }
    }
    panic!("a full disk takes everything");
}
