//! What lies in the database: the key that everything secret hangs on, backups, jobs.

use chrono::TimeDelta;
use wuye_domain::{
    org::BackupKind,
    shared::{SettingKey, Text},
    text,
};
use wuye_persistence::{Conn, Failure, condition, jobs, secrets, settings};

use super::{Finding, clock};
use crate::server;

/// A backup a day; one may be missed over a night.
const BACKUP_HOURS: i64 = 36;
/// A backup that is older is none.
const BACKUP_DAYS: i64 = 7;
/// Minutes that a due job may wait behind others.
const LATE_MINUTES: i64 = 15;

pub(super) async fn examine(conn: &mut Conn) -> Result<Vec<Finding>, Failure> {
    let mut findings = vec![keys(conn).await?, backup(conn).await?, restore_test(conn).await?];
    findings.extend(of_jobs(conn).await?);
    Ok(findings)
}

async fn keys(conn: &mut Conn) -> Result<Finding, Failure> {
    const CHECK: &str = "keys.installation";
    let advice = || {
        text!(
            "请从备份恢复整个数据库：密钥与数据在同一备份中，不能单独补上。",
            "Restore the whole database from a backup: key and data lie in it together, and one cannot be had without the other."
        )
    };
    let Some(secret) = secrets::find(conn, server::INSTALLATION).await? else {
        // The first start of a server makes it, so this is a fault only where people have worked already.
        return Ok(match condition::newest_entry(conn).await? {
            None => Finding::ok(
                CHECK,
                text!("密钥在首次启动时生成", "the first start of a server makes the key"),
            ),
            Some(_) => Finding::fault(
                CHECK,
                text!(
                    "数据库中没有密钥",
                    "the key of the installation is gone from the database"
                ),
                advice(),
            ),
        });
    };
    if secret.len() != server::SECRET_BYTES {
        let length = secret.len();
        return Ok(Finding::fault(
            CHECK,
            text!(
                "密钥长度 {length} 不对",
                "the key of the installation has {length} bytes"
            ),
            advice(),
        ));
    }
    let key = server::personal_data_key_from(&secret)?;
    Ok(match condition::digests_fit(conn, &key).await? {
        Some(false) => Finding::fault(
            CHECK,
            text!(
                "密钥与档案不符：按电话和证件号码查找不到任何人",
                "the key is not the one that the archive was written with: nobody is found by phone or identity number"
            ),
            advice(),
        ),
        Some(true) => Finding::ok(CHECK, text!("密钥与档案相符", "the key fits the archive")),
        None => Finding::ok(CHECK, text!("密钥在", "the key is there")),
    })
}

async fn backup(conn: &mut Conn) -> Result<Finding, Failure> {
    const CHECK: &str = "backups.last";
    let advice = text!(
        "请每天运行 wuye backup 文件夹，并把结果存到另一台机器。",
        "Run wuye backup FOLDER every day, and keep it on another machine."
    );
    let Some((taken_at, place)) = condition::last_backup(conn, BackupKind::Backup).await? else {
        let says = text!("还没有备份", "no backup was made yet");
        return Ok(Finding::warning(CHECK, says, advice));
    };
    let age = clock::now() - taken_at;
    let hours = age.num_hours();
    let says = text!(
        "最近的备份在 {hours} 小时前：{place}",
        "the last backup is {hours} hours old: {place}"
    );
    Ok(if age > TimeDelta::days(BACKUP_DAYS) {
        Finding::fault(CHECK, says, advice)
    } else if age > TimeDelta::hours(BACKUP_HOURS) {
        Finding::warning(CHECK, says, advice)
    } else {
        Finding::ok(CHECK, says)
    })
}

async fn restore_test(conn: &mut Conn) -> Result<Finding, Failure> {
    const CHECK: &str = "backups.restore_test";
    let days = settings::load(conn, None).await?.get(SettingKey::RestoreTestDays);
    let last = condition::last_backup(conn, BackupKind::RestoreTest).await?;
    let in_time = last.is_some_and(|(at, _)| clock::now() - at <= TimeDelta::days(days));
    Ok(if in_time {
        Finding::ok(
            CHECK,
            text!(
                "{days} 天内做过恢复测试",
                "a backup was restored for a test within {days} days"
            ),
        )
    } else {
        Finding::warning(
            CHECK,
            text!(
                "{days} 天内没有做过恢复测试",
                "no backup was restored for a test within {days} days"
            ),
            text!(
                "请用 wuye restore 恢复到空目录，核对后在备份登记中记录。",
                "Restore one into an empty place by wuye restore, look at it, and enter it in the backup log."
            ),
        )
    })
}

async fn of_jobs(conn: &mut Conn) -> Result<Vec<Finding>, Failure> {
    let now = clock::now();
    let census = jobs::census(conn).await?;
    let failed: Vec<String> = census
        .iter()
        .filter(|line| line.state == jobs::FAILED)
        .map(|line| format!("{} × {}", line.count, line.kind))
        .collect();
    let mut stuck: Vec<String> = census
        .iter()
        .filter(|line| line.state == jobs::WAITING)
        .filter(|line| {
            line.oldest_due
                .is_some_and(|due| now - due > TimeDelta::minutes(LATE_MINUTES))
        })
        .map(|line| line.kind.clone())
        .collect();
    stuck.extend(condition::abandoned_jobs(conn, now - TimeDelta::minutes(LATE_MINUTES)).await?);
    stuck.sort();
    stuck.dedup();
    let judged = |check, kinds: &[String], well: Text, badly: fn(String) -> Text, advice: Text| {
        if kinds.is_empty() {
            Finding::ok(check, well)
        } else {
            Finding::warning(check, badly(kinds.join(", ")), advice)
        }
    };
    Ok(vec![
        judged(
            "jobs.failed",
            &failed,
            text!("没有失败的任务", "no job was given up"),
            |kinds| {
                text!(
                    "多次重试后放弃的任务：{kinds}",
                    "jobs given up after many tries: {kinds}"
                )
            },
            text!(
                "原因在 jobs 表的 last_error 列和服务器日志中。",
                "Column last_error of table jobs has the cause, and so has the server's log."
            ),
        ),
        judged(
            "jobs.stuck",
            &stuck,
            text!("没有滞留的任务", "no job waits longer than it should"),
            |kinds| {
                text!(
                    "到期已久而无人处理的任务：{kinds}",
                    "jobs due for long that nobody works on: {kinds}"
                )
            },
            text!(
                "没有服务器在运行时属正常，启动 wuye serve 即可；否则请查看服务器日志。",
                "That is so while no server runs: start wuye serve. Otherwise look into the server's log."
            ),
        ),
    ])
}
