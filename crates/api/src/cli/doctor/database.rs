//! The database: what server it is, whether it fits this program, and whether it has room for its servers.

use wuye_domain::text;
use wuye_embedded_postgres::MINIMUM_MAJOR;
use wuye_persistence::{
    Conn, Failure,
    condition::{self, Server},
    db, migrations,
};

use super::{Finding, clock, content, unreachable};
use crate::{config::Config, server};

pub(super) async fn examine(config: &Config, url: &str) -> Vec<Finding> {
    let mut conn = match db::establish(url.to_owned()).await {
        Ok(conn) => conn,
        Err(error) => return vec![unreachable(&error)],
    };
    let mut findings = Vec::new();
    if let Err(failure) = look(config, &mut conn, &mut findings).await {
        findings.push(Finding::fault(
            "database.readable",
            text!("数据库读取失败：{failure}", "the database could not be read: {failure}"),
            text!(
                "请核对数据库用户的权限；如仍失败，请从备份恢复。",
                "Check the rights of the database's role; if it stays so, restore the backup."
            ),
        ));
    }
    findings
}

async fn look(config: &Config, conn: &mut Conn, findings: &mut Vec<Finding>) -> Result<(), Failure> {
    let server = condition::server(conn).await?;
    findings.push(version(&server));
    findings.extend(kind(&server));
    findings.push(room(config, &server));
    let standing = migrations::standing(conn).await?;
    let fits = standing.pending.is_empty() && standing.unknown.is_empty();
    findings.push(schema(&standing));
    // What follows reads tables of this version.
    if fits {
        findings.extend(clock::examine(conn).await?);
        findings.extend(content::examine(conn).await?);
    }
    Ok(())
}

fn version(server: &Server) -> Finding {
    const CHECK: &str = "database.version";
    let version = &server.version;
    if server.version_number / 10_000 >= i32::try_from(MINIMUM_MAJOR).unwrap_or(i32::MAX) {
        return Finding::ok(CHECK, text!("PostgreSQL {version}", "PostgreSQL {version}"));
    }
    Finding::fault(
        CHECK,
        text!(
            "PostgreSQL {version} 过旧，须 {MINIMUM_MAJOR} 或更新",
            "PostgreSQL {version} is too old: {MINIMUM_MAJOR} or newer is needed"
        ),
        text!(
            "请在新版本上建空库，用 wuye backup 与 wuye restore 搬迁。",
            "Make an empty database on a newer one and move by wuye backup and wuye restore."
        ),
    )
}

/// What a database must be for its data to be safe and its texts to sort.
fn kind(server: &Server) -> Vec<Finding> {
    let mut findings = Vec::new();
    if server.standby {
        findings.push(Finding::fault(
            "database.primary",
            text!("这是只读的备用数据库", "this is a standby, which takes no writes"),
            text!("请把 DATABASE_URL 指向主库。", "Point DATABASE_URL to the primary."),
        ));
    }
    if !server.durable {
        findings.push(Finding::fault(
            "database.durable",
            text!(
                "fsync 或 full_page_writes 已关闭：断电会丢失已确认的数据",
                "fsync or full_page_writes is off: a power cut loses what was acknowledged"
            ),
            text!(
                "请在 PostgreSQL 设置中打开两者。",
                "Switch both on in PostgreSQL's settings."
            ),
        ));
    }
    let (encoding, collation) = (&server.encoding, &server.collation);
    let plain = ["C", "C.UTF-8", "C.UTF8"];
    findings.push(if encoding == "UTF8" && plain.contains(&collation.as_str()) {
        Finding::ok("database.encoding", text!("{encoding}，{collation}", "{encoding}, {collation}"))
    } else {
        Finding::fault(
            "database.encoding",
            text!(
                "编码 {encoding}、排序 {collation} 不合要求",
                "encoding {encoding} with locale {collation} will not do"
            ),
            text!(
                "请以 ENCODING 'UTF8' LOCALE 'C.UTF-8' 新建数据库，再恢复备份：页面的先后依赖它。",
                "Make a database with ENCODING 'UTF8' LOCALE 'C.UTF-8' and restore the backup into it: the order of pages rests on it."
            ),
        )
    });
    findings
}

/// Whether every connection that a server may open can be had.
fn room(config: &Config, server: &Server) -> Finding {
    const CHECK: &str = "database.connections";
    let wanted = i64::try_from(server::most_connections(config)).unwrap_or(i64::MAX);
    let (places, taken) = (i64::from(server.places), server.taken);
    let servers = places / wanted;
    let says = text!(
        "每台服务器最多用 {wanted} 个连接，数据库允许 {places} 个（现用 {taken} 个），够 {servers} 台服务器",
        "a server opens up to {wanted} connections, the database admits {places} ({taken} in use): enough for {servers} servers"
    );
    let advice = || {
        text!(
            "请提高 PostgreSQL 的 max_connections，或降低 --connections、--workers。",
            "Raise PostgreSQL's max_connections, or lower --connections or --workers."
        )
    };
    if servers == 0 {
        Finding::fault(CHECK, says, advice())
    } else if taken * 10 > places * 9 {
        Finding::warning(CHECK, says, advice())
    } else {
        Finding::ok(CHECK, says)
    }
}

fn schema(standing: &migrations::Standing) -> Finding {
    const CHECK: &str = "database.schema";
    let (pending, unknown) = (standing.pending.len(), standing.unknown.join(", "));
    if !unknown.is_empty() {
        return Finding::fault(
            CHECK,
            text!(
                "数据库由更新的版本升级过：{unknown}",
                "a newer version of the product has changed this database: {unknown}"
            ),
            text!(
                "请使用该版本的程序，或把升级前的备份恢复到空库。",
                "Use that version, or restore the backup from before it into an empty database."
            ),
        );
    }
    if pending > 0 {
        return Finding::fault(
            CHECK,
            text!(
                "数据库缺少 {pending} 项升级",
                "{pending} migrations are missing in the database"
            ),
            text!(
                "请先备份，再运行 wuye migrate（wuye serve 启动时也会执行）。",
                "Make a backup, then run wuye migrate; wuye serve does it as well."
            ),
        );
    }
    Finding::ok(CHECK, text!("数据库结构是最新的", "the schema is this version's"))
}

#[cfg(test)]
mod tests {
    use super::{super::Level, *};

    fn sound() -> Server {
        Server {
            version_number: 150_004,
            version: "15.4".to_owned(),
            encoding: "UTF8".to_owned(),
            collation: "C.UTF-8".to_owned(),
            places: 97,
            taken: 5,
            standby: false,
            durable: true,
        }
    }

    fn worst(findings: &[Finding]) -> Option<Level> {
        findings.iter().map(|finding| finding.level).max()
    }

    #[test]
    fn a_server_is_judged_by_what_it_says_of_itself() {
        assert_eq!(version(&sound()).level, Level::Ok);
        assert_eq!(worst(&kind(&sound())), Some(Level::Ok));
        type Change = fn(&mut Server);
        let broken: [Change; 4] = [
            |server| server.standby = true,
            |server| server.durable = false,
            |server| server.encoding = "SQL_ASCII".to_owned(),
            |server| server.collation = "zh_CN.UTF-8".to_owned(),
        ];
        for change in broken {
            let mut server = sound();
            change(&mut server);
            assert_eq!(worst(&kind(&server)), Some(Level::Fault), "{server:?}");
        }
        let old = Server {
            version_number: 140_011,
            ..sound()
        };
        assert_eq!(version(&old).level, Level::Fault);
    }

    #[test]
    fn connections_are_counted_for_whole_servers() {
        let config = Config {
            workers: 2,
            connections: 8,
            ..Config::default()
        };
        for (places, taken, level) in [(97, 5, Level::Ok), (10, 1, Level::Fault), (97, 95, Level::Warning)] {
            let server = Server {
                places,
                taken,
                ..sound()
            };
            assert_eq!(room(&config, &server).level, level, "{places} {taken}");
        }
    }

    #[test]
    fn a_schema_of_another_version_is_a_fault_in_both_directions() {
        let of = |pending: &[&str], unknown: &[&str]| migrations::Standing {
            pending: pending.iter().map(ToString::to_string).collect(),
            unknown: unknown.iter().map(ToString::to_string).collect(),
        };
        assert_eq!(schema(&of(&[], &[])).level, Level::Ok);
        assert_eq!(schema(&of(&["2026"], &[])).level, Level::Fault);
        assert_eq!(schema(&of(&[], &["2027"])).level, Level::Fault);
    }
}
