//! The one list of what the server serves.

use actix_web::{dev::HttpServiceFactory, web};
use utoipa::openapi::{
    RefOr,
    path::{Paths, PathsBuilder},
    schema::Schema,
};
use utoipa_actix_web::OpenApiFactory;

/// Under which the operations lie.
const BASE: &str = "/api/v1";

/// Where the contexts put their operations: into the router and, while the document is written, into that too. A server keeps
/// the document that was written (`contract`) and never describes itself, which would cost each worker more than all it serves.
pub struct Routes<'a> {
    router: &'a mut web::ServiceConfig,
    described: Option<&'a mut Described>,
}

/// Descriptions of operations, and of the types they name.
#[derive(Default)]
pub(crate) struct Described {
    pub(crate) paths: Paths,
    pub(crate) schemas: Vec<(String, RefOr<Schema>)>,
}

impl Routes<'_> {
    /// Adds an operation.
    pub fn service<F>(&mut self, operation: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static,
    {
        if let Some(described) = &mut self.described {
            described.paths.merge(operation.paths());
            operation.schemas(&mut described.schemas);
        }
        self.router.service(operation);
        self
    }

    /// Adds those of a context.
    pub fn configure(&mut self, context: impl FnOnce(&mut Self)) -> &mut Self {
        context(self);
        self
    }
}

/// Puts everything into the router.
pub(crate) fn serve(router: &mut web::ServiceConfig) {
    place(router, None);
}

/// Describes everything.
pub(crate) fn describe() -> Described {
    let mut described = Described::default();
    // The router is thrown away: a description is told by what was put into one.
    let _ = actix_web::App::new().configure(|router| place(router, Some(&mut described)));
    described
}

fn place(router: &mut web::ServiceConfig, described: Option<&mut Described>) {
    let mut of_state = described.as_ref().map(|_| Described::default());
    let mut of_operations = described.as_ref().map(|_| Described::default());
    state(&mut Routes {
        router,
        described: of_state.as_mut(),
    });
    router.service(web::scope(BASE).configure(|router| {
        operations(&mut Routes {
            router,
            described: of_operations.as_mut(),
        });
    }));
    let Some(described) = described else { return };
    for (base, part) in [("", of_state), (BASE, of_operations)] {
        let Some(part) = part else { continue };
        let mut paths = PathsBuilder::new();
        for (path, item) in part.paths.paths {
            paths = paths.path(format!("{base}{path}"), item);
        }
        described.paths.merge(paths.build());
        described.schemas.extend(part.schemas);
    }
}

/// The state of the server.
fn state(routes: &mut Routes<'_>) {
    routes.service(crate::system::healthz).service(crate::system::readyz);
}

/// Everything under [`BASE`].
fn operations(routes: &mut Routes<'_>) {
    routes
        .configure(crate::access::configure)
        .configure(crate::files::configure)
        .configure(crate::org::configure)
        .configure(crate::manual::configure)
        .configure(crate::service_desk::configure)
        .configure(crate::system::configure)
        .configure(crate::calendar::configure)
        .configure(crate::audit::configure)
        .configure(crate::estates::configure)
        .configure(crate::estate::configure)
        .configure(crate::goals::configure)
        .configure(crate::plans::configure)
        .configure(crate::notices::configure)
        .service(crate::workbench::get_workbench)
        .service(crate::live::stream_events);
}
