use super::server_fns::CommentOrder;
use crate::flash::Flash;
use crate::ui::{Icon, TimeText, textarea_content};
use ::backend::approvals::Comment;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use uuid::Uuid;

/// What was said about the order.
#[component]
pub(super) fn Comments(comments: Vec<Comment>) -> impl IntoView {
    (!comments.is_empty()).then(|| {
        view! {
            <div>
                <h3>"Comments"</h3>
                <ul class="list">{comments.into_iter().map(|comment| view! { <Said comment/> }).collect_view()}</ul>
            </div>
        }
    })
}

/// Says something, and decides nothing.
#[component]
pub(super) fn AddComment(intent: Uuid, refused: Option<Flash>) -> impl IntoView {
    let text = refused.as_ref().and_then(|flash| flash.value("comment")).unwrap_or_default().to_owned();
    let error = refused.as_ref().and_then(|flash| flash.error.field("comment")).map(ToOwned::to_owned);
    view! {
        <details class="fold" open=refused.is_some()>
            <summary>"Ask or say something first"<Icon name="chevron"/></summary>
            <form class="form" method="post" action=CommentOrder::PATH>
                <input type="hidden" name="order" value=intent.to_string()/>
                <input type="hidden" name="form_token" value=Uuid::new_v4().to_string()/>
                <TextArea name="comment" label="Comment" text error/>
                <div class="form-actions"><button class="button" type="submit">"Add comment"</button></div>
            </form>
        </details>
    }
}

#[component]
fn Said(comment: Comment) -> impl IntoView {
    view! {
        <li>
            <div>
                {comment.text}
                <p class="sub">{comment.by}", "<TimeText at=comment.at/></p>
            </div>
        </li>
    }
}

/// Some lines of text. Its id, which errors link to, is its name.
#[component]
pub(super) fn TextArea(name: &'static str, label: &'static str, text: String, error: Option<String>) -> impl IntoView {
    let error_id = format!("{name}-error");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <textarea
                id=name
                name=name
                rows="2"
                aria-describedby=error.is_some().then(|| error_id.clone())
                aria-invalid=error.is_some().then_some("true")
            >
                {textarea_content(&text)}
            </textarea>
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        </div>
    }
}
