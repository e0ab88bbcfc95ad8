//! Access tokens: who one is and which posts one holds along the reporting line, for ten minutes at most.

use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, ActorKind, HeldPost, PostCode},
    shared::{AccountId, Problem, ProblemCode, Text},
};
use wuye_persistence::{Failure, accounts::Account, org::Holding};

/// Longest life of an access token.
const LIFE: Duration = Duration::minutes(10);
/// A token from further ahead than this was issued by a clock that has been set back since: it would live for too long.
const AHEAD: Duration = Duration::minutes(5);
const ISSUER: &str = "wuye";

/// One post in the claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostClaim {
    /// The assignment.
    pub asg: Uuid,
    /// Post code.
    pub post: PostCode,
    /// Estate; absent for company-wide posts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Uuid>,
    /// Squad.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub squad: Option<Uuid>,
    /// Area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Uuid>,
    /// For whom one acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting_for: Option<Uuid>,
    /// Until when one acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// Rights that acting does not carry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<wuye_domain::access::Permission>,
    /// Posts below on the line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub below: Vec<PostCode>,
    /// Posts above on the line, superior first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub above: Vec<PostCode>,
}

/// The claims of an access token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Issuer.
    pub iss: String,
    /// Account.
    pub sub: Uuid,
    /// Employee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emp: Option<Uuid>,
    /// Posts held now.
    pub pos: Vec<PostClaim>,
    /// Post codes from the own posts up to the top.
    pub line: Vec<PostCode>,
    /// Rights epoch of the account.
    pub epoch: i32,
    /// Session.
    pub sid: Uuid,
    /// Administrator of the installation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub adm: bool,
    /// The initial password is still to be changed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pwd: bool,
    /// Issued at, seconds.
    pub iat: i64,
    /// Expires at, seconds.
    pub exp: i64,
}

impl Claims {
    /// Of `account` with what it holds: until its life ends, or what it holds changes.
    #[must_use]
    pub fn of(account: &Account, holding: &Holding, session: Uuid, now: DateTime<Utc>) -> Self {
        let exp = holding.next_change.map_or(now + LIFE, |change| change.min(now + LIFE));
        let mut line: Vec<PostCode> = Vec::new();
        for held in &holding.posts {
            for post in std::iter::once(&held.post).chain(&held.above) {
                if !line.contains(post) {
                    line.push(*post);
                }
            }
        }
        Self {
            iss: ISSUER.to_owned(),
            sub: account.id,
            emp: account.employee_id,
            pos: holding.posts.iter().map(PostClaim::from).collect(),
            line,
            epoch: account.epoch,
            sid: session,
            adm: account.is_administrator,
            pwd: account.must_change_password,
            iat: now.timestamp(),
            exp: exp.timestamp(),
        }
    }
}

/// Signs and checks access tokens with the key that the servers share.
#[derive(Clone)]
pub struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl Keys {
    /// From the shared secret.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
        }
    }

    /// The token with these claims.
    ///
    /// # Errors
    /// `Internal` when signing fails.
    pub fn sign(&self, claims: &Claims) -> Result<String, Failure> {
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &self.encoding).map_err(Failure::internal)
    }

    /// Reads a token: signature, algorithm, issuer, then life by the product's clock.
    ///
    /// # Errors
    /// `unauthenticated` or `token_expired`.
    pub fn read(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, Problem> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        // The library would ask the system's clock.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation)
            .map_err(|_| {
                Problem::new(
                    ProblemCode::Unauthenticated,
                    Text::new(
                        "访问令牌无效。请重新登录。",
                        "The access token is not valid. Log in again.",
                    ),
                )
            })?
            .claims;
        if claims.exp <= now.timestamp() || claims.iat > (now + AHEAD).timestamp() {
            return Err(Problem::new(
                ProblemCode::TokenExpired,
                Text::new(
                    "访问令牌已过期，请用刷新令牌换取新的。",
                    "The access token has expired: refresh it.",
                ),
            ));
        }
        Ok(claims)
    }
}

impl From<&HeldPost> for PostClaim {
    fn from(held: &HeldPost) -> Self {
        Self {
            asg: held.assignment.0,
            post: held.post,
            estate: held.estate.map(|id| id.0),
            squad: held.squad.map(|id| id.0),
            area: held.area.map(|id| id.0),
            acting_for: held.acting_for.map(|id| id.0),
            until: held.until,
            without: held.excluded.clone(),
            below: held.below.clone(),
            above: held.above.clone(),
        }
    }
}

impl From<Claims> for Actor {
    fn from(claims: Claims) -> Self {
        Self {
            account: AccountId(claims.sub),
            employee: claims.emp.map(Into::into),
            kind: if claims.adm {
                ActorKind::Administrator
            } else {
                ActorKind::Person
            },
            posts: claims
                .pos
                .into_iter()
                .map(|post| HeldPost {
                    assignment: post.asg.into(),
                    post: post.post,
                    estate: post.estate.map(Into::into),
                    squad: post.squad.map(Into::into),
                    area: post.area.map(Into::into),
                    acting_for: post.acting_for.map(Into::into),
                    until: post.until,
                    excluded: post.without,
                    below: post.below,
                    above: post.above,
                })
                .collect(),
        }
    }
}
