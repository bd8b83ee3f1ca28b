//! From a future to a page: the answer, or the error in its place.

use super::ErrorPage;
use crate::error::AppError;
use leptos::prelude::*;
use std::future::Future;

/// Waits for `future`, then renders the page of it, or of the error.
pub(crate) fn load<T, F, V>(future: F, view: impl FnOnce(T) -> V + Send + 'static) -> impl IntoView
where
    T: Send + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
    V: IntoView + 'static,
{
    Suspend::new(async move {
        match future.await {
            Ok(loaded) => view(loaded).into_any(),
            Err(error) => view! { <ErrorPage error/> }.into_any(),
        }
    })
}
