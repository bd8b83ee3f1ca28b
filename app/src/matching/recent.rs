use crate::format;
use crate::paths;
use crate::ui::{Badge, TimeText, Tone};
use backend::matching::RecentBatch;
use leptos::prelude::*;

/// The latest tables that anybody had checked; nothing where there are none.
#[component]
pub(super) fn Recent(batches: Vec<RecentBatch>) -> impl IntoView {
    (!batches.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="recent">
                <div class="panel-header"><h2 id="recent">"Latest tables"</h2></div>
                <ul class="list">{batches.into_iter().map(item).collect_view()}</ul>
            </section>
        }
    })
}

fn item(batch: RecentBatch) -> AnyView {
    let rows = format!("{} {}", format::grouped(batch.rows), if batch.rows == 1 { "row" } else { "rows" });
    let problems = (batch.problems > 0).then(|| format!(", {} with a problem", format::grouped(batch.problems)));
    let (text, tone) = if batch.applied { ("applied", Tone::Good) } else { ("checked only", Tone::Quiet) };
    view! {
        <li>
            <div>
                <a href=paths::matching_batch(&batch.id.to_string())>{rows}{problems}</a>
                <span class="sub">"checked by "{batch.checked_by}", "<TimeText at=batch.checked_at/></span>
            </div>
            <Badge text tone/>
        </li>
    }
    .into_any()
}
