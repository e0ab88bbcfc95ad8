//! Files: uploaded once, checked by what is in them, attached to any record, shown to whoever may see that record.

mod attach;
mod content;
mod download;
mod picture;
mod store;
mod strays;
mod sweep;
mod upload;
mod view;

use crate::routes::Routes;

pub use content::Accept;
pub use strays::sweep_strays;
pub use sweep::sweep;
pub use upload::{UploadForm, incoming, keep};
pub use view::FileView;

/// The routes of files.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(upload::upload_file)
        .service(download::get_file)
        .service(download::get_thumbnail)
        .service(attach::list_attachments)
        .service(attach::create_attachments);
}
