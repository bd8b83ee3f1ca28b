use super::progress::Progress;
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// How far the order of this intent is.
#[server(name = AskOrderProgress, endpoint = "order_progress", input = GetUrl)]
pub async fn order_progress(id: String) -> Result<Progress, AppError> {
    super::data::progress(id).await
}
