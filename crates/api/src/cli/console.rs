//! The API without a network: what is typed at the console goes through the same routes, guards and rules as a request from
//! outside, and leaves the same trail.

use std::{
    fmt,
    future::{Future, poll_fn},
    io::Write,
    pin::{Pin, pin},
};

use actix_web::{
    HttpResponse,
    body::{BoxBody, MessageBody, to_bytes},
    dev::{Payload, Service, ServiceResponse},
    http::{Method, StatusCode, header},
    test::{TestRequest, init_service},
};
use clap::{Args, ValueEnum};
use serde_json::Value;
use wuye_domain::{
    access::{Actor, ActorKind},
    shared::AccountId,
};
use wuye_persistence::{accounts, db, estates, estates::Estate, org};

use super::{database::Database, serve::prepare_database};
use crate::{App, Language, clock::Clock, config::Config, guard::LocalCaller, jobs, server};

type Fault = Box<dyn std::error::Error>;

/// Who types, and how they are answered.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct Typist {
    /// Act as this login: with its rights, and its name on the trail. Without it the console acts as the system itself.
    #[arg(long = "as", value_name = "LOGIN", global = true)]
    login: Option<String>,

    #[command(flatten)]
    speech: Speech,
}

/// In which language a command answers.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct Speech {
    /// Language of answers, headings and errors; by the locale when left out.
    #[arg(long, value_enum, global = true)]
    language: Option<Spoken>,
}

/// The languages of the product.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Spoken {
    /// 简体中文
    Zh,
    /// English
    En,
}

impl Speech {
    pub(super) fn language(&self) -> Language {
        match self.language {
            Some(Spoken::Zh) => Language::Zh,
            Some(Spoken::En) => Language::En,
            None => {
                let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
                    .iter()
                    .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
                if locale.is_some_and(|locale| locale.starts_with("zh")) {
                    Language::Zh
                } else {
                    Language::En
                }
            }
        }
    }
}

/// What the API refused: its problem document.
#[derive(Debug)]
pub(super) struct Refused(Value);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        write!(f, "{}: {}", text(&self.0["title"]), text(&self.0["detail"]))?;
        for field in self.0["errors"].as_array().into_iter().flatten() {
            write!(f, "\n  {}: {}", text(&field["pointer"]), text(&field["message"]))?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}

type Answering = Pin<Box<dyn Future<Output = HttpResponse<BoxBody>>>>;

/// The product, open for one command.
pub(super) struct Console {
    pub(super) app: App,
    /// What was typed, by whom.
    pub(super) actor: Actor,
    pub(super) language: Language,
    ask: Box<dyn Fn(TestRequest, Option<Payload>) -> Answering>,
}

/// Opens the product of these settings, does `work` and closes it again. Like a server it first brings the database up to date.
pub(super) fn at<T>(
    config: Config,
    typist: &Typist,
    work: impl AsyncFnOnce(&Console) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let database = Database::open(&config)?;
    let outcome = actix_web::rt::System::new().block_on(async {
        let console = Console::open(config, &database.url, typist).await?;
        work(&console).await
    });
    database.close()?;
    outcome
}

impl Console {
    async fn open(config: Config, url: &str, typist: &Typist) -> Result<Self, Fault> {
        let clock = Clock::default();
        prepare_database(url, &clock).await?;
        let app = App::new(server::prepare(config, url.to_owned(), clock).await?, 4)?;
        let actor = match &typist.login {
            Some(login) => person(&app, login).await?,
            None => jobs::system(),
        };
        let routes = server::application(app.clone());
        // The framework's own way to call routes without a socket; its name comes from what it is mostly used for.
        let service = std::rc::Rc::new(init_service(routes.app_data(LocalCaller(actor.clone()))).await);
        let ask = move |request: TestRequest, body: Option<Payload>| -> Answering {
            let service = service.clone();
            let mut request = request.to_request();
            if let Some(body) = body {
                request = request.replace_payload(body).0;
            }
            Box::pin(async move {
                match service.call(request).await {
                    Ok(answer) => ServiceResponse::into_parts(answer).1.map_into_boxed_body(),
                    Err(error) => error.error_response(),
                }
            })
        };
        Ok(Self {
            app,
            actor,
            language: typist.speech.language(),
            ask: Box::new(ask),
        })
    }

    /// Sends a request under `/api/v1` and gives the answer as it comes.
    ///
    /// # Errors
    /// What the API refused.
    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Option<Payload>,
    ) -> Result<HttpResponse<BoxBody>, Fault> {
        let mut request = TestRequest::with_uri(&format!("/api/v1{path}"))
            .method(method)
            .insert_header((header::ACCEPT_LANGUAGE, self.language.tag()));
        if let Some(kind) = content_type {
            request = request.insert_header((header::CONTENT_TYPE, kind));
        }
        let answer = (self.ask)(request, body).await;
        if answer.status().is_success() {
            return Ok(answer);
        }
        let status = answer.status();
        let document = json(answer).await.unwrap_or_default();
        Err(match document {
            Value::Object(_) => Refused(document).into(),
            _ => format!("answered with {status}").into(),
        })
    }

    /// Reads JSON.
    ///
    /// # Errors
    /// As [`Console::send`].
    pub(super) async fn get(&self, path: &str) -> Result<Value, Fault> {
        json(self.send(Method::GET, path, None, None).await?).await
    }

    /// Sends JSON.
    ///
    /// # Errors
    /// As [`Console::send`].
    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        let bytes = bytes::Bytes::from(serde_json::to_vec(body)?);
        let answer = self
            .send(Method::POST, path, Some("application/json"), Some(Payload::from(bytes)))
            .await?;
        match answer.status() {
            StatusCode::NO_CONTENT => Ok(Value::Null),
            _ => json(answer).await,
        }
    }

    /// Writes an answer to `target`, piece by piece; gives the number of bytes.
    ///
    /// # Errors
    /// As [`Console::send`]; an answer that breaks off.
    pub(super) async fn download(&self, path: &str, target: &mut dyn Write) -> Result<u64, Fault> {
        let answer = self.send(Method::GET, path, None, None).await?;
        let mut body = pin!(answer.into_body());
        let mut size = 0;
        while let Some(piece) = poll_fn(|cx| body.as_mut().poll_next(cx)).await {
            let piece = piece.map_err(|error| error.to_string())?;
            target.write_all(&piece)?;
            size += piece.len() as u64;
        }
        Ok(size)
    }

    /// The items of all pages of a list.
    ///
    /// # Errors
    /// As [`Console::send`].
    pub(super) async fn all(&self, path: &str, query: &[(&str, &str)]) -> Result<Vec<Value>, Fault> {
        let (mut items, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let mut query = query.to_vec();
            query.push(("limit", "200"));
            query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
            let mut page = self
                .get(&format!("{path}?{}", serde_urlencoded::to_string(query)?))
                .await?;
            if let Value::Array(rows) = page["items"].take() {
                items.extend(rows);
            }
            cursor = page["next_cursor"].as_str().map(ToOwned::to_owned);
            if cursor.is_none() {
                return Ok(items);
            }
        }
    }

    /// The estate of this code, or the only one.
    ///
    /// # Errors
    /// There is none, or several to choose from; the codes are named.
    pub(super) async fn estate(&self, code: Option<&str>) -> Result<Estate, Fault> {
        let mut all = estates::all(&mut *self.app.conn().await?).await?;
        let known = all.iter().map(|estate| format!("{} {}", estate.code, estate.name));
        let known = known.collect::<Vec<_>>().join(", ");
        match code {
            Some(code) => all.retain(|estate| estate.code.eq_ignore_ascii_case(code)),
            None if all.len() > 1 => {
                return Err(format!("name the estate by --estate; there are: {known}").into());
            }
            None => {}
        }
        all.pop().ok_or_else(|| match (code, known.is_empty()) {
            (_, true) => "there is no estate yet: set the product up first (wuye user create-admin)".into(),
            (code, false) => format!("there is no estate “{}”; there are: {known}", code.unwrap_or_default()).into(),
        })
    }

    /// Some estate, for what concerns the whole company but is kept by estate.
    ///
    /// # Errors
    /// There is none.
    pub(super) async fn any_estate(&self) -> Result<uuid::Uuid, Fault> {
        let all = estates::all(&mut *self.app.conn().await?).await?;
        let first = all.first().ok_or("there is no estate yet")?;
        Ok(first.id)
    }

    /// A connection for what has no route.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub(super) async fn conn(&self) -> Result<db::Pooled, Fault> {
        Ok(self.app.conn().await?)
    }
}

/// The person behind a login, with the posts held now.
async fn person(app: &App, login: &str) -> Result<Actor, Fault> {
    let mut conn = app.conn().await?;
    let account = accounts::find_by_username(&mut conn, &login.to_lowercase())
        .await?
        .filter(|account| account.state == "active" && account.kind == "person")
        .ok_or_else(|| format!("there is no active login “{login}”"))?;
    let employee = account.employee_id.map(Into::into);
    Ok(Actor {
        account: AccountId(account.id),
        employee,
        kind: if account.is_administrator {
            ActorKind::Administrator
        } else {
            ActorKind::Person
        },
        posts: match employee {
            Some(employee) => org::holding(&mut conn, employee, app.now()).await?.posts,
            None => Vec::new(),
        },
    })
}

async fn json(answer: HttpResponse<BoxBody>) -> Result<Value, Fault> {
    let bytes = to_bytes(answer.into_body()).await.map_err(|error| error.to_string())?;
    Ok(serde_json::from_slice(&bytes)?)
}
