//! The poster with the QR code of an estate, ready to print on A4.

use actix_web::{HttpRequest, HttpResponse, get, web};
use qrcode::{EcLevel, QrCode, render::svg};
use uuid::Uuid;
use wuye_domain::{
    access::need,
    shared::{Problem, ProblemCode, Text},
};
use wuye_persistence::{Failure, estates};

use crate::{ApiError, App, Guard};

/// Print the poster of an estate
///
/// An A4 page as SVG with the estate's name and the QR code of its report page. Needs the public address of the server
/// (`--public-url`): phones cannot reach another one. A server on loopback, where nobody else can come, gives its own.
#[utoipa::path(tag = "service_desk", operation_id = "get_estate_poster", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The poster", body = String, content_type = "image/svg+xml")),
    extensions(("x-permission" = json!("report.triage")), ("x-clauses" = json!(["POS-RECEPT-07a"]))))]
#[get("/estates/{id}/poster")]
pub async fn get_estate_poster(
    guard: Guard<need::ReportTriage>,
    id: web::Path<Uuid>,
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    if !guard.scope.touches((*id).into()) {
        return Err(Problem::not_found().into());
    }
    let estate = estates::find(&*app.conn().await?, (*id).into()).await?;
    let base = app.shared.config.public_url.clone();
    let base = base.or_else(|| own_address(&request, &app)).ok_or_else(no_address)?;
    let address = format!("{}/report?estate={}", base.trim_end_matches('/'), estate.public_code);
    let poster = draw(&estate.name, &address)?;
    Ok(HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header(("content-disposition", "inline; filename=\"poster.svg\""))
        .body(poster))
}

/// On loopback, the address by which the caller came.
fn own_address(request: &HttpRequest, app: &App) -> Option<String> {
    let info = request.connection_info();
    app.shared
        .config
        .is_loopback()
        .then(|| format!("{}://{}", info.scheme(), info.host()))
}

fn no_address() -> Problem {
    Problem::new(
        ProblemCode::Conflict,
        Text::new(
            "尚未设置公开地址：请以 --public-url（WUYE_PUBLIC_URL）启动服务，住户的手机才能访问。",
            "No public address is set: start the server with --public-url (WUYE_PUBLIC_URL), so that phones can reach it.",
        ),
    )
}

fn draw(name: &str, address: &str) -> Result<String, Failure> {
    let code = QrCode::with_error_correction_level(address, EcLevel::Q).map_err(Failure::internal)?;
    let modules = code.width();
    let square: String = code
        .render::<svg::Color<'_>>()
        .quiet_zone(false)
        .module_dimensions(10, 10)
        .build();
    // The drawing of the crate is a page of its own: its inside goes into ours.
    let inside = square
        .split_once("<svg")
        .map_or(square.as_str(), |(_, rest)| rest)
        .split_once('>')
        .map_or("", |(_, rest)| rest)
        .trim_end()
        .trim_end_matches("</svg>");
    let side = modules * 10;
    let (name, shown) = (escaped(name), escaped(address));
    let size = (170 * 5 / name.chars().count().max(5)).clamp(8, 16);
    Ok(format!(
        r##"<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 210 297" font-family="'PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif" text-anchor="middle">
<rect width="210" height="297" fill="#fff"/>
<text x="105" y="45" font-size="{size}" font-weight="700">{name}</text>
<text x="105" y="66" font-size="13">扫码报修 · 投诉 · 建议</text>
<text x="105" y="77" font-size="7" fill="#555">Scan to report a repair, a complaint or a suggestion</text>
<svg x="45" y="92" width="120" height="120" viewBox="0 0 {side} {side}">{inside}</svg>
<text x="105" y="230" font-size="8">无需注册，可拍照上传，凭查询码看答复</text>
<text x="105" y="240" font-size="5.5" fill="#555">No account needed. Add photos, follow the answer by your code.</text>
<text x="105" y="262" font-size="5" fill="#555">{shown}</text>
</svg>
"##
    ))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_poster_carries_name_and_code_and_no_markup_of_others() {
        let poster = draw("翠湖<花园>", "https://wuye.example/report?estate=abc").expect("a poster");
        assert!(poster.contains("翠湖&lt;花园&gt;") && !poster.contains("<花园>"));
        assert_eq!(poster.matches("<svg").count(), 2);
        assert_eq!(poster.matches("</svg>").count(), 2);
        assert!(poster.contains("<path"));
    }
}
