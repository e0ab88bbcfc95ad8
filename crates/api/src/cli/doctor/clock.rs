//! Clocks: deadlines, tokens and leases of jobs are times, and all of them are taken from the server's own clock.

use chrono::{DateTime, TimeDelta, Utc};
use wuye_domain::text;
use wuye_persistence::{Conn, Failure, condition, estates};

use super::Finding;

/// Seconds between two clocks that still agree.
const AGREE: i64 = 2;
/// Seconds from which jobs of several servers get into each other's way: a lease lasts two minutes.
const APART: i64 = 30;

/// Now, as this machine has it.
pub(super) fn now() -> DateTime<Utc> {
    Utc::now()
}

pub(super) async fn examine(conn: &mut Conn) -> Result<Vec<Finding>, Failure> {
    let before = now();
    let database = condition::clock(conn).await?;
    let after = now();
    let mut findings = vec![skew(before + (after - before) / 2, database)];
    findings.push(course(condition::newest_entry(conn).await?, after));
    findings.extend(zones(conn).await?);
    Ok(findings)
}

fn skew(server: DateTime<Utc>, database: DateTime<Utc>) -> Finding {
    const CHECK: &str = "clock.skew";
    let seconds = (server - database).num_seconds();
    let says = text!(
        "本机与数据库时钟相差 {seconds} 秒",
        "this machine's clock and the database's are {seconds} s apart"
    );
    let advice = || {
        text!(
            "请在所有机器上启用时间同步（chrony 或 systemd-timesyncd）。",
            "Keep the time of all machines by chrony or systemd-timesyncd."
        )
    };
    match seconds.abs() {
        0..=AGREE => Finding::ok(CHECK, says),
        apart if apart < APART => Finding::warning(CHECK, says, advice()),
        _ => Finding::fault(CHECK, says, advice()),
    }
}

/// Time has only one direction; a clock that was set back gives records that lie in the future.
fn course(newest: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Finding {
    const CHECK: &str = "clock.course";
    match newest {
        Some(newest) if newest > now + TimeDelta::seconds(APART) => Finding::fault(
            CHECK,
            text!(
                "最近的记录时间 {newest:?} 晚于现在 {now:?}：时钟曾被调错",
                "the newest record is of {newest:?}, and it is only {now:?}: a clock was wrong, or is"
            ),
            text!(
                "请先校准时钟再继续工作：期限和登录都依赖它。",
                "Set the clock right before work goes on: deadlines and logins go by it."
            ),
        ),
        _ => Finding::ok(CHECK, text!("没有晚于现在的记录", "no record lies in the future")),
    }
}

/// Days are counted in the zone of each estate.
async fn zones(conn: &mut Conn) -> Result<Option<Finding>, Failure> {
    const CHECK: &str = "clock.zones";
    let estates = estates::all(conn).await?;
    let unknown: Vec<&str> = estates
        .iter()
        .map(|estate| estate.time_zone.as_str())
        .filter(|zone| zone.parse::<chrono_tz::Tz>().is_err())
        .collect();
    let (count, unknown) = (estates.len(), unknown.join(", "));
    Ok(match (count, unknown.as_str()) {
        (0, _) => None,
        (_, "") => Some(Finding::ok(
            CHECK,
            text!(
                "{count} 个小区的时区均可识别",
                "the time zones of all {count} estates are known"
            ),
        )),
        _ => Some(Finding::fault(
            CHECK,
            text!("无法识别的时区：{unknown}", "time zones that nobody knows: {unknown}"),
            text!(
                "请把小区的时区改为 IANA 名称，如 Asia/Shanghai。",
                "Give the estate an IANA name, as Asia/Shanghai."
            ),
        )),
    })
}

#[cfg(test)]
mod tests {
    use super::{super::Level, *};

    #[test]
    fn clocks_that_differ_are_told_in_either_direction() {
        let now = DateTime::UNIX_EPOCH;
        for (seconds, level) in [
            (0, Level::Ok),
            (2, Level::Ok),
            (-3, Level::Warning),
            (29, Level::Warning),
            (30, Level::Fault),
            (-3600, Level::Fault),
        ] {
            let other = now + TimeDelta::seconds(seconds);
            assert_eq!(skew(now, other).level, level, "{seconds}");
        }
    }

    #[test]
    fn a_record_from_the_future_tells_that_a_clock_was_wrong() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(course(None, now).level, Level::Ok);
        assert_eq!(course(Some(now), now).level, Level::Ok);
        assert_eq!(course(Some(now + TimeDelta::minutes(5)), now).level, Level::Fault);
    }
}
