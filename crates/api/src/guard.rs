//! The guard in a handler's signature: `Guard<need::OrderDispatch>` lets in who holds that permission, and nobody else.

use std::{cell::Cell, collections::BTreeSet, future, marker::PhantomData, pin::Pin, rc::Rc, task::Poll};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web::Data};
use sha2::{Digest, Sha256};
use wuye_domain::{
    access::{Actor, ActorKind, Needs, Permission, Scope},
    shared::{AccountId, EmployeeId, EstateId, Problem, ProblemCode, Text},
};
use wuye_persistence::{accounts, call, org};

use crate::{ApiError, App};

/// How tokens of the product begin, so that a leaked one is recognised by scanners.
pub const TOKEN_PREFIX: &str = "wuye_";

/// The caller, let in for permission `P`.
#[derive(Debug)]
pub struct Guard<P> {
    /// Who it is.
    pub actor: Actor,
    /// The rows that `P` opens.
    pub scope: Scope,
    pub(crate) epoch: Option<i32>,
    /// The session, for logins.
    pub session: Option<uuid::Uuid>,
    pending: bool,
    needs: PhantomData<P>,
}

impl<P: Needs> Guard<P> {
    /// The permission asked for.
    pub const PERMISSION: Permission = P::PERMISSION;

    /// The estate to act in: the one named, or the only one the actor works in.
    ///
    /// # Errors
    /// 404 for an estate outside the scope, `validation_failed` when it must be named.
    pub fn estate(&self, named: Option<EstateId>) -> Result<EstateId, Problem> {
        let estate = named
            .or_else(|| self.actor.home_estate())
            .ok_or_else(|| Problem::field("/estate_id", "required", Text::new("请指明小区", "name the estate")))?;
        let own = self
            .actor
            .posts
            .iter()
            .any(|held| held.estate.is_none_or(|of| of == estate) && held.reach(P::PERMISSION).is_some());
        if self.scope.touches(estate) || own {
            call::current(|call| call.concerns(estate.0));
            return Ok(estate);
        }
        Err(unknown_estate())
    }

    /// As [`Guard::estate`] where one was named; all that the scope opens where none was.
    ///
    /// # Errors
    /// As [`Guard::estate`].
    pub fn estate_if_named(&self, named: Option<EstateId>) -> Result<Option<EstateId>, Problem> {
        named.map(|estate| self.estate(Some(estate))).transpose()
    }

    /// Nothing is pending at this login: the first password is changed, and codes are set up where they are asked for.
    ///
    /// # Errors
    /// `password_change_required`: whoever came in on a first password makes no token that would outlast it.
    pub fn settled(&self) -> Result<(), Problem> {
        if self.pending { Err(pending()) } else { Ok(()) }
    }

    /// The person behind the request.
    ///
    /// # Errors
    /// `forbidden` for services and the installation's administrator, who are nobody's colleague.
    pub fn person(&self) -> Result<EmployeeId, Problem> {
        self.actor.employee.ok_or_else(|| {
            Problem::new(
                ProblemCode::Forbidden,
                Text::new(
                    "此操作须由在岗员工本人办理，接口账号和系统管理员不能代办。",
                    "A member of staff must do this; service accounts and the installation's administrator cannot.",
                ),
            )
        })
    }
}

/// The estate that was named is not there, or not for the caller to know of (422).
pub(crate) fn unknown_estate() -> Problem {
    Problem::field(
        "/estate_id",
        "unknown_reference",
        Text::new(
            "没有这个小区，或不在您的权限范围",
            "there is no such estate, or it is not in your scope",
        ),
    )
}

/// Who asks where there is no network between: put beside the routes by the console, never by a server.
#[derive(Clone, Debug)]
pub(crate) struct LocalCaller(pub(crate) Actor);

impl<P: Needs + 'static> FromRequest for Guard<P> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = request.app_data::<Data<App>>().cloned();
        let local = request.app_data::<LocalCaller>().cloned();
        let token = bearer(request);
        let gate = Gate::default();
        request.extensions_mut().insert(gate.clone());
        Box::pin(async move {
            let app = app.ok_or_else(|| wuye_persistence::Failure::internal("no application state"))?;
            let caller = match local {
                Some(LocalCaller(actor)) => Caller::local(actor),
                None => identify(&app, &token?).await?,
            };
            if caller.must_change_password && !matches!(P::PERMISSION, Permission::SelfRead | Permission::SelfManage) {
                return Err(pending().into());
            }
            call::current(|call| {
                call.by(
                    caller.actor.account.0,
                    caller.actor.home_estate().map(|estate| estate.0),
                )
            });
            let scope = caller.actor.scope(P::PERMISSION)?;
            gate.0.set(true);
            Ok(Self {
                actor: caller.actor,
                scope,
                epoch: caller.epoch,
                session: caller.session,
                pending: caller.must_change_password,
                needs: PhantomData,
            })
        })
    }
}

fn pending() -> Problem {
    Problem::new(
        ProblemCode::PasswordChangeRequired,
        Text::new(
            "请先修改初始密码；要求动态验证码的岗位还须先启用验证码，再继续操作。",
            "Change the initial password first, and set up one-time codes where your post asks for them; then go on.",
        ),
    )
}

/// Keeps the other extractors of a handler waiting until its guard has let the caller in: who may not come in learns
/// nothing about the request's faults, and an anonymous body is not even read. All extractors are polled together, the
/// guard first, so the gate needs no waker.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gate(Rc<Cell<bool>>);

impl Gate {
    /// The gate of this request; open where the handler has no guard.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        request
            .extensions()
            .get::<Self>()
            .cloned()
            .unwrap_or_else(|| Self(Rc::new(Cell::new(true))))
    }

    /// Waits for the guard.
    pub(crate) async fn passed(&self) {
        future::poll_fn(|_| if self.0.get() { Poll::Ready(()) } else { Poll::Pending }).await;
    }
}

struct Caller {
    actor: Actor,
    epoch: Option<i32>,
    session: Option<uuid::Uuid>,
    must_change_password: bool,
}

impl Caller {
    const fn local(actor: Actor) -> Self {
        Self {
            actor,
            epoch: None,
            session: None,
            must_change_password: false,
        }
    }
}

fn bearer(request: &HttpRequest) -> Result<String, Problem> {
    request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer ")))
        .map(|token| token.trim().to_owned())
        .ok_or_else(|| {
            Problem::new(
                ProblemCode::Unauthenticated,
                Text::new(
                    "请先登录，并以 Authorization: Bearer 发送令牌。",
                    "Log in and send the token as Authorization: Bearer.",
                ),
            )
        })
}

async fn identify(app: &App, token: &str) -> Result<Caller, ApiError> {
    if token.starts_with(TOKEN_PREFIX) {
        by_token(app, token).await
    } else {
        by_login(app, token).await
    }
}

async fn by_login(app: &App, token: &str) -> Result<Caller, ApiError> {
    let now = app.now();
    let claims = app.shared.keys.read(token, now)?;
    let account = AccountId(claims.sub);
    let epoch = match app.shared.epochs.known(account, now) {
        Some(epoch) => epoch,
        None => app.shared.epochs.ask(&mut *app.conn().await?, account).await?,
    };
    if epoch != claims.epoch {
        return Err(stale().into());
    }
    let (session, must_change_password) = (Some(claims.sid), claims.pwd);
    Ok(Caller {
        epoch: Some(claims.epoch),
        session,
        must_change_password,
        actor: claims.into(),
    })
}

/// 401: the rights behind a token have changed.
pub(crate) fn stale() -> Problem {
    Problem::new(
        ProblemCode::TokenStale,
        Text::new(
            "您的岗位或权限已变动，请刷新登录后继续。",
            "Your posts or rights have changed: refresh the token and go on.",
        ),
    )
}

/// Rights behind a personal or service token are resolved at each request.
async fn by_token(app: &App, token: &str) -> Result<Caller, ApiError> {
    let now = app.now();
    let mut conn = app.conn().await?;
    let found = accounts::token_by_hash(&mut conn, &Sha256::digest(token), now).await?;
    let Some((token, account)) = found else {
        return Err(Problem::new(
            ProblemCode::Unauthenticated,
            Text::new(
                "令牌无效、已过期或已撤销。",
                "The token is not valid, has expired or was revoked.",
            ),
        )
        .into());
    };
    accounts::touch_token(&mut conn, &token, now).await?;
    let scopes = permissions(&token.permissions);
    let (kind, posts) = match account.employee_id {
        Some(employee) => (
            ActorKind::PersonalToken(scopes),
            org::holding(&mut conn, employee.into(), now).await?.posts,
        ),
        None if account.is_administrator => (ActorKind::AdministratorToken(scopes), Vec::new()),
        None => {
            let held = permissions(&account.permissions);
            let kind = ActorKind::Service {
                permissions: scopes.intersection(&held).copied().collect(),
                estates: account.estates.iter().flatten().copied().map(Into::into).collect(),
            };
            (kind, Vec::new())
        }
    };
    Ok(Caller {
        actor: Actor {
            account: AccountId(account.id),
            employee: account.employee_id.map(Into::into),
            kind,
            posts,
        },
        epoch: None,
        session: None,
        must_change_password: false,
    })
}

fn permissions(codes: &[Option<String>]) -> BTreeSet<Permission> {
    codes.iter().flatten().filter_map(|code| code.parse().ok()).collect()
}
