use super::words::{self, OutcomeBadge};
use crate::format;
use crate::ui::{CopyButton, CorrelationId, Icon, LoadsAgain, TimeText};
use backend::console::{Answer, Call, Outcome, Summary};
use leptos::prelude::*;

/// What the marketplace answered to a call, or why there is no answer. While it is on its way the panel looks for itself
/// again (`public/refresh.js`), without scripts the whole page does.
#[component]
pub(super) fn AnswerPanel(call: Call, #[prop(optional_no_strip)] command: Option<String>) -> impl IntoView {
    let Call { summary, correlation_id, answer, problem, .. } = call;
    let is_sending = summary.outcome == Outcome::Sending;
    let notice = words::notice(&summary, problem.as_deref());
    let has_body = answer.as_ref().is_some_and(|answer| !answer.text.is_empty());
    let bytes = answer.as_ref().map(|answer| answer.bytes);
    view! {
        <section class="panel stack" id="answer" aria-labelledby="answer-heading" data-refresh=is_sending.then_some("1")>
            <div class="panel-header"><h2 id="answer-heading">"Answer"</h2><OutcomeBadge call=summary.clone()/></div>
            {is_sending.then(|| view! { <LoadsAgain seconds=3/> })}
            {notice.map(|(title, text)| view! {
                <div class="notice" data-tone=words::tone(&summary).as_str() role="status">
                    <div><p class="notice-title">{title}</p><p>{text}</p></div>
                </div>
            })}
            <Facts call=summary.clone() bytes/>
            {correlation_id.map(|id| view! { <CorrelationId id/> })}
            {answer.map(|answer| view! { <Body answer/> })}
            <div class="cluster">
                {has_body.then(|| view! { <CopyButton label="Copy the answer" from="answer-body"/> })}
                {command.is_some().then(|| view! { <CopyButton label="Copy as curl" from="curl"/> })}
            </div>
            {command.map(|command| view! { <Command command/> })}
        </section>
    }
}

#[component]
fn Facts(call: Summary, #[prop(optional_no_strip)] bytes: Option<i64>) -> impl IntoView {
    view! {
        <dl class="facts">
            <div><dt>"Call"</dt><dd><code class="id">{format!("{} {}", call.method, call.path)}</code></dd></div>
            <div><dt>"By"</dt><dd>{call.by}</dd></div>
            <div><dt>"At"</dt><dd><TimeText at=call.at/></dd></div>
            {call.elapsed_ms.map(|elapsed| view! { <div><dt>"Time"</dt><dd>{words::milliseconds(elapsed)}</dd></div> })}
            {bytes.map(|bytes| view! { <div><dt>"Size"</dt><dd>{words::bytes(bytes)}</dd></div> })}
        </dl>
    }
}

#[component]
fn Body(answer: Answer) -> impl IntoView {
    if answer.text.is_empty() {
        return view! { <p class="sub">"The answer has no body."</p> }.into_any();
    }
    let kept = i64::try_from(answer.text.len()).unwrap_or(i64::MAX);
    let cut = answer
        .is_cut
        .then(|| format!("The answer is longer. Its first {} characters are kept.", format::grouped(kept)));
    view! {
        {cut.map(|cut| view! { <p class="sub">{cut}</p> })}
        <pre id="answer-body" tabindex="0" role="region" aria-label="Body of the answer">{answer.text}</pre>
    }
    .into_any()
}

/// The call as a command, to be read or copied.
#[component]
fn Command(command: String) -> impl IntoView {
    view! {
        <details class="fold">
            <summary>"As a curl command"<Icon name="chevron"/></summary>
            <div class="stack">
                <p class="hint">"The token and the subscription key are not in it: it reads them from the variables SEATBOARD_TOKEN and SEATBOARD_SUBSCRIPTION_KEY."</p>
                <pre id="curl" tabindex="0" role="region" aria-label="The curl command">{command}</pre>
            </div>
        </details>
    }
}
