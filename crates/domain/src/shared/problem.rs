//! What went wrong, in the caller's words: what came in, why it cannot be, what to do.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

/// One text in both languages of the product; the caller's `Accept-Language` decides which one is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Chinese, the first language.
    pub zh: Cow<'static, str>,
    /// English, the second.
    pub en: Cow<'static, str>,
}

impl Text {
    /// A fixed text.
    #[must_use]
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self {
            zh: Cow::Borrowed(zh),
            en: Cow::Borrowed(en),
        }
    }

    /// A text with values in it.
    #[must_use]
    pub fn of(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }
}

/// A [`Text`] with inline values in both languages: `text!("第{row}行", "row {row}")`.
#[macro_export]
macro_rules! text {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::shared::Text::of(::std::format!($zh), ::std::format!($en))
    };
}

macro_rules! problem_codes {
    ($($(#[$meta:meta])* $variant:ident = $code:literal, $status:literal, $zh:literal, $en:literal;)+) => {
        $crate::code_enum! {
            /// The one table of problem codes: it gives status and title, and docs/errors.md is generated from it.
            pub enum ProblemCode {
                $(#[doc = $en] $variant = $code),+
            }
        }

        impl ProblemCode {
            /// The HTTP status this code is answered with.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }

            /// The short title, the same for every problem of this code.
            #[must_use]
            pub const fn title(self) -> Text {
                match self { $(Self::$variant => Text::new($zh, $en)),+ }
            }
        }
    };
}

problem_codes! {
    BadRequest = "bad_request", 400, "请求无法读取", "The request cannot be read";
    Unauthenticated = "unauthenticated", 401, "请先登录", "Please log in";
    InvalidCredentials = "invalid_credentials", 401, "用户名或密码不正确", "User name or password is not right";
    TotpRequired = "totp_required", 401, "需要动态验证码", "A one-time code is needed";
    TokenExpired = "token_expired", 401, "登录已过期", "The token has expired";
    TokenStale = "token_stale", 401, "权限已变动，请刷新登录", "Rights have changed: refresh the token";
    Forbidden = "forbidden", 403, "没有此项权限", "This is not among your permissions";
    SelfApproval = "self_approval", 403, "不能审核自己的事项", "Nobody decides on their own work";
    TotpEnrolmentRequired = "totp_enrolment_required", 403, "请先启用动态验证码", "Set up one-time codes first";
    PasswordChangeRequired = "password_change_required", 403, "请先修改初始密码", "Change the initial password first";
    NotFound = "not_found", 404, "没有找到", "Not found";
    MethodNotAllowed = "method_not_allowed", 405, "此地址不支持该方法", "This address does not take that method";
    NotAcceptable = "not_acceptable", 406, "无法提供所要的格式", "The wanted format is not offered";
    RequestTimeout = "request_timeout", 408, "请求发送过慢", "The request came in too slowly";
    WrongState = "wrong_state", 409, "当前状态不能这样处理", "The state it is in does not allow this";
    Conflict = "conflict", 409, "与现有记录冲突", "It conflicts with a record that exists";
    InUse = "in_use", 409, "仍被其他记录引用", "Other records still refer to it";
    AlreadyDone = "already_done", 409, "此请求已处理过", "This request was carried out before";
    VersionConflict = "version_conflict", 412, "记录已被他人修改", "Somebody changed it in the meantime";
    BodyTooLarge = "body_too_large", 413, "内容过大", "The content is too large";
    UnsupportedMediaType = "unsupported_media_type", 415, "不支持的内容类型", "This type of content is not taken";
    ValidationFailed = "validation_failed", 422, "填写有误", "Some values cannot be taken";
    IdempotencyMismatch = "idempotency_mismatch", 422, "同一幂等键的内容不同", "The same Idempotency-Key came with another body";
    FileRefused = "file_refused", 422, "文件不能接收", "The file cannot be taken";
    PreconditionRequired = "precondition_required", 428, "缺少必需的请求头", "A required header is missing";
    TooManyRequests = "too_many_requests", 429, "操作过于频繁", "Too many tries";
    Internal = "internal", 500, "系统内部错误", "Something went wrong inside";
    Unavailable = "unavailable", 503, "服务暂时不可用", "The service is not available for the moment";
}

/// One field that cannot be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// JSON pointer into the body (`/phones/0`), or `?name` for a query parameter.
    pub pointer: String,
    /// Stable code of the reason (`too_long`, `required`, `unknown_field` …).
    pub code: Cow<'static, str>,
    /// The reason in words.
    pub message: Text,
}

/// A refusal: nothing was changed. Travels as RFC 9457 `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which row of the table of codes.
    pub code: ProblemCode,
    /// What came in, why it cannot be, what to do.
    pub detail: Text,
    /// The fields concerned.
    pub errors: Vec<FieldProblem>,
    /// Seconds after which another try makes sense.
    pub retry_after: Option<u32>,
}

impl Problem {
    /// A problem with its explanation.
    #[must_use]
    pub fn new(code: ProblemCode, detail: Text) -> Self {
        Self {
            code,
            detail,
            errors: Vec::new(),
            retry_after: None,
        }
    }

    /// One field that cannot be taken (422).
    #[must_use]
    pub fn field(pointer: impl Into<String>, code: impl Into<Cow<'static, str>>, message: Text) -> Self {
        Self::new(ProblemCode::ValidationFailed, message.clone()).and_field(pointer, code, message)
    }

    /// What the field refers to is not there, or not for this caller to know of (422).
    #[must_use]
    pub fn unknown_reference(pointer: impl Into<String>) -> Self {
        let message = Text::new("所引用的记录不存在", "the record referred to does not exist");
        Self::field(pointer, "unknown_reference", message)
    }

    /// Adds a further field.
    #[must_use]
    pub fn and_field(mut self, pointer: impl Into<String>, code: impl Into<Cow<'static, str>>, message: Text) -> Self {
        self.errors.push(FieldProblem {
            pointer: pointer.into(),
            code: code.into(),
            message,
        });
        self
    }

    /// The same problem, found in the part of the body at `pointer`: its own pointers start there.
    #[must_use]
    pub fn within(mut self, pointer: &str) -> Self {
        for field in &mut self.errors {
            if field.pointer.starts_with('/') {
                field.pointer.insert_str(0, pointer);
            }
        }
        self
    }

    /// Asks the caller to come back after so many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// 404: the record is not there, or not for this caller to know of; both read alike on purpose.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            ProblemCode::NotFound,
            Text::new(
                "没有这条记录，或您无权查看。请检查编号。",
                "There is no such record, or it is not yours to see. Check the id.",
            ),
        )
    }

    /// 409 for a state machine: what was asked, and the state that does not allow it.
    #[must_use]
    pub fn wrong_state(action: &Text, state: &Text) -> Self {
        Self::new(
            ProblemCode::WrongState,
            Text::of(
                format!("当前状态为“{}”，不能{}。请刷新后再看。", state.zh, action.zh),
                format!(
                    "It is now “{}”, so it cannot {}. Reload and look again.",
                    state.en, action.en
                ),
            ),
        )
    }

    /// 403: the action belongs to somebody else; `who` names them.
    #[must_use]
    pub fn forbidden(who: &Text) -> Self {
        Self::new(
            ProblemCode::Forbidden,
            Text::of(
                format!("此操作由{}办理。", who.zh),
                format!("This is done by {}.", who.en),
            ),
        )
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.detail.en)
    }
}

impl std::error::Error for Problem {}

/// RFC 9457 problem document, as it goes over the wire in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemDocument {
    /// A stable reference to the description of the code, e.g. `/docs/errors#not_found`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short title of the code.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What came in, why it cannot be, what to do.
    pub detail: String,
    /// The path that was asked.
    pub instance: String,
    /// The code, for programs.
    pub code: ProblemCode,
    /// The fields concerned; empty when the problem is not about fields.
    pub errors: Vec<FieldDocument>,
}

/// One field of a [`ProblemDocument`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldDocument {
    /// JSON pointer into the body, or `?name` for a query parameter.
    pub pointer: String,
    /// Code of the reason, for programs.
    pub code: String,
    /// The reason in words.
    pub message: String,
}
