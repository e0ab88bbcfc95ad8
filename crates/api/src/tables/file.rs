//! A table as a file, as the contract describes it.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{Content, ObjectBuilder, RefOr, Response, ResponseBuilder, ResponsesBuilder, Type},
};

use super::Format;

/// The answer of an operation that gives a table as a file: CSV or XLSX, as it was asked for.
pub struct TableFile;

impl IntoResponses for TableFile {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let text = ObjectBuilder::new().schema_type(Type::String).build();
        let response = ResponseBuilder::new()
            .description("The file, CSV or XLSX")
            .content(Format::Csv.media_type(), Content::new(Some(text)))
            // Bytes have no schema: https://spec.openapis.org/oas/v3.1.0#considerations-for-file-uploads
            .content(
                Format::Xlsx.media_type(),
                Content::new(None::<RefOr<utoipa::openapi::Schema>>),
            );
        ResponsesBuilder::new().response("200", response).build().into()
    }
}
