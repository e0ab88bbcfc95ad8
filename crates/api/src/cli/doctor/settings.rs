//! The settings of the server, and what they mean together.

use std::net::IpAddr;

use tokio_postgres::config::{Host, SslMode};
use wuye_domain::text;

use super::Finding;
use crate::{
    cli::settings_file::{self, SettingsFile},
    config::Config,
};

pub(super) fn examine(config: &Config, file: &SettingsFile) -> Vec<Finding> {
    let mut findings = names(file);
    findings.push(address(config));
    findings.push(cookies(config));
    findings.extend(proxies(config));
    findings.extend(database(config));
    findings
}

/// Whether what goes to the database and back can be read on the way.
fn database(config: &Config) -> Option<Finding> {
    const CHECK: &str = "settings.database_url";
    let advice = || {
        text!(
            "请写成 postgres://用户:口令@主机/数据库?sslmode=require（docs/operations.md）；本机容器之间的网络可不加密。",
            "Write postgres://user:password@host/database?sslmode=require (docs/operations.md); between containers of one machine it may stay."
        )
    };
    match in_the_open(config.database_url.as_deref()?) {
        Ok(false) => None,
        Ok(true) => Some(Finding::warning(
            CHECK,
            text!(
                "与数据库之间的连接未加密",
                "what goes to the database and back is not encrypted"
            ),
            advice(),
        )),
        // The cause may hold the password.
        Err(_) => Some(Finding::fault(
            CHECK,
            text!("数据库地址无法识别", "the address of the database cannot be read"),
            advice(),
        )),
    }
}

/// Settings that nothing reads: somebody meant something by them.
fn names(file: &SettingsFile) -> Vec<Finding> {
    let of_environment = std::env::vars_os()
        .map(|(name, _)| name.to_string_lossy().into_owned())
        .filter(|name| name.starts_with("WUYE_") && !file.sets(name));
    let mut findings = Vec::new();
    if let Some(unknown) = file.unknown_keys() {
        findings.push(Finding::fault(
            "settings.file",
            text!(
                "配置文件中有无法识别的项：{unknown}",
                "keys in the file of settings that nothing reads: {unknown}"
            ),
            text!(
                "请对照 docs/operations.md 改正拼写或删除。",
                "Correct or remove them; docs/operations.md lists the keys."
            ),
        ));
    }
    if let Some(unknown) = settings_file::unknown(of_environment) {
        findings.push(Finding::warning(
            "settings.environment",
            text!(
                "环境变量中有无法识别的项：{unknown}",
                "variables that nothing reads: {unknown}"
            ),
            text!(
                "请对照 docs/operations.md 改正拼写或删除。",
                "Correct or remove them; docs/operations.md lists the variables."
            ),
        ));
    }
    if findings.is_empty() {
        findings.push(Finding::ok(
            "settings.names",
            text!("设置项均可识别", "every setting is known"),
        ));
    }
    findings
}

/// The address that people use, and whether what they send is safe on the way.
fn address(config: &Config) -> Finding {
    const CHECK: &str = "settings.public_url";
    let listen = config.listen;
    let Some(url) = &config.public_url else {
        if config.is_loopback() {
            return Finding::ok(
                CHECK,
                text!("仅供本机使用（{listen}）", "for this machine only ({listen})"),
            );
        }
        return Finding::warning(
            CHECK,
            text!(
                "其他机器可访问 {listen}，但没有设置公开地址",
                "other machines reach {listen}, and there is no public address"
            ),
            text!(
                "请在前面放置带证书的代理，并设置 --public-url https://…；海报和链接使用这个地址。",
                "Put a proxy with a certificate in front and set --public-url https://…; posters and links use it."
            ),
        );
    };
    let advice = || {
        text!(
            "请写成 https://主机名[:端口]，不带路径。",
            "Write https://host[:port], without a path."
        )
    };
    let parsed: Option<actix_web::http::Uri> = url.parse().ok();
    let whole = parsed.as_ref().is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("https" | "http"))
            && uri.host().is_some()
            && matches!(uri.path(), "" | "/")
            && uri.query().is_none()
    });
    if !whole {
        return Finding::fault(
            CHECK,
            text!("公开地址“{url}”不是网址", "the public address “{url}” is no address"),
            advice(),
        );
    }
    if config.is_https() || parsed.is_some_and(|uri| is_here(uri.host().unwrap_or_default())) {
        return Finding::ok(CHECK, text!("公开地址 {url}", "people come by {url}"));
    }
    Finding::warning(
        CHECK,
        text!(
            "公开地址 {url} 未加密：手机上无法拍照和安装，口令明文传输",
            "{url} is not encrypted: phones offer no camera and no installing there, and passwords can be read on the way"
        ),
        advice(),
    )
}

fn is_here(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Whether browsers keep the login.
fn cookies(config: &Config) -> Finding {
    const CHECK: &str = "settings.cookies";
    let plain = config
        .public_url
        .as_deref()
        .is_none_or(|url| url.starts_with("http://"));
    if plain && !config.is_loopback() && !config.insecure_cookies {
        return Finding::fault(
            CHECK,
            text!(
                "登录凭据只通过 HTTPS 发送，而地址不是 HTTPS：每次刷新页面都要重新登录",
                "the login's cookie goes by HTTPS only, and the address is none: every reload asks for the password"
            ),
            text!(
                "请启用 HTTPS 并设置 --public-url；仅限封闭网络可用 --insecure-cookies。",
                "Use HTTPS and set --public-url; in a closed network --insecure-cookies will do."
            ),
        );
    }
    if config.insecure_cookies && config.is_https() {
        return Finding::warning(
            CHECK,
            text!(
                "--insecure-cookies 在 HTTPS 下不起作用",
                "--insecure-cookies does nothing behind HTTPS"
            ),
            text!("请去掉该设置。", "Take the setting away."),
        );
    }
    Finding::ok(CHECK, text!("登录凭据设置正确", "the login's cookie fits the address"))
}

/// Whether somebody on the way to this database could read along: it is on another machine, and TLS is not asked for.
fn in_the_open(url: &str) -> Result<bool, tokio_postgres::Error> {
    let config: tokio_postgres::Config = url.parse()?;
    let elsewhere = |host: &Host| matches!(host, Host::Tcp(name) if !is_here(name));
    Ok(config.get_ssl_mode() != SslMode::Require && config.get_hosts().iter().any(elsewhere))
}

/// Whether attempts are counted by the people's addresses, not by the proxy's.
fn proxies(config: &Config) -> Option<Finding> {
    const CHECK: &str = "settings.trusted_proxies";
    if !config.is_https() {
        return None;
    }
    if config.trusted_proxies.is_empty() {
        return Some(Finding::warning(
            CHECK,
            text!(
                "HTTPS 由代理提供，但没有设置可信代理：所有人算作同一来源，一人输错口令会限制全部",
                "HTTPS is the proxy's, and no proxy is trusted: everybody counts as one address, and one person's failed logins limit all"
            ),
            text!(
                "请用 --trusted-proxies 写明代理的地址。",
                "Name the proxy's address by --trusted-proxies."
            ),
        ));
    }
    let count = config.trusted_proxies.len();
    Some(Finding::ok(
        CHECK,
        text!("可信代理 {count} 个", "{count} trusted proxies"),
    ))
}

#[cfg(test)]
mod tests {
    use super::{super::Level, *};

    fn config(listen: &str, public_url: Option<&str>) -> Config {
        Config {
            listen: listen.parse().expect("an address"),
            public_url: public_url.map(ToOwned::to_owned),
            ..Config::default()
        }
    }

    #[test]
    fn an_address_is_judged_by_who_reaches_it_and_how() {
        for (listen, url, level) in [
            ("127.0.0.1:8080", None, Level::Ok),
            ("0.0.0.0:8080", None, Level::Warning),
            ("0.0.0.0:8080", Some("http://desk.example"), Level::Warning),
            ("127.0.0.1:8080", Some("http://localhost:8080"), Level::Ok),
            ("127.0.0.1:8080", Some("https://desk.example"), Level::Ok),
            ("127.0.0.1:8080", Some("https://desk.example/centre"), Level::Fault),
            ("127.0.0.1:8080", Some("desk.example"), Level::Fault),
        ] {
            assert_eq!(address(&config(listen, url)).level, level, "{listen} {url:?}");
        }
    }

    #[test]
    fn a_cookie_that_browsers_would_not_send_is_a_fault() {
        assert_eq!(cookies(&config("0.0.0.0:8080", None)).level, Level::Fault);
        assert_eq!(
            cookies(&config("0.0.0.0:8080", Some("https://desk.example"))).level,
            Level::Ok
        );
        let mut closed = config("0.0.0.0:8080", None);
        closed.insecure_cookies = true;
        assert_eq!(cookies(&closed).level, Level::Ok);
        closed.public_url = Some("https://desk.example".to_owned());
        assert_eq!(cookies(&closed).level, Level::Warning);
    }

    #[test]
    fn behind_https_a_proxy_has_to_be_named() {
        let mut behind = config("127.0.0.1:8080", Some("https://desk.example"));
        assert_eq!(proxies(&behind).map(|finding| finding.level), Some(Level::Warning));
        behind.trusted_proxies.push(IpAddr::from([127, 0, 0, 1]));
        assert_eq!(proxies(&behind).map(|finding| finding.level), Some(Level::Ok));
    }

    #[test]
    fn only_what_leaves_the_machine_without_tls_is_in_the_open() {
        for (url, open) in [
            ("postgres://wuye:secret@db.example.com/wuye", true),
            ("postgres://wuye@db1,db2/wuye?target_session_attrs=read-write", true),
            ("host=192.0.2.7 user=wuye sslmode=prefer", true),
            ("postgres://wuye@db.example.com/wuye?sslmode=require", false),
            ("postgres://wuye@127.0.0.1:5432/wuye", false),
            ("postgres://wuye@localhost/wuye", false),
            ("postgres://wuye@%2Frun%2Fpostgresql/wuye", false),
            ("host=/run/postgresql user=wuye", false),
        ] {
            assert_eq!(in_the_open(url).expect("an address"), open, "{url}");
        }
    }
}
