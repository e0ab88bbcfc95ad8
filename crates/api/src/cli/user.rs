//! `wuye user`: logins from the console: the first one, and for the day nobody can log in.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::console::{Console, Typist, at};
use crate::{access, config::Config};

type Fault = Box<dyn std::error::Error>;

/// What to do, and who types.
#[derive(Debug, Args)]
#[group(skip)]
pub struct User {
    #[command(subcommand)]
    action: Action,

    #[command(flatten)]
    typist: Typist,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Action {
    /// Set the product up without a browser: the installation's administrator and the first estate. Works once.
    CreateAdmin {
        /// Login name.
        username: String,
        /// Name of the first estate.
        #[arg(long, value_name = "NAME")]
        estate: String,
        /// File with the password in its first line, - for standard input; a random one is made and printed when left out.
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    /// List the logins of people and services.
    List {
        /// Only those whose login or name holds this text.
        text: Option<String>,
    },
    /// Give a login a new first password, printed once. It ends all sessions, switches one-time codes off and must be changed
    /// at the next login.
    ResetPassword {
        /// Login name.
        username: String,
        /// Why, for the trail.
        #[arg(long, default_value = "at the console")]
        reason: String,
    },
    /// Close a login, of a person or a service. Its sessions and tokens end at once.
    Disable {
        /// Login name.
        username: String,
        /// Why, for the trail.
        #[arg(long)]
        reason: String,
    },
    /// Open a closed login of a person again, with a new first password, printed once.
    Enable {
        /// Login name.
        username: String,
        /// Why, for the trail.
        #[arg(long)]
        reason: String,
    },
    /// Give another program a token, printed once. The service account is made when there is none of this name.
    #[command(after_help = "Permissions are the codes in docs/authorization.md.\n\nExample:\n  \
        wuye user service-token svc-report --permission case.read,repair.read --days 365 --reason \"monthly figures\"")]
    ServiceToken {
        /// Name of the service account.
        username: String,
        /// What the token may do, with commas between.
        #[arg(long = "permission", required = true, value_delimiter = ',', value_name = "CODE")]
        permissions: Vec<String>,
        /// The estate it may work in, by its code; needed where there are several.
        #[arg(long, value_name = "CODE")]
        estate: Option<String>,
        /// How long it is valid, at most 366 days.
        #[arg(long, default_value_t = 90)]
        days: i64,
        /// What it is for.
        #[arg(long)]
        reason: String,
    },
}

/// Runs it.
///
/// # Errors
/// What the API refused.
pub fn run(config: Config, user: &User) -> Result<(), Fault> {
    at(config, &user.typist, async |console| match &user.action {
        Action::CreateAdmin {
            username,
            estate,
            password_file,
        } => create_admin(console, username, estate, password_file.as_ref()).await,
        Action::List { text } => list(console, text.as_deref().unwrap_or_default()).await,
        Action::ResetPassword { username, reason } => reset_password(console, username, reason).await,
        Action::Disable { username, reason } => disable(console, username, reason).await,
        Action::Enable { username, reason } => enable(console, username, reason).await,
        Action::ServiceToken {
            username,
            permissions,
            estate,
            days,
            reason,
        } => {
            let estate = console.estate(estate.as_deref()).await?.id;
            let service = match find(console, "/services", username).await? {
                Some(service) => service,
                None => {
                    let new = json!({
                        "username": username, "display_name": username, "permissions": permissions,
                        "estates": [estate], "reason": reason,
                    });
                    console.post("/services", &new).await?
                }
            };
            let new = json!({ "name": reason, "permissions": permissions, "days": days });
            let issued = console
                .post(&format!("/services/{}/tokens", id(&service)), &new)
                .await?;
            let text = |name: &str| issued[name].as_str().unwrap_or_default().to_owned();
            eprintln!("{username}: valid until {}; it is shown this once", text("expires_at"));
            println!("{}", text("token"));
            Ok(())
        }
    })
}

async fn create_admin(
    console: &Console,
    username: &str,
    estate: &str,
    password_file: Option<&PathBuf>,
) -> Result<(), Fault> {
    if console.get("/auth/setup").await?["needed"] != true {
        return Err("the product is set up already; for a forgotten password: wuye user reset-password LOGIN".into());
    }
    let (password, made) = match password_file {
        Some(path) => (first_line(path)?, false),
        None => (access::first_password()?, true),
    };
    let code = access::new_setup_code(&mut *console.conn().await?, console.app.now()).await?;
    let body = json!({ "code": code, "username": username, "password": password, "estate_name": estate });
    console.post("/auth/setup", &body).await?;
    if made {
        println!("{username}: {password}");
    } else {
        println!("{username}: made");
    }
    Ok(())
}

fn first_line(path: &PathBuf) -> Result<String, Fault> {
    let text = if path.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin())?
    } else {
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?
    };
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

async fn list(console: &Console, text: &str) -> Result<(), Fault> {
    let filter: Vec<(&str, &str)> = if text.is_empty() { Vec::new() } else { vec![("q", text)] };
    println!(
        "{:<20} {:<9} {:<22} {:<18} name",
        "login", "state", "last login (UTC)", "posts"
    );
    for (path, what) in [("/accounts", None), ("/services", Some("service"))] {
        for account in console.all(path, &filter).await? {
            let field = |name: &str| account[name].as_str().unwrap_or_default().to_owned();
            let posts: Vec<&str> = account["posts"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let last: String = field("last_login_at").chars().take(19).collect();
            println!(
                "{:<20} {:<9} {last:<22} {:<18} {}",
                field("username"),
                field("state"),
                what.map_or_else(|| posts.join(","), ToOwned::to_owned),
                field("display_name")
            );
        }
    }
    Ok(())
}

async fn reset_password(console: &Console, username: &str, reason: &str) -> Result<(), Fault> {
    let account = person(console, username).await?;
    let path = format!("/accounts/{}/reset-password", id(&account));
    let answer = console.post(&path, &json!({ "reason": reason })).await?;
    println!("{username}: {}", answer["password"].as_str().unwrap_or_default());
    Ok(())
}

async fn disable(console: &Console, username: &str, reason: &str) -> Result<(), Fault> {
    if let Some(service) = find(console, "/services", username).await? {
        let path = format!("/services/{}/disable", id(&service));
        console.post(&path, &json!({ "reason": reason })).await?;
    } else {
        decide(console, username, "disable", reason).await?;
    }
    println!("{username}: closed");
    Ok(())
}

async fn enable(console: &Console, username: &str, reason: &str) -> Result<(), Fault> {
    let granted = decide(console, username, "enable", reason).await?;
    println!("{username}: {}", granted["first_password"].as_str().unwrap_or_default());
    Ok(())
}

/// Asks and grants in one: the console stands in for both people, and both lines are on the trail.
async fn decide(console: &Console, username: &str, kind: &str, reason: &str) -> Result<Value, Fault> {
    let account = person(console, username).await?;
    if account["employee_id"].is_null() {
        return Err(
            format!("“{username}” is the administrator of the installation: the last way in stays open").into(),
        );
    }
    let body = json!({
        "estate_id": console.any_estate().await?, "employee_id": account["employee_id"], "kind": kind, "reason": reason,
    });
    let request = console.post("/account-requests", &body).await?;
    console
        .post(&format!("/account-requests/{}/grant", id(&request)), &json!({}))
        .await
}

async fn person(console: &Console, username: &str) -> Result<Value, Fault> {
    let found = find(console, "/accounts", username).await?;
    found.ok_or_else(|| format!("there is no account “{username}”").into())
}

/// The account of exactly this login.
async fn find(console: &Console, path: &str, username: &str) -> Result<Option<Value>, Fault> {
    let found = console.all(path, &[("q", username)]).await?;
    Ok(found.into_iter().find(|account| {
        account["username"]
            .as_str()
            .is_some_and(|name| name.eq_ignore_ascii_case(username))
    }))
}

fn id(record: &Value) -> &str {
    record["id"].as_str().unwrap_or_default()
}
