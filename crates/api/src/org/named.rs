//! Rows with the names of what their ids and codes stand for: in a file nobody can look an id up.

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpResponse, web};
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    shared::{EmployeeId, EstateId, ListRequest, Text},
};
use wuye_persistence::{Conn, Failure, Rows, estates, org};

use crate::{
    ApiError, App, Guard,
    tables::{self, Cell, ExportQuery, Tabular},
};

/// A row of a list, and the names that its columns need.
pub struct Named<T> {
    /// The row as the list answers it.
    pub row: T,
    names: Arc<Names>,
}

/// Names of everything that rows of any list point to, read once for a file.
struct Names {
    people: HashMap<EmployeeId, String>,
    estates: HashMap<Uuid, String>,
    posts: HashMap<PostCode, (String, String)>,
}

impl Names {
    async fn load(conn: &mut Conn) -> Result<Self, Failure> {
        let estates = estates::all(conn).await?;
        Ok(Self {
            people: org::all_names(conn).await?,
            estates: estates.into_iter().map(|estate| (estate.id, estate.name)).collect(),
            posts: org::post_titles(conn).await?,
        })
    }
}

impl<T> Named<T> {
    /// A person's name.
    pub fn person(&self, id: Option<impl Into<EmployeeId>>) -> Cell {
        id.and_then(|id| self.names.people.get(&id.into())).into()
    }

    /// An estate's name; what belongs to none is the company's.
    pub fn estate(&self, id: Option<impl Into<EstateId>>) -> Cell {
        match id {
            Some(id) => self.names.estates.get(&id.into().0).into(),
            None => Text::new("全公司", "Company").into(),
        }
    }

    /// Names of several estates.
    pub fn estates(&self, ids: &[Uuid]) -> Cell {
        Cell::list(ids.iter().filter_map(|id| self.names.estates.get(id)))
    }

    /// A post's title as the company calls it today.
    pub fn post(&self, code: &str) -> Cell {
        self.title(code).into()
    }

    /// Titles of several posts.
    pub fn posts<C: AsRef<str>>(&self, codes: impl IntoIterator<Item = C>) -> Cell {
        Cell::words(codes.into_iter().filter_map(|code| self.title(code.as_ref())))
    }

    fn title(&self, code: &str) -> Option<Text> {
        let (zh, en) = self.names.posts.get(&code.parse().ok()?)?;
        Some(Text::of(zh.clone(), en.clone()))
    }
}

/// Streams a list with names beside its rows; otherwise as [`tables::listed`].
///
/// # Errors
/// As [`tables::export`].
pub async fn listed<P, F, S, T, Page>(
    app: web::Data<App>,
    guard: Guard<P>,
    query: ExportQuery<F, S>,
    page: Page,
) -> Result<HttpResponse, ApiError>
where
    P: 'static,
    F: 'static,
    S: Clone + Send + 'static,
    T: Send + 'static,
    Named<T>: Tabular,
    Page: AsyncFn(&App, &Guard<P>, &F, &ListRequest<S>) -> Result<Rows<T>, Failure> + 'static,
{
    let names = Arc::new(Names::load(&mut *app.conn().await?).await?);
    let named = async move |app: &App, guard: &Guard<P>, filter: &F, request: &ListRequest<S>| {
        let rows = page(app, guard, filter, request).await?;
        Ok::<_, Failure>(rows.map(|row| Named {
            row,
            names: names.clone(),
        }))
    };
    tables::listed(app, guard, query, named).await
}
